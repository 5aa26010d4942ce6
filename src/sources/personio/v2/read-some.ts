import { batchesOf } from '../../../core/batches.js';
import { emptyFields } from '../../../core/value.js';
import { IncompleteReadError } from '../../../errors.js';
import type { NamedPage, ReadFacts, SourceRecord } from '../../source.js';
import { TITLE } from '../failure.js';
import { PERSONS_PER_PAGE, type PersonsClient } from './client.js';
import { createDetails, type Details, employmentsOf } from './details.js';
import { lookAtEmployments } from './look-at-employments.js';
import { missingFields, noticesOfUnnamed, refuseBarePersons } from './missing.js';
import type { ReadOptions } from './read-options.js';
import { createPersonReader, idOf, type Listed, type PersonReader } from './record.js';
import { createUnitNames, type UnitNames } from './unit-names.js';
import { type Changed, instant } from './who-changed.js';

/**
 * Reads whoever changed after an instant: whose own record did, and whose employments did, of whom `whoChanged` knows.
 * Somebody whose employments cannot be read makes the totals disagree: they are to be read again.
 */
export async function* readChangedPersons(
  client: PersonsClient,
  fields: readonly string[],
  options: ReadOptions,
  { after, whoChanged }: { readonly after: Date; readonly whoChanged: (after: Date) => Promise<Changed> },
): AsyncGenerator<NamedPage, ReadFacts> {
  const some = await SomePersons.begin(client, fields, options);
  for await (const page of client.persons({ updatedAfter: instant(after) })) yield* some.take(page);
  const changed = await whoChanged(after);
  const others = [...changed.ids].filter((id) => !some.came.has(id));
  for (const ids of batchesOf(others, PERSONS_PER_PAGE))
    for await (const page of client.persons({ ids })) yield* some.take(page);
  const expected = some.came.size + some.failed;
  return {
    ...some.facts(),
    totalAtStart: expected + changed.missingAtStart,
    totalAtEnd: expected + changed.missingAtEnd,
    notices: [...some.facts().notices, ...changed.notices],
  };
}

/**
 * Reads these people. Whom the list does not bring is asked for alone: only then does Personio say that nobody has an id.
 *
 * @throws IncompleteReadError when the employments of one of them cannot be read
 */
export async function* readPersonsById(
  client: PersonsClient,
  fields: readonly string[],
  options: ReadOptions,
  ids: readonly string[],
): AsyncGenerator<NamedPage, ReadFacts> {
  const some = await SomePersons.begin(client, fields, options);
  // Other text is no id of Personio's, and must not become a list or a path of its own.
  const possible = ids.filter((id) => /^\d+$/.test(id));
  for (const part of batchesOf(possible, PERSONS_PER_PAGE)) {
    for await (const page of client.persons({ ids: part })) yield* some.take(page, part);
    const absent: string[] = [];
    for (const id of part.filter((one) => !some.came.has(one))) {
      const person = await client.person(id);
      if (person === null) absent.push(id);
      else yield* some.take([person], part);
    }
    yield { records: [], total: null, absent };
  }
  yield { records: [], total: null, absent: ids.filter((id) => !possible.includes(id)) };
  if (some.failed > 0) throw new IncompleteReadError(TITLE, [`${some.problem}`]);
  return { ...some.facts(), totalAtStart: null, totalAtEnd: null };
}

/**
 * A read of some people. A right that was lost shows in that nobody has a value; of a few people that may be so by chance.
 * So what stands on nobody of them is looked for among others, and where it stands on nobody there either, it is left out
 * of them, and stays as it is until everybody is read.
 */
class SomePersons {
  /** The people who came, by id. */
  readonly came = new Set<string>();
  /** Of how many the employments could not be read, and what was wrong with the last one. */
  failed = 0;
  problem: string | null = null;
  #pages = 0;
  #others: Promise<void> | null = null;

