import type { NamelessUnits } from '../../core/nameless.js';
import type { ToldCorrection, ToldCorrections } from '../corrections.js';
import type { Database } from './database.js';
import { metaTable } from './meta.js';

/** When HR was last mailed, and which units had no name at the last read of everybody. */
const TOLD_AT = 'hr_told_at';
const NAMELESS = 'nameless_units';

/** What is kept for HR's list of corrections; what writes expects to run inside a transaction. */
export function correctionTable(database: Database) {
  const meta = metaTable(database);
  const all = database.prepare<[], string>('SELECT digest FROM told_correction').pluck();
  const clear = database.prepare('DELETE FROM told_correction');
  const add = database.prepare(
    'INSERT INTO told_correction (digest, employee_id) VALUES (@digest, @employeeId) ON CONFLICT DO NOTHING',
  );
  return {
    nameless: (): NamelessUnits[] => JSON.parse(meta.get(NAMELESS) ?? '[]') as NamelessUnits[],
    setNameless: (units: readonly NamelessUnits[]): void => meta.set(NAMELESS, JSON.stringify(units)),
    told: (): ToldCorrections => ({ digests: new Set(all.all()), at: meta.get(TOLD_AT) }),
    setTold(told: readonly ToldCorrection[], at: string | null): void {
      clear.run();
      for (const one of told) add.run(one);
      if (at !== null) meta.set(TOLD_AT, at);
    },
  };
}
