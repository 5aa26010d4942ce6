import type { Snapshot } from '../../../core/account.js';
import { emailKey } from '../../../core/email.js';
import type { Fields } from '../../../core/value.js';
import type { SnapshotKey, Snapshots } from '../../snapshots.js';
import { Bulk, lastOfEach } from '../bulk.js';
import type { Session } from '../session.js';
import { type Row, type Statement, statement } from '../statement.js';

interface SnapshotRow extends Omit<Snapshot, 'fields'>, Row {
  readonly row: number;
  readonly fields: string;
}

const COLUMNS = `s.row, s.employee_id AS "employeeId", s.account_id AS "accountId", s.state, s.name, s.email, s.fields,
  s.hash, s.awaiting_manager AS "awaitingManager", s.start_date AS "startDate", s.linked_by_hand AS "linkedByHand",
  s.missing_since AS "missingSince", s.missing_runs AS "missingRuns"`;

const BATCH = 500;

// Each query asks for one value at a time, in a lateral part with a limit. A list in the condition would be dear on a
// connector that the planner's statistics do not know yet: it expects one row, and reads all of them for each value.
const ofEach = (columns: string, condition: string, most: string) =>
  `SELECT found.* FROM unnest($2::text[]) AS asked (value)
   CROSS JOIN LATERAL (SELECT ${columns} FROM snapshot s WHERE s.connector = $1 AND ${condition} ${most}) AS found`;

/** The queries about snapshots, by name; a test reads how the server carries them out. */
export const SNAPSHOT_QUERIES = {
  keysOf: ofEach(
    `s.row, s.employee_id AS "employeeId", s.state, s.hash, s.awaiting_manager AS "awaitingManager",
     s.missing_since AS "missingSince"`,
    's.employee_id = asked.value',
    'LIMIT 1',
  ),
  of: ofEach(COLUMNS, 's.employee_id = asked.value', 'LIMIT 1'),
  byEmail: ofEach(COLUMNS, 's.email_key = asked.value', 'ORDER BY s.email_key, s.row'),
  byAccount: ofEach(COLUMNS, `s.account_id = asked.value AND s.state <> 'deleted'`, 'LIMIT 1'),
  byFormerAccount: ofEach(COLUMNS, `s.account_id = asked.value AND s.state = 'deleted'`, 'ORDER BY s.account_id'),
  byManager: ofEach(COLUMNS, `s.manager = asked.value AND s.state = 'active'`, 'ORDER BY s.manager'),
  after: `SELECT ${COLUMNS} FROM snapshot s WHERE s.connector = $1 AND s.row > $2 ORDER BY s.connector, s.row LIMIT ${BATCH}`,
  openAfter: `SELECT s.row, s.employee_id AS "employeeId" FROM snapshot s WHERE s.connector = $1 AND s.employee_id > $2
    AND s.state IN ('active', 'pending') ORDER BY s.connector, s.employee_id LIMIT ${BATCH}`,
} as const;

const MISSING = `SELECT ${COLUMNS} FROM snapshot s WHERE s.connector = $1 AND s.missing_since IS NOT NULL
  AND s.state = 'active' ORDER BY s.missing_since, s.row`;
const COUNT = 'SELECT state, count(*) AS count FROM snapshot WHERE connector = $1 GROUP BY state';
const FORMER = `SELECT account_id AS id, email_key AS key FROM former_address WHERE connector = $1 AND account_id = ANY($2)`;
const REMOVE = 'DELETE FROM snapshot WHERE connector = $1 AND employee_id = $2';

const UPSERT = new Bulk(
  'snapshot',
  {
    employee_id: 'text',
    account_id: 'text',
    state: 'text',
    name: 'text',
    email: 'text',
    email_key: 'text',
    manager: 'text',
    fields: 'text',
    hash: 'text',
    awaiting_manager: 'text',
    start_date: 'text',
    linked_by_hand: 'boolean',
    missing_since: 'text',
    missing_runs: 'integer',
  },
  {
    // An account keeps its row for good.
    expressions: { row: 'row_of($1, given.employee_id)' },
    tail: `ON CONFLICT (connector, employee_id) DO UPDATE SET account_id = excluded.account_id, state = excluded.state,
      name = excluded.name, email = excluded.email, email_key = excluded.email_key, manager = excluded.manager,
      fields = excluded.fields, hash = excluded.hash, awaiting_manager = excluded.awaiting_manager,
      start_date = excluded.start_date, linked_by_hand = excluded.linked_by_hand,
      missing_since = excluded.missing_since, missing_runs = excluded.missing_runs`,
  },
);