  private constructor(
    private readonly client: PersonsClient,
    private readonly fields: readonly string[],
    private readonly options: ReadOptions,
    private readonly reader: PersonReader,
    private readonly names: UnitNames,
    private readonly details: Details,
  ) {}

  static async begin(client: PersonsClient, fields: readonly string[], options: ReadOptions): Promise<SomePersons> {
    const names = createUnitNames(client);
    const reader = createPersonReader(fields, 'keep', names);
    await names.open(reader.unitKinds);
    return new SomePersons(client, fields, options, reader, names, createDetails(client, reader, names, options));
  }

  /** One page of persons as records; those who came before, and those whom nobody asked for, are left out. */
  async *take(page: readonly unknown[], asked?: readonly string[]): AsyncGenerator<NamedPage> {
    refuseBarePersons(page, this.fields);
    // Whom one page lists twice, HR does.
    const before = new Set(this.came);
    const fresh = page.filter((person) => {
      const id = idOf(person);
      if (id === null) return asked === undefined;
      if (before.has(id) || asked?.includes(id) === false) return false;
      this.came.add(id);
      return true;
    });
    if (fresh.length === 0) return;
    const listed = await this.details.of(fresh);
    this.reader.look([...fresh, ...listed.flatMap(employmentsOf)]);
    this.#pages += 1;
    const records = listed.map((one) => this.#record(one));
    yield { records: await this.#completed(records), total: null, absent: [] };
  }

  facts(): Pick<ReadFacts, 'pages' | 'presentFields' | 'notices'> {
    return { pages: this.#pages, presentFields: this.reader.presentFields, notices: noticesOfUnnamed(this.names) };
  }

  #record(listed: Listed): SourceRecord {
    if (listed.employments !== null && 'problem' in listed.employments) {
      this.failed += 1;
      this.problem = listed.employments.problem;
    }
    return this.reader.read(listed);
  }

  // The other fields stand on every record already, or on none for good reason.
  async #completed(records: readonly SourceRecord[]): Promise<readonly SourceRecord[]> {
    const { absentValue } = this.options;
    const absentIsEmpty = absentValue === 'empty' || (absentValue === 'auto' && !this.reader.writesNull);
    const isAsked = (record: SourceRecord) =>
      this.#unproven(record).length > 0 || (absentIsEmpty && this.#lacking(record).length > 0);
    if (!records.some(isAsked)) return records;
    if (this.#missing().lost.length > 0) {
      this.#others ??= this.#lookAtOthers();
      await this.#others;
    }
    const doubtful = new Set(this.#missing().lost);
    return records.map((record) => {
      if ('unreadable' in record) return record;
      const { employee } = record;
      const completed = Object.assign(emptyFields(), employee.fields);
      for (const field of this.#unproven(record)) if (doubtful.has(field)) delete completed[field];
      for (const field of absentIsEmpty ? this.#lacking(record) : []) {
        if (!doubtful.has(field) && employee.unreadable?.[field] === undefined) completed[field] = null;
      }
      return { employee: { ...employee, fields: completed } };
    });
  }

  // Empty because a list names none of its kind, which a lost right looks like.
  #unproven(record: SourceRecord): readonly string[] {
    if ('unreadable' in record) return [];
    const { fields } = record.employee;
    return this.fields.filter((field) => fields[field] === null && !this.reader.presentFields.has(field));
  }

  #lacking(record: SourceRecord): readonly string[] {
    if ('unreadable' in record) return [];
    return this.fields.filter((field) => !Object.hasOwn(record.employee.fields, field));
  }

  #missing() {
    return missingFields(this.fields, this.reader.presentFields, this.options.mayBeEmpty);
  }

  async #lookAtOthers(): Promise<void> {
    const { client, fields, options, reader, names } = this;
    const { value: page } = await client.persons().next();
    if (!Array.isArray(page)) return;
    for (const person of page) reader.read({ person, employments: null });
    await lookAtEmployments(client, page, { fields, names, reader, options });
  }
}
