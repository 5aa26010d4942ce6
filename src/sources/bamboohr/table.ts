import { entryOf } from '../../core/entry.js';
import { normaliseText } from '../../core/text.js';
import { IncompleteReadError, PermissionError, UsageError } from '../../errors.js';
import { type BamboohrClient, DATASET_PAGE, type ReportOptions } from './client.js';
import { TITLE } from './failure.js';
import { DATASET_NAMES } from './names.js';
import type { Query } from './query.js';
import { type DatasetField, idIn } from './schema.js';

/** Everybody's values, whichever way they came. */
export interface Table {
  /** Aliases that the key may read. */
  readonly columns: ReadonlySet<string>;
  readonly rows: readonly Row[];
  /** How many people the first and the last page counted; null where nothing counts them. */
  readonly totalAtStart: number | null;
  readonly totalAtEnd: number | null;
  /** What is to be told of the way that was taken. */
  readonly notices: readonly string[];
}

/** One person's values. */
export interface Row {
  readonly id: string | null;
  /** The value of an alias as it came; undefined where it is not shown. */
  value(alias: string): unknown;
}

/** Reads everybody by the report or, where the settings or BambooHR want it, by the data set. */
export async function readTable(
  client: BamboohrClient,
  query: Query,
  read: 'auto' | 'report' | 'dataset',
): Promise<Table> {
  if (read === 'dataset') return readDataset(client, query);
  const table = await readReport(client, query);
  if (table !== null) return table;
  if (read === 'report') throw new PermissionError(TITLE, ['reports'], 'there is no such report any more');
  const notice =
    'BambooHR answers no report any more: the data set was read ("source.read: dataset" says to do so at once)';
  return { ...(await readDataset(client, query)), notices: [notice] };
}

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
    columns: new Set([...report.columns, ...onRows]),
    rows: people.map((row) => ({ id: idIn(entryOf(row, 'id')), value: (alias) => entryOf(row, alias) })),
    ...{ totalAtStart: null, totalAtEnd: null, notices: [] },
  };
}

async function readDataset(client: BamboohrClient, query: Query): Promise<Table> {
  const names = await datasetNames(client, query);
  const rows: Row[] = [];
  const ids = new Set<string>();
  let totalAtStart: number | null = null;
  for (let page = 1; ; page += 1) {
    const { rows: some, total, pages } = await client.dataset([...names.values()], page);
    totalAtStart ??= total;
    const before = ids.size;
    for (const row of some.map((one) => datasetRow(one, names))) {
      if (row.id !== null) ids.add(row.id);
      rows.push(row);
    }
    // A page out of range may bring the nearest one again.
    if (page > 1 && some.length > 0 && ids.size === before) throw broken(`page ${page} brings nobody new`);
    const isLast = page >= pages || some.length === 0;
    if (isLast) return { ...{ rows, totalAtStart, totalAtEnd: total, notices: [] }, columns: shownIn(rows, names) };
    if (page * DATASET_PAGE > total + DATASET_PAGE * 2) throw broken(`does not end after ${page} pages`);
  }
}

function shownIn(rows: readonly Row[], names: ReadonlyMap<string, string>): ReadonlySet<string> {
  return new Set([...names.keys()].filter((alias) => rows.some((row) => row.value(alias) !== undefined)));
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

/**
 * Alias → name in the data set. Custom fields stand there under a number; that it is the number of the field is not
 * documented, so the label must be the same. What only adds to a read, such as names for reports, may be lacking.
 *
 * @throws UsageError for a needed field that the data set does not have
 */
async function datasetNames(
  client: Pick<BamboohrClient, 'datasetFields'>,
  { aliases, account }: Query,
): Promise<ReadonlyMap<string, string>> {
  const offered = await client.datasetFields();
  const names = new Map<string, string>();
  const lacking: string[] = [];
  for (const alias of aliases) {
    const name = nameIn(offered, alias, account.get(alias));
    if (name !== null) names.set(alias, name);
    else if (alias !== 'originalHireDate') lacking.push(alias);
  }
  if (lacking.length === 0) return names;
  throw new UsageError(
    `the data set of BambooHR has no ${lacking.join(', ')}: take it out of the config, or write "source.read: report"`,
  );
}

function nameIn(
  offered: readonly DatasetField[],
  alias: string,
  field: { readonly id: string; readonly name: string } | undefined,
): string | null {
  const standard = DATASET_NAMES.get(alias) ?? alias;
  if (offered.some(({ name }) => name === standard)) return standard;
  if (field === undefined) return null;
  const label = normaliseText(field.name);
  const alike = offered.filter((one) => /^customField/.test(one.name) && normaliseText(one.label ?? '') === label);
  const numbered = alike.find(({ name }) => name === `customField${field.id}`);
  return (numbered ?? (alike.length === 1 ? alike[0] : undefined))?.name ?? null;
}

function broken(finding: string): IncompleteReadError {
  return new IncompleteReadError(TITLE, [`the data set of employees: ${finding}`]);
}
