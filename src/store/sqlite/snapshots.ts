import type { Snapshot } from '../../core/account.js';
import { emailKey } from '../../core/email.js';
import type { Fields } from '../../core/value.js';
import type { SnapshotKey } from '../store.js';
import type { Database } from './database.js';

interface SnapshotRow extends Omit<Snapshot, 'fields'> {
  readonly row: number;
  readonly fields: string;
}

const COLUMNS = `row, employee_id AS employeeId, account_id AS accountId, state, name, email, fields, hash,
  awaiting_manager AS awaitingManager, start_date AS startDate, missing_since AS missingSince,
  missing_runs AS missingRuns`;

const BATCH = 500;

/** The snapshot table behind the store's contract; what writes expects to run inside a transaction. */
export function snapshotTable(database: Database) {
  const selectKey = database.prepare<[string], SnapshotKey>(
    `SELECT row, employee_id AS employeeId, state, hash, awaiting_manager AS awaitingManager,
       missing_since AS missingSince FROM snapshot WHERE employee_id = ?`,
  );
  const byEmployee = database.prepare<[string], SnapshotRow>(`SELECT ${COLUMNS} FROM snapshot WHERE employee_id = ?`);
  const byEmail = database.prepare<[string], SnapshotRow>(`SELECT ${COLUMNS} FROM snapshot WHERE email_key = ?`);
  const byAccount = database.prepare<[string], SnapshotRow>(`SELECT ${COLUMNS} FROM snapshot WHERE account_id = ?`);
  const byManager = database.prepare<[string], SnapshotRow>(
    `SELECT ${COLUMNS} FROM snapshot WHERE manager = ? AND state = 'active'`,
  );
  const byRow = database.prepare<[number], SnapshotRow>(`SELECT ${COLUMNS} FROM snapshot WHERE row = ?`);
  const after = database.prepare<[number], SnapshotRow>(
    `SELECT ${COLUMNS} FROM snapshot WHERE row > ? ORDER BY row LIMIT ${BATCH}`,
  );
  const activeRowsAfter = database
    .prepare<[number], number>(
      `SELECT row FROM snapshot WHERE row > ? AND state = 'active' ORDER BY row LIMIT ${BATCH * 20}`,
    )
    .pluck();
  const count = database.prepare<[], { state: Snapshot['state']; count: number }>(
    'SELECT state, count(*) AS count FROM snapshot GROUP BY state',
  );
  // Updated in place: `row` stays an account's for good.
  const upsert = database.prepare(
    `INSERT INTO snapshot (employee_id, account_id, state, name, email, email_key, manager, fields, hash,
       awaiting_manager, start_date, missing_since, missing_runs)
     VALUES (@employeeId, @accountId, @state, @name, @email, @emailKey, @manager, @fields, @hash,
       @awaitingManager, @startDate, @missingSince, @missingRuns)
     ON CONFLICT (employee_id) DO UPDATE SET account_id = excluded.account_id, state = excluded.state,
       name = excluded.name, email = excluded.email, email_key = excluded.email_key, manager = excluded.manager,
       fields = excluded.fields, hash = excluded.hash, awaiting_manager = excluded.awaiting_manager,
       start_date = excluded.start_date, missing_since = excluded.missing_since, missing_runs = excluded.missing_runs`,
  );
  const remove = database.prepare<[string]>('DELETE FROM snapshot WHERE employee_id = ?');
  const each = <Key>(keys: readonly Key[], find: (key: Key) => readonly SnapshotRow[]): Snapshot[] =>
    [...new Set(keys)].flatMap((key) => find(key).map(withoutRow));

  return {
    keysOf: (ids: readonly string[]): SnapshotKey[] =>
      ids.flatMap((id) => {
        const key = selectKey.get(id);
        return key === undefined ? [] : [key];
      }),
    of: (ids: readonly string[]) => each(ids, (id) => byEmployee.all(id)),
    byEmail: (keys: readonly string[]) => each(keys, (key) => byEmail.all(key)),
    byAccount: (ids: readonly string[]) => each(ids, (id) => byAccount.all(id)),
    reportsOf: (ids: readonly string[]) => each(ids, (id) => byManager.all(id)),
    async *all(): AsyncGenerator<(Snapshot & { readonly row: number })[]> {
      for (let rows = after.all(0); rows.length > 0; rows = after.all(rows.at(-1)?.row ?? 0)) {
        yield rows.map((row) => ({ ...withoutRow(row), row: row.row }));
      }
    },
    // Reads row numbers only, and the rest of a row only for those who were not seen: nearly nobody on a good night.
    async *absent(wasSeen: (row: number) => boolean): AsyncGenerator<Snapshot[]> {
      for (let rows = activeRowsAfter.all(0); rows.length > 0; rows = activeRowsAfter.all(rows.at(-1) ?? 0)) {
        const unseen = rows.filter((row) => !wasSeen(row));
        if (unseen.length > 0) yield each(unseen, (row) => byRow.all(row));
      }
    },
    count(): Record<Snapshot['state'], number> {
      const counts = { active: 0, deactivated: 0, deleted: 0 };
      for (const row of count.all()) counts[row.state] = row.count;
      return counts;
    },
    put(snapshot: Snapshot): void {
      const manager = snapshot.fields['manager'];
      upsert.run({
        ...snapshot,
        emailKey: snapshot.email === null ? null : emailKey(snapshot.email),
        manager: typeof manager === 'string' ? manager : null,
        fields: JSON.stringify(snapshot.fields),
      });
    },
    remove: (employeeId: string): void => void remove.run(employeeId),
  };
}

function withoutRow({ row: _, fields, ...rest }: SnapshotRow): Snapshot {
  return { ...rest, fields: JSON.parse(fields) as Fields };
}
