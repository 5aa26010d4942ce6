import { batchesOf } from '../../core/batches.js';
import { count } from '../../core/count.js';
import type { Day } from '../../core/day.js';
import { entryOf } from '../../core/entry.js';
import { IncompleteReadError, PermissionError } from '../../errors.js';
import type { ReadFacts, SourcePage, SourceRecord } from '../source.js';
import { refuseContradictions } from './answers/agreement.js';
import { countPeople, type Proof } from './answers/proof.js';
import { isHidden } from './answers/roster.js';
import type { Row, Table } from './answers/row.js';
import { readTable } from './answers/table.js';
import type { BamboohrClient } from './client.js';
import { TITLE } from './failure.js';
import { aliasOf } from './names.js';
import { type Query, queryFor } from './query.js';
import { beginReading, nameIn, type Reading } from './reading.js';
import type { BamboohrSettings } from './settings.js';

/** What a read is told besides the HR fields that it is for. */
export interface ReadOptions extends Pick<BamboohrSettings, 'read' | 'may_be_empty'> {
  /** Today in the connector's zone: what is "to come" must not be judged by UTC. */
  readonly today: () => Day;
}

/** Number of people on one page. */
const PAGE_SIZE = 500;

/**
 * Reads everybody: who is there from the list of employees, their values from one report, and the jobs of people who are
 * hired later from a second one. The report says neither how many people it holds nor what it left out, so its people are
 * held against the list, and its columns against what was asked for. Whoever is lacking, or is on no list, makes the totals
 * disagree.
 */
export async function* readEmployees(
  client: BamboohrClient,
  fields: readonly string[],
  options: ReadOptions,
): AsyncGenerator<SourcePage, ReadFacts> {
  const query = await queryFor(client, fields);
  const proof = await countPeople(client);
  const { totalAtStart, totalAtEnd } = proof;
  if (totalAtEnd === 0) {
    return { pages: 0, totalAtStart, totalAtEnd, presentFields: new Set(), notices: proof.notices };
  }
  const table = await readTable(client, query, options.read);
  if (table.rows.length > 0) refuseHiddenColumns(query, table);
  refuseRepeats(table.rows, proof);
  refuseContradictions(table.rows, proof.people);
  const reading = await beginReading(client, query, options.today(), table, proof.people);

  let pages = 0;
  for (const rows of batchesOf(table.rows, PAGE_SIZE)) {
    pages += 1;
    yield { records: rows.map(reading.record), total: totalAtStart };
  }
  for (const records of batchesOf(hiddenPeople(proof, table.rows), PAGE_SIZE)) {
    pages += 1;
    yield { records, total: totalAtStart };
  }
  reading.end();
  return {
    pages,
    totalAtStart,
    totalAtEnd: totalAtEnd + countUnlisted(proof, table.rows),
    presentFields: presentFields(query, reading, table, options),
    notices: [...proof.notices, ...table.notices, ...client.deprecations.sentences],
  };
}

/** @throws PermissionError for needed fields that did not come as columns: that is how BambooHR leaves out what is not allowed */
export function refuseHiddenColumns({ fields }: Query, { columns }: Pick<Table, 'columns'>): void {
  const hidden = fields.map(aliasOf).filter((alias) => alias !== 'id' && !columns.has(alias));
  if (hidden.length === 0) return;
  throw new PermissionError(TITLE, [...new Set(hidden)], "the access level of the key's user does not show it");
}

/** @throws IncompleteReadError where people come several times who stand on the list once */
function refuseRepeats(rows: readonly Row[], { repeated }: Proof): void {
  const came = new Set<string>();
  const twice = new Set<string>();
  for (const { id } of rows) {
    if (id === null || repeated.has(id)) continue;
    if (came.has(id)) twice.add(id);
    came.add(id);
  }
  if (twice.size === 0) return;
  const people = count(twice.size, 'person', 'people');
  const finding = `${people} came on several rows: a mapped field that stands in a table of several rows does this`;
  throw new IncompleteReadError(TITLE, [finding]);
}

/** The people on the list who did not come, and whom the key may not read. Of others nothing is said: the totals tell. */
function hiddenPeople({ people }: Proof, rows: readonly Row[]): readonly SourceRecord[] {
  if (people === null) return [];
  const came = new Set(rows.map(({ id }) => id));
  return [...people].flatMap(([id, listed]): readonly SourceRecord[] => {
    if (came.has(id) || !isHidden(listed)) return [];
    return [{ unreadable: { id, name: nameIn((alias) => entryOf(listed.row, alias)), problem: HIDDEN } }];
  });
}

/** Why somebody on the list could not be read. */
export const HIDDEN =
  "the access level of the key's user does not show this person: give it access to all employees, inactive ones included";

function countUnlisted({ people }: Proof, rows: readonly Row[]): number {
  if (people === null) return 0;
  return new Set(rows.flatMap(({ id }) => (id !== null && !people.has(id) ? [id] : []))).size;
}

// Answers in which a field is empty for everybody have been seen where a right was lost, columns or not.
function presentFields(
  { fields }: Query,
  { reader: { filledFields } }: Reading,
  { columns }: Table,
  { may_be_empty }: ReadOptions,
): ReadonlySet<string> {
  const empty = fields.filter((field) => may_be_empty.includes(field) && columns.has(aliasOf(field)));
  return new Set(['id', ...filledFields, ...(filledFields.size > 0 ? empty : [])]);
}
