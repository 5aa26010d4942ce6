import type { Scheduled, Skip } from '../../../core/change.js';
import { fingerprint } from '../../../core/diff.js';
import { type Employee, type EmployeeReference, isAmong, referenceTo } from '../../../core/employee.js';
import { areFewRepeats, judgeRead, type ReadProof } from '../../../core/read.js';
import {
  type Candidate,
  candidateFor,
  claimedEmail,
  obstacleTo,
  type Standing,
  wantedManager,
} from '../../../core/standing.js';
import type { ReadFacts, SourcePage, SourceRecord, UnreadRecord } from '../../../sources/source.js';
import type { SnapshotKey } from '../../../store/store.js';
import type { RunContext } from '../../context.js';
import { namedIn } from '../../run-kind.js';
import type { CandidateNote, Leaver, Pulled, ReadVerdict } from '../pulled.js';
import { awaitedMail } from './awaited-mail.js';
import { FilledFields } from './filled-fields.js';
import { Noted } from './noted.js';
import { ambiguityOf, byPerson, idOf, RepeatedPeople } from './repeats.js';
import { Seen } from './seen.js';
import { SharedKeys } from './shared-keys.js';
import { isInStep, isOpen, Standings } from './standings.js';

/** Tells of everybody who comes where they stand, and keeps only those whose fingerprint is not the acknowledged one. */
export class ReadIntake {
  readonly #seen = new Seen();
  readonly #candidates = new Map<string, CandidateNote>();
  readonly #skips: Skip[] = [];
  readonly #unread: EmployeeReference[] = [];
  readonly filled: FilledFields;
  readonly #leavers: Leaver[] = [];
  readonly #returned: string[] = [];
  #awaitsMail: ((employee: EmployeeReference) => boolean) | null = null;
  readonly #unfound: Set<string>;
  readonly #noted: Noted;
  /** How many of the people with an active account came. */
  #known = 0;
  #received = 0;
  #nameless = 0;
  #inScope = 0;
  #unchanged = 0;
  readonly #repeated: RepeatedPeople;
  readonly #standings: Standings;
  readonly #keys: SharedKeys;

  /** @param repeated who came on several pages in the read before this one; null where this is the first try */
  constructor(
    private readonly context: RunContext,
    repeated: ReadonlySet<string> | null = null,
  ) {
    this.#repeated = new RepeatedPeople(repeated);
    this.#standings = new Standings(context);
    this.#keys = new SharedKeys(context.mapping.key);
    this.#unfound = new Set(namedIn(context.options.kind));
    this.#noted = new Noted(context);
    this.filled = new FilledFields(context.mapping.reads);
  }

  /** Takes every page of a read, and gives what the read says of itself. */
  async take<Page extends SourcePage>(
    pages: AsyncGenerator<Page, ReadFacts>,
    look: (page: Page) => void = () => undefined,
  ): Promise<ReadFacts> {
    let step = await pages.next();
    while (!step.done) {
      look(step.value);
      await this.#page(step.value);
      step = await pages.next();
    }
    return step.value;
  }

  /** How many different people have come; a record without an id may be anybody's, and counts for nobody. */
  get distinct(): number {
    return this.#seen.distinct - this.#nameless;
  }