/** The snapshot table behind the store's contract. */
export function snapshotTable(session: Session): Snapshots & {
  put(snapshots: readonly Snapshot[]): Statement[];
  remove(employeeId: string): Statement;
} {
  const { connector } = session;
  const each = async (query: string, values: readonly string[]): Promise<Snapshot[]> =>
    values.length === 0
      ? []
      : (await session.read<SnapshotRow>(statement(query, connector, [...new Set(values)]))).map(withoutRow);
  const put = (snapshots: readonly Snapshot[]) =>
    UPSERT.of(connector, lastOfEach(snapshots, ({ employeeId }) => employeeId).map(columnsOf));

  return {
    keysOf: async (ids) =>
      ids.length === 0
        ? []
        : session.read<SnapshotKey & Row>(statement(SNAPSHOT_QUERIES.keysOf, connector, [...new Set(ids)])),
    snapshotsOf: (ids) => each(SNAPSHOT_QUERIES.of, ids),
    snapshotsByEmail: (keys) => each(SNAPSHOT_QUERIES.byEmail, keys),
    snapshotsByAccount: async (ids) => [
      ...(await each(SNAPSHOT_QUERIES.byAccount, ids)),
      ...(await each(SNAPSHOT_QUERIES.byFormerAccount, ids)),
    ],
    reportsOf: (ids) => each(SNAPSHOT_QUERIES.byManager, ids),
    async formerAddresses(ids) {
      const found = new Map<string, string[]>(ids.map((id) => [id, []]));
      if (ids.length === 0) return found;
      const rows = await session.read<{ id: string; key: string }>(statement(FORMER, connector, [...found.keys()]));
      for (const { id, key } of rows) found.get(id)?.push(key);
      return found;
    },
    async *snapshots() {
      const next = (row: number) => session.read<SnapshotRow>(statement(SNAPSHOT_QUERIES.after, connector, row));
      for (let rows = await next(0); rows.length > 0; rows = await next(rows.at(-1)?.row ?? 0))
        yield rows.map((row) => ({ ...withoutRow(row), row: row.row }));
    },
    // Reads an index only, and the rest of a row only for those who were not seen: nearly nobody on a good night.
    async *absent(wasSeen) {
      const next = (id: string) =>
        session.read<{ row: number; employeeId: string }>(statement(SNAPSHOT_QUERIES.openAfter, connector, id));
      for (let keys = await next(''); keys.length > 0; keys = await next(keys.at(-1)?.employeeId ?? '')) {
        const unseen = keys.filter(({ row }) => !wasSeen(row)).map(({ employeeId }) => employeeId);
        if (unseen.length > 0) yield await each(SNAPSHOT_QUERIES.of, unseen);
      }
    },
    missing: async () => (await session.read<SnapshotRow>(statement(MISSING, connector))).map(withoutRow),
    async countSnapshots() {
      const counts = { active: 0, pending: 0, deactivated: 0, deleted: 0 };
      const rows = await session.read<{ state: Snapshot['state']; count: number }>(statement(COUNT, connector));
      for (const { state, count } of rows) counts[state] = count;
      return counts;
    },
    putSnapshots: async (snapshots) => void (await session.write(put(snapshots))),
    put,
    remove: (employeeId) => statement(REMOVE, connector, employeeId),
  };
}

function columnsOf(snapshot: Snapshot) {
  const { fields, email } = snapshot;
  const manager = fields['manager'];
  return {
    employee_id: snapshot.employeeId,
    account_id: snapshot.accountId,
    state: snapshot.state,
    name: snapshot.name,
    email,
    email_key: email === null ? null : emailKey(email),
    manager: typeof manager === 'string' ? manager : null,
    fields: JSON.stringify(fields),
    hash: snapshot.hash,
    awaiting_manager: snapshot.awaitingManager,
    start_date: snapshot.startDate,
    linked_by_hand: snapshot.linkedByHand,
    missing_since: snapshot.missingSince,
    missing_runs: snapshot.missingRuns,
  };
}

function withoutRow({ row: _, fields, ...rest }: SnapshotRow): Snapshot {
  return { ...rest, fields: JSON.parse(fields) as Fields } as Snapshot;
}
