import { PermissionError } from '../../../errors.js';
import type { BamboohrClient } from '../client.js';
import { TITLE } from '../failure.js';
import type { Query } from '../query.js';
import type { BamboohrSettings } from '../settings.js';
import { readDataset } from './dataset.js';
import { readReport } from './report.js';
import type { Table } from './row.js';

/**
 * Reads everybody by the report or, where the settings or BambooHR want it, by the data set.
 *
 * @throws PermissionError where the settings want a report and BambooHR has none any more
 */
export async function readTable(client: BamboohrClient, query: Query, read: BamboohrSettings['read']): Promise<Table> {
  if (read === 'dataset') return readDataset(client, query);
  const table = await readReport(client, query);
  if (table !== null) return table;
  if (read === 'report') throw new PermissionError(TITLE, ['reports'], 'there is no such report any more');
  return { ...(await readDataset(client, query)), notices: [NO_REPORT] };
}

const NO_REPORT =
  'BambooHR answers no report any more: its data set was read instead ("source.read: dataset" says to do so at once)';
