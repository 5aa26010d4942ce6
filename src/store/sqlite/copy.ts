import { COPIED, COPY_BATCH, type CopiedPart, type CopiedRow, type CopiedTable, OF_THE_FILE } from '../copied.js';
import type { Database } from './database.js';
import { metaTable } from './meta.js';

/** Under this key stands where a state went. */
const MOVED_TO = 'moved_to';

/** Everything in a state file that moves with it, part by part. */
export function* readParts(database: Database): Generator<CopiedPart> {
  for (const table of COPIED) {
    const { name, order, columns } = table;
    const query = `SELECT ${Object.keys(columns).join(', ')} FROM ${name} ORDER BY ${order}`;
    let rows: CopiedRow[] = [];
    for (const row of database.prepare<[], CopiedRow>(query).iterate()) {
      if (name === 'meta' && OF_THE_FILE.includes(String(row['key']))) continue;
      rows.push(asRead(row, table));
      if (rows.length < COPY_BATCH) continue;
      yield { table, rows };
      rows = [];
    }
    if (rows.length > 0) yield { table, rows };
  }
}

/** Writes a part into an empty state file. */
export function writePart(database: Database, { table, rows }: CopiedPart): void {
  const columns = Object.keys(table.columns);
  const insert = database.prepare(
    `INSERT INTO ${table.name} (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`,
  );
  database.transaction(() => {
    for (const row of rows) insert.run(asWritten(row));
  })();
}

/** Writes down whom a state belongs to. */
export function setOwner(database: Database, owner: { readonly source: string; readonly target: string }): void {
  const meta = metaTable(database);
  meta.set('source', owner.source);
  meta.set('target', owner.target);
}

/** Where a state went, or null. */
export function movedTo(database: Database): string | null {
  return metaTable(database).get(MOVED_TO);
}

/** Marks a state as moved: it refuses further runs. */
export function markMoved(database: Database, to: string): void {
  metaTable(database).set(MOVED_TO, to);
}

function asRead(row: CopiedRow, { columns }: CopiedTable): CopiedRow {
  const truths = Object.entries(row).map(([column, value]) => [
    column,
    columns[column] === 'boolean' && value !== null ? value === 1 : value,
  ]);
  return Object.fromEntries(truths) as CopiedRow;
}

function asWritten(row: CopiedRow): Record<string, string | number | null> {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [column, typeof value === 'boolean' ? Number(value) : value]),
  );
}
