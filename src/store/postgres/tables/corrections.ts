import type { NamelessUnits } from '../../../core/nameless.js';
import type { ToldCorrection, ToldCorrections } from '../../corrections.js';
import { Bulk } from '../bulk.js';
import type { Session } from '../session.js';
import { type Statement, statement } from '../statement.js';
import { metaTable } from './meta.js';

/** When HR was last mailed, and which units had no name at the last read of everybody. */
const TOLD_AT = 'hr_told_at';
const NAMELESS = 'nameless_units';

const ALL = 'SELECT digest FROM told_correction WHERE connector = $1';
const CLEAR = 'DELETE FROM told_correction WHERE connector = $1';
const ADD = new Bulk('told_correction', { digest: 'text', employee_id: 'text' }, { tail: 'ON CONFLICT DO NOTHING' });

/** What is kept for HR's list of corrections. */
export function correctionTable(session: Session) {
  const { connector } = session;
  const meta = metaTable(session);
  return {
    nameless: async (): Promise<NamelessUnits[]> =>
      JSON.parse((await meta.get(NAMELESS))[NAMELESS] ?? '[]') as NamelessUnits[],
    setNameless: (units: readonly NamelessUnits[]): Statement => meta.set(NAMELESS, JSON.stringify(units)),
    async told(): Promise<ToldCorrections> {
      const rows = await session.read<{ digest: string }>(statement(ALL, connector));
      return { digests: new Set(rows.map(({ digest }) => digest)), at: (await meta.get(TOLD_AT))[TOLD_AT] };
    },
    setTold: (told: readonly ToldCorrection[], at: string | null): Statement[] => [
      statement(CLEAR, connector),
      ...ADD.of(
        connector,
        told.map(({ digest, employeeId }) => ({ digest, employee_id: employeeId })),
      ),
      ...(at === null ? [] : [meta.set(TOLD_AT, at)]),
    ],
  };
}
