import type { Day } from '../../../core/day.js';
import { Bulk } from '../bulk.js';
import type { Run } from '../connection.js';
import type { Session } from '../session.js';
import { type Row, type Statement, statement } from '../statement.js';

interface ShownRow extends Row {
  readonly id: string;
  readonly goneSince: Day | null;
}

const BATCH = 500;
const ADD = new Bulk('shown', { employee_id: 'text' }, { tail: 'ON CONFLICT DO NOTHING' });
const AMONG = 'SELECT employee_id AS id FROM shown WHERE connector = $1 AND employee_id = ANY($2)';
// EXISTS walks this table, which is nearly empty after the first import; IN would walk the accounts every night.
const WITH_ACCOUNT = `DELETE FROM shown WHERE connector = $1 AND EXISTS (SELECT 1 FROM snapshot
  WHERE snapshot.connector = $1 AND snapshot.employee_id = shown.employee_id)`;
const AFTER = `SELECT employee_id AS id, gone_since AS "goneSince" FROM shown WHERE connector = $1 AND employee_id > $2
  ORDER BY connector, employee_id LIMIT ${BATCH}`;
const SET_GONE = `UPDATE shown SET gone_since = $2 WHERE connector = $1 AND employee_id = ANY($3)`;

/** The table of people whom the first read showed without an account. */
export function shownTable(session: Session) {
  const { connector } = session;
  return {
    add: (ids: Iterable<string>): Statement[] =>
      ADD.of(
        connector,
        [...ids].map((id) => ({ employee_id: id })),
      ),
    /** Those of these people who are in the table, in the order in which they are asked for. */
    async among(ids: readonly string[]): Promise<Set<string>> {
      const found = await session.read<{ id: string }>(statement(AMONG, connector, ids));
      const known = new Set(found.map(({ id }) => id));
      return new Set(ids.filter((id) => known.has(id)));
    },
    /** Takes note, in an open transaction, of whom a complete read shows. */
    async note(run: Run, isShown: (employeeId: string) => boolean, today: Day): Promise<void> {
      await run(statement(WITH_ACCOUNT, connector));
      const next = async (id: string) => (await run(statement(AFTER, connector, id))) as readonly ShownRow[];
      for (let rows = await next(''); rows.length > 0; rows = await next(rows.at(-1)?.id ?? '')) {
        const back = rows.filter(({ id, goneSince }) => goneSince !== null && isShown(id));
        const gone = rows.filter(({ id, goneSince }) => goneSince === null && !isShown(id));
        for (const [since, moved] of [[null, back] as const, [today, gone] as const])
          if (moved.length > 0)
            await run(
              statement(
                SET_GONE,
                connector,
                since,
                moved.map(({ id }) => id),
              ),
            );
      }
    },
  };
}