  /** Whether a person has come. */
  async hasCome(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = new Map((await this.context.store.keysOf(ids)).map(({ employeeId, row }) => [employeeId, row]));
    return new Set(ids.filter((id) => this.#seen.has(id, rows.get(id) ?? null)));
  }

  /** The first of those named with `--only` who has not come. */
  get unfound(): string | undefined {
    return [...this.#unfound][0];
  }

  get candidates(): ReadonlyMap<string, CandidateNote> {
    return this.#candidates;
  }

  result(read: ReadVerdict): Pulled {
    return {
      ...read,
      notices: [...read.notices, ...this.#noted.unlistedPlaces()],
      ...{ employees: this.#seen.distinct, inScope: this.#inScope, unchanged: this.#unchanged },
      ...{ candidates: this.#candidates, skips: this.#skips, sharedKeys: this.#keys.found },
      ...{ unread: this.#unread, leavers: this.#leavers },
      seen: this.#seen,
      returned: this.#returned,
      stillHere: this.#standings.stillHere.people,
      ...this.#noted.result(),
    };
  }

  /** Looks at people who came on several pages in the read before, now that all of their records are here. */
  async settleRepeated(): Promise<void> {
    const released = this.#repeated.release();
    await this.#lookAt([...released.values()], await this.#keysOf([...released.keys()]));
  }

  /** Who came on several pages of this read, where they are few enough to be listed twice in HR. */
  get repeatedPeople(): ReadonlySet<string> {
    const repeats = this.#repeated.facts;
    return areFewRepeats({ repeats, distinct: this.#seen.distinct }) ? repeats.acrossPages : new Set();
  }

  async #page(page: SourcePage): Promise<void> {
    const keys = await this.#keysOf(page.records.map(idOf).filter((id) => id !== null));
    const people: (readonly SourceRecord[])[] = [];
    for (const [place, records] of byPerson(page.records).entries()) {
      const [first] = records;
      const id = first === undefined ? null : idOf(first);
      if (id === null) this.#nameless += 1;
      const key = id === null ? undefined : keys.get(id);
      this.#received += records.length;
      const isNew = this.#seen.add(id ?? `unreadable ${this.#received}`, key?.row ?? null);
      this.#repeated.note(records, isNew, place);
      if (isNew && key && key.missingSince !== null) this.#returned.push(key.employeeId);
      if (isNew && key?.state === 'active') this.#known += 1;
      if (!this.#repeated.withhold(id, records) && isNew) people.push(records);
    }
    await this.#lookAt(people, keys);
    await this.#noted.units(page, keys);
    this.context.reporter.reading({ employees: this.#seen.distinct, total: page.total });
  }

  async #keysOf(ids: readonly string[]): Promise<ReadonlyMap<string, SnapshotKey>> {
    return new Map((await this.context.store.keysOf(ids)).map((key) => [key.employeeId, key]));
  }

  /** Tells where people stand, each by all records that HR has of them. */
  async #lookAt(people: readonly (readonly SourceRecord[])[], keys: ReadonlyMap<string, SnapshotKey>): Promise<void> {
    const kept: { id: string; item: Candidate }[] = [];
    this.#awaitsMail ??= await awaitedMail(this.context);
    for (const records of people) {
      const [record] = records;
      if (record === undefined) continue;
      const key = keys.get(idOf(record) ?? '');
      if (!('employee' in record) || !this.#standings.agree(records)) this.#leave(records);
      else {
        const { employee } = record;
        const candidate = this.#look(employee, await this.#standings.of(employee, key), key);
        if (candidate) kept.push({ id: employee.id, item: candidate });
      }
    }
    if (kept.length > 0) await this.context.spool.keep(kept);
  }

  #leave(records: readonly SourceRecord[]): void {
    this.#standings.stillHere.leave(records);
    for (const record of records) if ('employee' in record) this.#find(referenceTo(record.employee));
    const ambiguity = ambiguityOf(records);
    const [record] = records;
    if (ambiguity !== null) this.#skips.push(ambiguity);
    else if (record !== undefined && 'unreadable' in record) this.#unreadable(record.unreadable);
  }

  #look(employee: Employee, standing: Standing, key: SnapshotKey | undefined): Candidate | null {
    const { mapping } = this.context;
    this.#find(referenceTo(employee));
    this.filled.count(employee);
    this.#noted.look(employee);
    this.#keys.note(employee.id, standing);
    if (standing.kind === 'wanted' || standing.kind === 'skipped') this.#inScope += 1;
    if (standing.kind === 'skipped') this.#skips.push(standing.skip);
    if (standing.kind === 'left_alone' || standing.kind === 'skipped') return null;
    if (key === undefined && standing.kind === 'ends') return null;
    const hash =
      standing.kind === 'wanted' ? this.context.digest(fingerprint(standing.fields, mapping.ignoredChanges)) : null;
    const isMailed = this.#awaitsMail?.(referenceTo(employee)) === true;
    const isInPlace = key !== undefined && isInStep(standing, hash, key) && !isMailed;
    const obstacle = standing.kind === 'wanted' && !isInPlace ? obstacleTo(employee, isOpen(key)) : null;
    if (obstacle !== null) {
      this.#skips.push(obstacle);
      return null;
    }
    this.#noteLeaving(employee, standing, key);
    if (isInPlace) {
      if (standing.kind === 'wanted') this.#unchanged += 1;
      return null;
    }
    const candidate = { ...candidateFor(employee, standing, hash), ...this.#noted.localDay(employee) };
    const manager = standing.kind === 'wanted' ? wantedManager(standing.fields) : null;
    this.#candidates.set(employee.id, { kind: standing.kind, emailKey: claimedEmail(candidate), manager });
    return candidate;
  }

  // Who was named with --only must turn out to exist.
  #find(employee: EmployeeReference): void {
    for (const person of this.#unfound) if (isAmong(employee, [person])) this.#unfound.delete(person);
  }

  #unreadable(record: UnreadRecord): void {
    const employee = { id: record.id ?? '?', email: record.email ?? null, name: record.name };
    this.#find(employee);
    this.#unread.push(employee);
    this.#skips.push({ employee, reason: 'invalid_value', message: record.problem });
  }

  #noteLeaving(employee: Employee, standing: Standing, key: SnapshotKey | undefined): void {
    if (standing.kind !== 'wanted' || standing.leavesOn === null) return;
    if (this.context.policy.deactivation.action === 'none') return;
    const scheduled: Scheduled = { kind: 'deactivate', employee: referenceTo(employee), on: standing.leavesOn };
    this.#leavers.push({ scheduled, isOpen: key?.state === 'active' });
  }

  /** Judges a read of everybody. */
  async judge(facts: ReadFacts): Promise<ReadProof> {
    const { policy, neededFields, store, options } = this.context;
    const canaries = policy.read.canaries;
    const linked = new Map((await store.keysOf(canaries)).map((key) => [key.employeeId, key.row]));
    const last = await store.lastCompleteRun();
    return judgeRead(
      {
        pages: facts.pages,
        received: this.#received,
        distinct: this.#seen.distinct,
        totalAtStart: facts.totalAtStart,
        totalAtEnd: facts.totalAtEnd,
        absentFields: neededFields.filter((field) => !facts.presentFields.has(field)),
        repeats: this.#repeated.facts,
        lostFields: await this.filled.lost(store, facts),
        allowedClears: options.allow.clear ?? 0,
        absentCanaries: canaries.filter((id) => !this.#seen.has(id, linked.get(id) ?? null)),
        lastComplete: last?.employees ?? null,
        known: this.#known,
        linked: (await store.countSnapshots()).active,
        clockAhead: this.context.source.clockSkew?.() ?? null,
      },
      policy.read,
    );
  }
}
