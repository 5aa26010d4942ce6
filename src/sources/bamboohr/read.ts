import { batchesOf } from '../../core/batches.js';
import type { Day } from '../../core/day.js';
import { entryOf } from '../../core/entry.js';
import { PermissionError } from '../../errors.js';
import type { ReadFacts, SourcePage, SourceRecord } from '../source.js';
import type { BamboohrClient } from './client.js';
import { entitiesFor } from './evidence.js';
import { TITLE } from './failure.js';
import { futureViews, idsOfHires, readHires } from './hires.js';
import { aliasOf, ROSTER_NAMES } from './names.js';
import { countPeople, type Proof } from './proof.js';
import { type Query, queryFor } from './query.js';
import { createRecordReader, type RecordReader, type View } from './record.js';
import { isHidden, type Listed } from './roster.js';
import type { BamboohrSettings } from './settings.js';
import { type Row, readTable, type Table } from './table.js';
import { isNothing, readText } from './value.js';

/** What a read is told besides the HR fields that it is for. */
export interface ReadOptions extends Pick<BamboohrSettings, 'read' | 'may_be_empty'> {
  /** Today in the connector's zone: what is "to come" must not be judged by UTC. */
  readonly today: () => Day;
}

/** Number of people on one page. */
const PAGE_SIZE = 500;

/**
 * Reads everybody: who is there from the list of employees, their values from one report, and the jobs of people who are
 * hired later from a second one. The report says of itself neither how many people it holds nor what it left out, so its
 * people are held against the list and its columns against what was asked for.
 */
export async function* readEmployees(
  client: BamboohrClient,
  fields: readonly string[],
  options: ReadOptions,
): AsyncGenerator<SourcePage, ReadFacts> {
  const query = await queryFor(client, fields);
  const proof = await countPeople(client);
  const counted = { totalAtStart: proof.totalAtStart, totalAtEnd: proof.totalAtEnd };
  if (proof.totalAtEnd === 0) {
    return { pages: 0, ...counted, presentFields: new Set(), notices: proof.notices };
  }
  const table = await readTable(client, query, options.read);
  if (table.rows.length > 0) refuseHiddenColumns(query, table);
  const reading = await begin(client, query, options.today(), table, proof.people);

  let pages = 0;
  const total = proof.totalAtStart;
  for (const rows of batchesOf(table.rows, PAGE_SIZE)) {
    pages += 1;
    yield { records: rows.map(reading.record), total };
  }
  const hidden = hiddenPeople(proof, table.rows);
  for (const records of batchesOf(hidden, PAGE_SIZE)) {
    pages += 1;
    yield { records, total };
  }
  reading.end();
  return {
    pages,
    ...counted,
    totalAtEnd: counted.totalAtEnd + countStrangers(proof, table.rows),
    presentFields: presentFields(query, reading.reader, table, options),
    notices: [...proof.notices, ...table.notices, ...client.deprecations.sentences],
  };
}

/** Makes records of the rows of one read. */
export interface Reading {
  readonly reader: RecordReader;
  readonly record: (row: Row) => SourceRecord;
  /** @throws IncompleteReadError where the values cannot be believed, now that all have been looked at */
  end(): void;
}

/** Asks for what the rows of a read need besides: jobs that begin later, names that hold no HTML entities. */
export async function begin(
  client: BamboohrClient,
  query: Query,
  today: Day,
  table: Table,
  people: Proof['people'],
): Promise<Reading> {
  const statuses = createRecordReader(query, today, await entitiesFor(client, query, []));
  const hires = idsOfHires(table.rows, statuses);
  const later = hires.length === 0 ? [] : ((await readHires(client, query, hires)) ?? []);
  const entities = await entitiesFor(client, query, [table, ...later], people ?? undefined);
  const reader = createRecordReader(query, today, entities);
  const futures = futureViews(later);
  return {
    reader,
    end: () => entities.refuseMany(),
    record({ id, value }) {
      if (id === null) return nameless(value);
      return { employee: reader.read(id, seen(value, people?.get(id)), futures.get(id)) };
    },
  };
}

/** What is shown of somebody: a value that is empty because it may not be read is unknown. */
function seen(value: View, listed: Listed | undefined): View {
  if (listed === undefined || listed.restricted.size === 0) return value;
  return (alias) => {
    const held = value(alias);
    return listed.restricted.has(ROSTER_NAMES.get(alias) ?? alias) && isNothing(held) ? undefined : held;
  };
}

function nameless(value: View): SourceRecord {
  const email = readText(value('workEmail'));
  const problem = 'BambooHR gives this person no usable id';
  return {
    unreadable: { id: null, name: nameOf(value), ...(typeof email === 'string' && { email }), problem },
  };
}

/** @throws PermissionError for needed fields that did not come as columns: that is how BambooHR leaves out what is not allowed */
export function refuseHiddenColumns({ fields }: Query, { columns }: Pick<Table, 'columns'>): void {
  const hidden = fields.map(aliasOf).filter((alias) => alias !== 'id' && !columns.has(alias));
  if (hidden.length === 0) return;
  throw new PermissionError(TITLE, [...new Set(hidden)], 'the access level of the key’s user does not show it');
}

/** The people on the list who did not come, and whom the key may not read. Of others nothing is said: the totals tell. */
function hiddenPeople({ people }: Proof, rows: readonly Row[]): readonly SourceRecord[] {
  if (people === null) return [];
  const came = new Set(rows.map(({ id }) => id));
  return [...people].flatMap(([id, listed]): readonly SourceRecord[] => {
    if (came.has(id) || !isHidden(listed)) return [];
    return [{ unreadable: { id, name: nameOf((alias) => entryOf(listed.row, alias)), problem: HIDDEN } }];
  });
}

/** Why somebody on the list could not be read. */
export const HIDDEN =
  'the access level of the key’s user does not show this person: give it access to all employees, inactive ones included';

function countStrangers({ people }: Proof, rows: readonly Row[]): number {
  if (people === null) return 0;
  return new Set(rows.flatMap(({ id }) => (id !== null && !people.has(id) ? [id] : []))).size;
}

function nameOf(value: View): string | null {
  const parts = ['firstName', 'lastName'].map((alias) => readText(value(alias) ?? null));
  return parts.filter((part) => typeof part === 'string').join(' ') || null;
}

// Answers in which a field is empty for everybody have been seen where a right was lost, columns or not.
function presentFields(
  { fields }: Query,
  { filledFields }: RecordReader,
  { columns }: Table,
  { may_be_empty }: ReadOptions,
): ReadonlySet<string> {
  const empty = fields.filter((field) => may_be_empty.includes(field) && columns.has(aliasOf(field)));
  return new Set(['id', ...filledFields, ...(filledFields.size > 0 ? empty : [])]);
}
