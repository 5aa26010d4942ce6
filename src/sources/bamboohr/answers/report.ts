import { entryOf } from '../../../core/entry.js';
import type { BamboohrClient, ReportOptions } from '../client.js';
import type { Query } from '../query.js';
import { idIn } from '../schema.js';
import type { Table } from './row.js';

/** One report; null where BambooHR has none any more. Nothing in it says how many people it should hold. */
export async function readReport(
  client: Pick<BamboohrClient, 'report'>,
  { aliases }: Pick<Query, 'aliases'>,
  options: ReportOptions = {},
): Promise<Table | null> {
  const report = await client.report(aliases, options);
  if (report === null) return null;
  const { people } = report;
  // A field that may not be read stands neither among the columns nor on a row.
  const onRows = aliases.filter((alias) => people.some((row) => entryOf(row, alias) !== undefined));
  return {
    by: 'report',
    columns: new Set([...report.columns, ...onRows]),
    rows: people.map((row) => ({ id: idIn(entryOf(row, 'id')), value: (alias) => entryOf(row, alias) })),
    notices: [],
  };
}
