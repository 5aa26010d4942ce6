import { batchesOf } from '../../core/batches.js';
import type { BamboohrClient } from './client.js';
import type { Query } from './query.js';
import type { RecordReader, View } from './record.js';
import { readReport, type Table } from './table.js';

/** The most people whom one report is asked for by their ids. */
export const IDS_PER_REQUEST = 500;

/**
 * The jobs of those who are hired later: today's values do not show them, and values of the future, asked for of everybody,
 * would show next month's promotions now. Null where there is no report to ask.
 */
export async function readHires(
  client: Pick<BamboohrClient, 'report'>,
  query: Query,
  ids: readonly string[],
): Promise<readonly Table[] | null> {
  const tables: Table[] = [];
  for (const some of batchesOf(ids, IDS_PER_REQUEST)) {
    const table = await readReport(client, query, { ids: some, withFuture: true });
    if (table === null) return null;
    tables.push(table);
  }
  return tables;
}

/** Employee id → what takes effect later. */
export function futureViews(tables: readonly Table[]): ReadonlyMap<string, View> {
  const rows = tables.flatMap(({ rows }) => rows);
  return new Map(rows.flatMap((row) => (row.id === null ? [] : [[row.id, row.value] as const])));
}

/** The ids of those on some rows who are hired later. */
export function idsOfHires(rows: Table['rows'], reader: Pick<RecordReader, 'status'>): readonly string[] {
  return rows.flatMap(({ id, value }) => (id !== null && reader.status(value) === 'onboarding' ? [id] : []));
}
