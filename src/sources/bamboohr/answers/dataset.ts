import { entryOf } from '../../../core/entry.js';
import { normaliseText } from '../../../core/text.js';
import { IncompleteReadError, UsageError } from '../../../errors.js';
import type { BamboohrClient } from '../client.js';
import { TITLE } from '../failure.js';
import { aliasOf, DATASET_NAMES } from '../names.js';
import type { Query } from '../query.js';
import { type DatasetField, type Field, idIn } from '../schema.js';
import type { Row, Table } from './row.js';

type DatasetClient = Pick<BamboohrClient, 'dataset' | 'datasetFields'>;

/**
 * Reads the data set of employees, page by page. Where it changed meanwhile it is read once more.
 *
 * @throws IncompleteReadError where its pages do not hold as many people as they count
 */
export async function readDataset(client: DatasetClient, query: Query): Promise<Table> {
  const names = await datasetNames(client, query);
  const first = await readOnce(client, names);
  const rows = typeof first === 'string' ? await readOnce(client, names) : first;
  if (typeof rows === 'string') throw new IncompleteReadError(TITLE, [`the data set of employees ${rows}`]);
  const columns = [...names.keys()].filter((alias) => rows.some((row) => row.value(alias) !== undefined));
  return { by: 'dataset', columns: new Set(columns), rows, notices: [] };
}

/** Its rows, or what speaks against them. */
async function readOnce(client: DatasetClient, names: ReadonlyMap<string, string>): Promise<readonly Row[] | string> {
  const rows: Row[] = [];
  let counted: number | null = null;
  for (let page = 1; ; page += 1) {
    const { rows: some, total, pages } = await client.dataset([...names.values()], page);
    for (const row of some) rows.push(datasetRow(row, names));
    counted ??= total;
    if (total !== counted) return `counts ${counted} people at first and ${total} on page ${page}`;
    // A page out of range may bring the nearest one again, so what goes on beyond the count never ends.
    if (rows.length > counted) return `brings more people than the ${counted} that it counts`;
    if (page >= pages || some.length === 0) break;
  }
  return rows.length < counted ? `brings ${rows.length} of the ${counted} people that it counts` : rows;
}

function datasetRow(row: unknown, names: ReadonlyMap<string, string>): Row {
  const fields = entryOf(row, 'fields');
  const restricted = entryOf(row, '_restrictedFields');
  const isRestricted = (name: string) => Array.isArray(restricted) && restricted.includes(name);
  return {
    id: idIn(entryOf(fields, 'eeid')),
    value(alias) {
      const name = names.get(alias);
      return name === undefined || isRestricted(name) ? undefined : entryOf(fields, name);
    },
  };
}

/** What the data set must hold whatever is mapped: it decides who is employed. */
const CERTAIN: ReadonlySet<string> = new Set(['status', 'hireDate', 'terminationDate']);

/**
 * Alias → name in the data set. Custom fields stand there under a number; that it is the number of the field is not
 * documented, so the label must be the same.
 *
 * @throws UsageError for a needed field that the data set does not have
 */
async function datasetNames(
  client: Pick<BamboohrClient, 'datasetFields'>,
  { fields, aliases, account }: Query,
): Promise<ReadonlyMap<string, string>> {
  const offered = await client.datasetFields();
  const needed = new Set([...fields.map(aliasOf), ...CERTAIN]);
  const names = new Map<string, string>();
  const lacking: string[] = [];
  for (const alias of aliases) {
    const name = nameIn(offered, alias, account.get(alias));
    if (name !== null) names.set(alias, name);
    else if (needed.has(alias)) lacking.push(alias);
  }
  if (lacking.length === 0) return names;
  throw new UsageError(
    `the data set of BambooHR has no ${lacking.join(', ')}: take it out of the config, or write "source.read: report"`,
  );
}

function nameIn(offered: readonly DatasetField[], alias: string, field: Field | undefined): string | null {
  const standard = DATASET_NAMES.get(alias) ?? alias;
  if (offered.some(({ name }) => name === standard)) return standard;
  if (field === undefined) return null;
  const label = normaliseText(field.name);
  const alike = offered.filter((one) => /^customField/.test(one.name) && normaliseText(one.label ?? '') === label);
  const numbered = alike.find(({ name }) => name === `customField${field.id}`);
  return (numbered ?? (alike.length === 1 ? alike[0] : undefined))?.name ?? null;
}
