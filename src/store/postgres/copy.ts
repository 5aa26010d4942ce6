import { COPIED, COPY_BATCH, type CopiedPart, type CopiedRow } from '../copied.js';
import { Bulk } from './bulk.js';
import type { Connection, Run } from './connection.js';
import { statement } from './statement.js';

interface Owner {
  readonly source: string;
  readonly target: string;
}

const OWNER = 'SELECT source, target, moved_to AS moved FROM connector WHERE name = $1';
const CLAIM = `INSERT INTO connector (name, source, target) VALUES ($1, $2, $3)
  ON CONFLICT (name) DO UPDATE SET source = $2, target = $3, moved_to = NULL, moved_at = NULL`;
const COUNT = `INSERT INTO counter (connector, next_row, next_run)
  SELECT $1, (SELECT coalesce(max(row), 0) + 1 FROM snapshot WHERE connector = $1),
    (SELECT coalesce(max(number), 0) + 1 FROM run WHERE connector = $1)
  ON CONFLICT (connector) DO UPDATE SET next_row = excluded.next_row, next_run = excluded.next_run`;
const MARK = 'UPDATE connector SET moved_to = $2, moved_at = clock_timestamp() WHERE name = $1';
const HAS_STATE = `SELECT EXISTS (SELECT 1 FROM run WHERE connector = $1)
  OR EXISTS (SELECT 1 FROM snapshot WHERE connector = $1) AS has`;

const INSERTS = new Map(COPIED.map(({ name, columns }) => [name, new Bulk(name, columns)]));

/** Whom the rows of a connector belong to, and where they went; null where there are none. */
export async function ownerIn(run: Run, connector: string) {
  const [row] = await run(statement(OWNER, connector));
  if (row === undefined || row['source'] === null || row['target'] === null) return null;
  const moved = row['moved'] === null ? null : String(row['moved']);
  return { source: String(row['source']), target: String(row['target']), moved };
}

/** Whether a connector has a state: a run, or an account. */
export async function hasState(run: Run, connector: string): Promise<boolean> {
  return (await run(statement(HAS_STATE, connector)))[0]?.['has'] === true;
}

/** Reads everything of a connector as it stands at one moment, without a lock, and hands it over part by part. */
export function readParts(connection: Connection, take: (part: CopiedPart) => void): Promise<void> {
  const { connector } = connection.place;
  return connection.transact(async (run) => {
    await run(statement('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ'));
    for (const table of COPIED) {
      const columns = Object.keys(table.columns).join(', ');
      const query = `SELECT ${columns} FROM ${table.name} WHERE connector = $1 ORDER BY connector, ${table.order}`;
      await run(statement(`DECLARE part NO SCROLL CURSOR FOR ${query}`, connector));
      const next = async () => (await run(statement(`FETCH ${COPY_BATCH} FROM part`))) as readonly CopiedRow[];
      for (let rows = await next(); rows.length > 0; rows = await next()) take({ table, rows });
      await run(statement('CLOSE part'));
    }
  });
}

/** Replaces everything of a connector, in an open transaction. */
export async function replaceState(
  run: Run,
  connector: string,
  owner: Owner,
  parts: Iterable<CopiedPart>,
): Promise<void> {
  for (const { name } of COPIED.toReversed())
    await run(statement(`DELETE FROM ${name} WHERE connector = $1`, connector));
  // What the deletion of accounts left behind.
  await run(statement('DELETE FROM former_address WHERE connector = $1', connector));
  for (const { table, rows } of parts)
    for (const insert of INSERTS.get(table.name)?.of(connector, rows) ?? []) await run(insert);
  await run(statement(CLAIM, connector, owner.source, owner.target));
  await run(statement(COUNT, connector));
}

/** Marks the rows of a connector as moved, in an open transaction: they refuse further runs. */
export async function markMoved(run: Run, connector: string, to: string): Promise<void> {
  await run(statement(MARK, connector, to));
}
