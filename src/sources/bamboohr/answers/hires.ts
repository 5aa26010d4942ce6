import { batchesOf } from '../../../core/batches.js';
import type { Day } from '../../../core/day.js';
import type { BamboohrClient } from '../client.js';
import type { Query } from '../query.js';
import { statusIn } from '../record.js';
import { readReport } from './report.js';
import type { Row, Table, View } from './row.js';

/** The most people whom one report is asked for by their ids. */
export const IDS_PER_REQUEST = 500;

/**
 * The jobs of those who are hired later: today's values do not show them, and values of the future, asked for of everybody,
 * would show next month's promotions now.
 */
export async function readHires(
  client: Pick<BamboohrClient, 'report'>,
  query: Query,
  ids: readonly string[],
): Promise<readonly Table[]> {
  const tables: Table[] = [];
  for (const some of batchesOf(ids, IDS_PER_REQUEST)) {
    const table = await readReport(client, query, { ids: some, withFuture: true });
    if (table !== null) tables.push(table);
  }
  return tables;
}

/** Employee id → what takes effect later. */
export function futureViews(tables: readonly Table[]): ReadonlyMap<string, View> {
  const rows = tables.flatMap(({ rows }) => rows);
  return new Map(rows.flatMap(({ id, value }) => (id === null ? [] : [[id, value] as const])));
}

/** The ids of those who are hired after a day. */
export function idsOfHires(rows: readonly Row[], today: Day): readonly string[] {
  return rows.flatMap(({ id, value }) => (id !== null && statusIn(value, today) === 'onboarding' ? [id] : []));
}
