import type { Snapshot } from '../../core/account.js';
import { emailKey } from '../../core/email.js';
import type { Fields } from '../../core/value.js';
import type { SnapshotKey } from '../store.js';
import type { Database, Statement } from './database.js';

interface SnapshotRow extends Omit<Snapshot, 'fields' | 'linkedByHand'> {
  readonly row: number;
  readonly fields: string;
  readonly linkedByHand: number;
}

const COLUMNS = `row, employee_id AS employeeId, account_id AS accountId, state, name, email, fields, hash,
  awaiting_manager AS awaitingManager, start_date AS startDate, linked_by_hand AS linkedByHand,
  missing_since AS missingSince, missing_runs AS missingRuns`;

const BATCH = 500;

/** The snapshot table behind the store's contract; what writes expects to run inside a transaction. */
export function snapshotTable(database: Database) {
  const selectKey = database.prepare<[string], SnapshotKey>(
    `SELECT row, employee_id AS employeeId, state, hash, awaiting_manager AS awaitingManager,
       missing_since AS missingSince FROM snapshot INDEXED BY snapshot_key WHERE employee_id = ?`,
  );
  const byEmployee = database.prepare<[string], SnapshotRow>(`SELECT ${COLUMNS} FROM snapshot WHERE employee_id = ?`);
  const byEmail = database.prepare<[string], SnapshotRow>(`SELECT ${COLUMNS} FROM snapshot WHERE email_key = ?`);
  // In two parts, because each index on accounts holds only its part of the rows: asked in one, SQLite reads them all.
  const byAccount = database.prepare<[string], SnapshotRow>(
    `SELECT ${COLUMNS} FROM snapshot WHERE account_id = ? AND state <> 'deleted'`,
  );
  const byFormerAccount = database.prepare<[string], SnapshotRow>(
    `SELECT ${COLUMNS} FROM snapshot WHERE account_id = ? AND state = 'deleted'`,
  );
  const byManager = database.prepare<[string], SnapshotRow>(
    `SELECT ${COLUMNS} FROM snapshot WHERE manager = ? AND state = 'active'`,
  );
  const after = database.prepare<[number], SnapshotRow>(
    `SELECT ${COLUMNS} FROM snapshot WHERE row > ? ORDER BY row LIMIT ${BATCH}`,
  );
  const activeAfter = database.prepare<[string], Pick<SnapshotKey, 'row' | 'employeeId'>>(
    `SELECT row, employee_id AS employeeId FROM snapshot INDEXED BY snapshot_key
     WHERE employee_id > ? AND state IN ('active', 'pending') ORDER BY employee_id LIMIT ${BATCH}`,
  );
  const missing = database.prepare<[], SnapshotRow>(
    `SELECT ${COLUMNS} FROM snapshot WHERE missing_since IS NOT NULL AND state = 'active' ORDER BY missing_since, row`,
  );
  const count = database.prepare<[], { state: Snapshot['state']; count: number }>(
    'SELECT state, count(*) AS count FROM snapshot GROUP BY state',
  );
  // Updated in place: `row` stays an account's for good.
  const upsert = database.prepare(
    `INSERT INTO snapshot (employee_id, account_id, state, name, email, email_key, manager, fields, hash,
       awaiting_manager, start_date, linked_by_hand, missing_since, missing_runs)
     VALUES (@employeeId, @accountId, @state, @name, @email, @emailKey, @manager, @fields, @hash,
       @awaitingManager, @startDate, @linkedByHand, @missingSince, @missingRuns)
     ON CONFLICT (employee_id) DO UPDATE SET account_id = excluded.account_id, state = excluded.state,
       name = excluded.name, email = excluded.email, email_key = excluded.email_key, manager = excluded.manager,
       fields = excluded.fields, hash = excluded.hash, awaiting_manager = excluded.awaiting_manager,
       start_date = excluded.start_date, linked_by_hand = excluded.linked_by_hand, missing_since = excluded.missing_since, missing_runs = excluded.missing_runs`,
  );
  const formerAddresses = database
    .prepare<[string], string>('SELECT email_key FROM former_address WHERE account_id = ?')
    .pluck();
  const remove = database.prepare<[string]>('DELETE FROM snapshot WHERE employee_id = ?');
  const each = (keys: readonly string[], statement: Statement<[string], SnapshotRow>): Snapshot[] =>
    [...new Set(keys)].flatMap((key) => statement.all(key).map(withoutRow));

  return {
    // Asked for everybody every night: a loop, because it costs half of what flatMap does.
    keysOf(ids: readonly string[]): SnapshotKey[] {
      const keys: SnapshotKey[] = [];
      for (const id of new Set(ids)) {
        const key = selectKey.get(id);
        if (key !== undefined) keys.push(key);
      }
      return keys;
    },
    of: (ids: readonly string[]) => each(ids, byEmployee),
    byEmail: (keys: readonly string[]) => each(keys, byEmail),
    byAccount: (ids: readonly string[]) => [...each(ids, byAccount), ...each(ids, byFormerAccount)],
    reportsOf: (ids: readonly string[]) => each(ids, byManager),
    formerAddresses: (ids: readonly string[]) => new Map([...new Set(ids)].map((id) => [id, formerAddresses.all(id)])),
    async *all(): AsyncGenerator<(Snapshot & { readonly row: number })[]> {
      for (let rows = after.all(0); rows.length > 0; rows = after.all(rows.at(-1)?.row ?? 0)) {
        yield rows.map((row) => ({ ...withoutRow(row), row: row.row }));
      }
    },
    // Reads an index only, and the rest of a row only for those who were not seen: nearly nobody on a good night.
    async *absent(wasSeen: (row: number) => boolean): AsyncGenerator<Snapshot[]> {
      let keys = activeAfter.all('');
      while (keys.length > 0) {
        const unseen = keys.filter(({ row }) => !wasSeen(row)).map(({ employeeId }) => employeeId);
        if (unseen.length > 0) yield each(unseen, byEmployee);
        keys = activeAfter.all(keys.at(-1)?.employeeId ?? '');
      }
    },
    missing: () => missing.all().map(withoutRow),
    count(): Record<Snapshot['state'], number> {
      const counts = { active: 0, pending: 0, deactivated: 0, deleted: 0 };
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
        linkedByHand: snapshot.linkedByHand ? 1 : 0,
      });
    },
    remove: (employeeId: string): void => void remove.run(employeeId),
  };
}

function withoutRow({ row: _, fields, linkedByHand, ...rest }: SnapshotRow): Snapshot {
  return { ...rest, fields: JSON.parse(fields) as Fields, linkedByHand: linkedByHand === 1 };
}
