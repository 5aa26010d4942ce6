import { batchesOf } from '../../core/batches.js';
import { emptyFields } from '../../core/value.js';
import { IncompleteReadError } from '../../errors.js';
import type { NamedPage, ReadFacts, SourceRecord } from '../source.js';
import { IDS_PER_REQUEST } from './answers/hires.js';
import { readReport } from './answers/report.js';
import { firstPage } from './answers/roster.js';
import type { Row, Table } from './answers/row.js';
import { readTable } from './answers/table.js';
import type { BamboohrClient } from './client.js';
import { TITLE } from './failure.js';
import { aliasOf } from './names.js';
import { type Query, queryFor } from './query.js';
import { HIDDEN, type ReadOptions, refuseHiddenColumns } from './read.js';
import { beginReading } from './reading.js';
import type { RecordReader } from './record.js';
import { isNothing } from './value.js';

/**
 * Reads whoever changed at or after an instant. Whom BambooHR says to be deleted is left out: only absence from reads of
 * everybody ends an account. What the list may lack (renamed lists, what the calendar changes) the next night finds.
 */
export async function* readChanged(
  client: BamboohrClient,
  fields: readonly string[],
  options: ReadOptions,
  since: Date,
): AsyncGenerator<NamedPage, ReadFacts> {
  const changes = await client.changed(since);
  const ids = [...changes].flatMap(([id, action]) => (isId(id) && !/^deleted$/i.test(action) ? [id] : []));
  const pages = readSome(client, fields, options, ids);
  for (;;) {
    const step = await pages.next();
    if (step.done) return step.value;
    yield { ...step.value, absent: [] };
  }
}

/** Reads these people. Whoever does not come is looked for alone: only then does BambooHR say that nobody has an id. */
export async function* readNamed(
  client: BamboohrClient,
  fields: readonly string[],
  options: ReadOptions,
  ids: readonly string[],
): AsyncGenerator<NamedPage, ReadFacts> {
  // Other text is no id of BambooHR's, and must not become a list or a path of its own.
  const impossible = ids.filter((id) => !isId(id));
  if (impossible.length > 0) yield { records: [], total: null, absent: impossible };
  return yield* readSome(client, fields, options, ids.filter(isId));
}

function isId(id: string): boolean {
  return /^[1-9]\d*$/.test(id) && Number.isSafeInteger(Number(id));
}

/** So many people may be looked for alone in one read; more who do not come make a report that was cut off. */
const MOST_LOOKED_FOR = 25;

async function* readSome(
  client: BamboohrClient,
  fields: readonly string[],
  options: ReadOptions,
  asked: readonly string[],
): AsyncGenerator<NamedPage, ReadFacts> {
  const ids = [...new Set(asked)];
  if (ids.length === 0) return factsOf(client, 0, new Set());
  const query = await queryFor(client, fields);
  const table = await readRows(client, query, options, ids);
  if (table.rows.length > 0) refuseHiddenColumns(query, table);
  const reading = await beginReading(client, query, options.today(), table, null);
  const records = table.rows.map(reading.record);
  reading.end();
  const doubtful = await doubtfulFields(client, query, options, reading.reader, records);
  const came = new Set(table.rows.map(({ id }) => id));
  const missing = ids.filter((id) => !came.has(id));
  if (missing.length > MOST_LOOKED_FOR) {
    throw new IncompleteReadError(TITLE, [`the report brought ${came.size} of the ${ids.length} people asked for`]);
  }
  const { absent, hidden } = await lookFor(client, missing);
  const all = [...records.map((record) => without(record, doubtful)), ...hidden];
  let pages = 0;
  for (const some of batchesOf(all, IDS_PER_REQUEST)) {
    pages += 1;
    yield { records: some, total: null, absent: [] };
  }
  if (absent.length > 0) yield { records: [], total: null, absent };
  return factsOf(client, pages, reading.reader.filledFields);
}

function factsOf({ deprecations }: BamboohrClient, pages: number, presentFields: ReadonlySet<string>): ReadFacts {
  return { pages, totalAtStart: null, totalAtEnd: null, presentFields, notices: deprecations.sentences };
}

/**
 * The rows of these people. Above a third of the company the report is asked for as a whole, and so is the data set where
 * only that is read.
 */
async function readRows(
  client: BamboohrClient,
  query: Query,
  { read }: ReadOptions,
  ids: readonly string[],
): Promise<Table> {
  const wanted = new Set(ids);
  const isWanted = ({ id }: Row) => id !== null && wanted.has(id);
  const isWhole = read === 'dataset' || (ids.length > IDS_PER_REQUEST && (await areMany(client, ids.length)));
  const some = isWhole ? null : await readReports(client, query, ids);
  // A report that ignores its filter brings everybody.
  const table = some ?? (await readTable(client, query, read));
  return { ...table, rows: table.rows.filter(isWanted) };
}

async function readReports(client: BamboohrClient, query: Query, ids: readonly string[]): Promise<Table | null> {
  const tables: Table[] = [];
  for (const some of batchesOf(ids, IDS_PER_REQUEST)) {
    const table = await readReport(client, query, { ids: some });
    if (table === null) return null;
    tables.push(table);
  }
  const columns = new Set(tables.flatMap((table) => [...table.columns]));
  return { by: 'report', columns, rows: tables.flatMap(({ rows }) => rows), notices: [] };
}

async function areMany(client: BamboohrClient, asked: number): Promise<boolean> {
  const page = await firstPage(client);
  return page === null || asked * 3 > page.total;
}

/** @throws IncompleteReadError where somebody is there and did not come */
async function lookFor(client: BamboohrClient, ids: readonly string[]) {
  const absent: string[] = [];
  const hidden: SourceRecord[] = [];
  for (const id of ids) {
    const found = await client.find(id);
    if (found === 'gone') absent.push(id);
    if (found === 'hidden') hidden.push({ unreadable: { id, name: null, problem: HIDDEN } });
    if (found === 'known' || found === 'unclear') {
      throw new IncompleteReadError(TITLE, [`the report did not bring employee ${id}, who is not said to be gone`]);
    }
  }
  return { absent, hidden };
}

/**
 * A right that was lost may show as nothing but empty values, and among a few people so does a value that nobody of them
 * has. Such fields are looked for among everybody; what stands on nobody there either stays as it is until the next night.
 */
async function doubtfulFields(
  client: BamboohrClient,
  query: Query,
  { may_be_empty }: ReadOptions,
  { filledFields }: RecordReader,
  records: readonly SourceRecord[],
): Promise<ReadonlySet<string>> {
  const isEmpty = (field: string) => records.some((one) => 'employee' in one && one.employee.fields[field] === null);
  const unseen = query.fields.filter(
    (field) => !filledFields.has(field) && !may_be_empty.includes(field) && isEmpty(field),
  );
  if (unseen.length === 0) return new Set();
  const others = await readReport(client, { aliases: unseen.map(aliasOf) });
  const rows: readonly Row[] = others?.rows ?? [];
  return new Set(unseen.filter((field) => rows.every(({ value }) => isNothing(value(aliasOf(field)) ?? null))));
}

function without(record: SourceRecord, doubtful: ReadonlySet<string>): SourceRecord {
  if (doubtful.size === 0 || 'unreadable' in record) return record;
  const { fields } = record.employee;
  const kept = Object.entries(fields).filter(([field, value]) => value !== null || !doubtful.has(field));
  return { employee: { ...record.employee, fields: Object.assign(emptyFields(), Object.fromEntries(kept)) } };
}
