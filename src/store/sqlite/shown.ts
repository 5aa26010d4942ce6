import type { Day } from '../../core/day.js';
import type { Database } from './database.js';

const BATCH = 500;

/** The table of people whom the first read showed without an account; what writes expects to run inside a transaction. */
export function shownTable(database: Database) {
  const add = database.prepare<[string]>('INSERT OR IGNORE INTO shown (employee_id) VALUES (?)');
  const one = database.prepare<[string], number>('SELECT 1 FROM shown WHERE employee_id = ?').pluck();
  // EXISTS walks this table, which is nearly empty after the first import; IN would walk the accounts every night.
  const withAccount = database.prepare(
    'DELETE FROM shown WHERE EXISTS (SELECT 1 FROM snapshot WHERE snapshot.employee_id = shown.employee_id)',
  );
  const after = database.prepare<[string], { id: string; goneSince: Day | null }>(
    `SELECT employee_id AS id, gone_since AS goneSince FROM shown WHERE employee_id > ? ORDER BY employee_id LIMIT ${BATCH}`,
  );
  const setGone = database.prepare<[Day | null, string]>('UPDATE shown SET gone_since = ? WHERE employee_id = ?');

  return {
    add(ids: Iterable<string>): void {
      for (const id of ids) add.run(id);
    },
    among: (ids: readonly string[]): Set<string> => new Set(ids.filter((id) => one.get(id) !== undefined)),
    note(isShown: (employeeId: string) => boolean, today: Day): void {
      withAccount.run();
      for (let rows = after.all(''); rows.length > 0; rows = after.all(rows.at(-1)?.id ?? '')) {
        for (const { id, goneSince } of rows) {
          const since = isShown(id) ? null : (goneSince ?? today);
          if (since !== goneSince) setGone.run(since, id);
        }
      }
    },
  };
}
