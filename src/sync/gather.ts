import type { Scheduled, Skip } from '../core/change.js';
import { fingerprint } from '../core/diff.js';
import { type Employee, type EmployeeReference, isAmong, referenceTo } from '../core/employee.js';
import { areFewRepeats, judgeRead, type LostField, type ReadProof } from '../core/read.js';
import {
  type Candidate,
  candidateFor,
  claimedEmail,
  obstacleTo,
  type Standing,
  standingOf,
  wantedManager,
} from '../core/standing.js';
import { isEmpty } from '../core/value.js';
import type { ReadFacts, SourcePage, SourceRecord } from '../sources/source.js';
import type { ReadMarks } from '../store/read-marks.js';
import type { SnapshotKey } from '../store/store.js';
import type { RunContext } from './context.js';
import { knownEndings } from './known-endings.js';
import { ambiguityOf, byPerson, idOf } from './repeats.js';
import { Seen } from './seen.js';

/** What planning must know of every candidate at once; the rest waits in the spool. */
export interface CandidateNote {
  readonly kind: Candidate['standing']['kind'];
  readonly emailKey: string | null;
  readonly manager: string | null;
}

/** A last day to come, and whether there is an account that is open already. */
export interface Leaver {
  readonly scheduled: Scheduled;
  readonly isOpen: boolean;
}

/** What a read came to. */
export interface Pulled {
  readonly proof: ReadProof;
  readonly employees: number;
  readonly inScope: number;
  /** Linked people for whom nothing is to be done. */
  readonly unchanged: number;
  readonly candidates: ReadonlyMap<string, CandidateNote>;
  readonly skips: readonly Skip[];
  /** Who could not be read at all; each is among the skips as well. */
  readonly unread: readonly EmployeeReference[];
  /** Whose account will end on a day that is known already. */
  readonly leavers: readonly Leaver[];
  readonly seen: Seen;
  /** Whom a read of some people brought, by id; null after a read of everybody. */
  readonly people: ReadonlySet<string> | null;
  /** Whom HR says to be deleted, and has no longer. */
  readonly deleted: readonly string[];
  /** How far the reads have come with this one, should nothing of it be forgotten. */
  readonly marks: Partial<ReadMarks>;
  /** Linked people who had been missing and are back, whatever else becomes of them. */
  readonly returned: readonly string[];
  /** What the source had to say of the read, as sentences. */
  readonly notices: readonly string[];
}

/** Tells of everybody who comes where they stand, and keeps only those whose fingerprint is not the acknowledged one. */
export class Gathering {
  readonly #seen = new Seen();
  readonly #candidates = new Map<string, CandidateNote>();
  readonly #skips: Skip[] = [];
  readonly #unread: EmployeeReference[] = [];
  /** HR field → how many people, deleted ones apart, have a value in it. */
  readonly #filled = new Map<string, number>();
  /** Records of people who came on several pages in the read before; looked at when all of them are here. */
  readonly #withheld = new Map<string, SourceRecord[]>();
  readonly #acrossPages = new Set<string>();
  readonly #leavers: Leaver[] = [];
  readonly #returned: string[] = [];
  readonly #unfound: Set<string>;
  #received = 0;
  #inScope = 0;
  #unchanged = 0;
  #onOnePage = 0;
  #atTheSeam = false;
  #endings: Promise<ReadonlySet<string>> | null = null;

  /** @param repeated who came on several pages in the read before this one; null where this is the first try */
  constructor(
    private readonly context: RunContext,
    private readonly repeated: ReadonlySet<string> | null = null,
  ) {
    this.#unfound = new Set(context.options.only);
    for (const field of context.mapping.reads) this.#filled.set(field, 0);
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

  result(read: Pick<Pulled, 'proof' | 'notices' | 'people' | 'deleted' | 'marks'>): Pulled {
    return {
      ...read,
      employees: this.#seen.distinct,
      inScope: this.#inScope,
      unchanged: this.#unchanged,
      candidates: this.#candidates,
      skips: this.#skips,
      unread: this.#unread,
      leavers: this.#leavers,
      seen: this.#seen,
      returned: this.#returned,
    };
  }

  /** Looks at people who came on several pages in the read before, now that all of their records are here. */
  async settleRepeated(): Promise<void> {
    const keys = await this.#keysOf([...this.#withheld.keys()]);
    await this.#lookAt([...this.#withheld.values()], keys);
    this.#withheld.clear();
  }

  /** Who came on several pages of this read, where they are few enough to be listed twice in HR. */
  get repeatedPeople(): ReadonlySet<string> {
    const counts = { repeats: this.#repeats(), distinct: this.#seen.distinct };
    return areFewRepeats(counts) ? this.#acrossPages : new Set();
  }

  async #page(page: SourcePage): Promise<void> {
    const keys = await this.#keysOf(page.records.map(idOf).filter((id) => id !== null));
    const people: (readonly SourceRecord[])[] = [];
    for (const [place, records] of byPerson(page.records).entries()) {
      const [first] = records;
      const id = first === undefined ? null : idOf(first);
      const key = id === null ? undefined : keys.get(id);
      this.#received += records.length;
      this.#onOnePage += records.length - 1;
      const isNew = this.#seen.add(id ?? `unreadable ${this.#received}`, key?.row ?? null);
      if (!isNew && id !== null) this.#acrossPages.add(id);
      if (!isNew && place === 0) this.#atTheSeam = true;
      if (isNew && key && key.missingSince !== null) this.#returned.push(key.employeeId);
      if (id !== null && this.repeated?.has(id)) {
        this.#withheld.set(id, [...(this.#withheld.get(id) ?? []), ...records]);
      } else if (isNew) people.push(records);
    }
    await this.#lookAt(people, keys);
    this.context.reporter.reading({ employees: this.#seen.distinct, total: page.total });
  }

  async #keysOf(ids: readonly string[]): Promise<ReadonlyMap<string, SnapshotKey>> {
    return new Map((await this.context.store.keysOf(ids)).map((key) => [key.employeeId, key]));
  }

  /** Tells where people stand, each by all records that HR has of them. */
  async #lookAt(people: readonly (readonly SourceRecord[])[], keys: ReadonlyMap<string, SnapshotKey>): Promise<void> {
    const kept: { id: string; item: Candidate }[] = [];
    for (const records of people) {
      const [record] = records;
      if (record === undefined) continue;
      const key = keys.get(idOf(record) ?? '');
      const isClear = records.length === 1 || !this.#isAmbiguous(records);
      if (!isClear || !('employee' in record)) this.#leave(records);
      else {
        const { employee } = record;
        const candidate = this.#look(employee, await this.#standing(employee, key), key);
        if (candidate) kept.push({ id: employee.id, item: candidate });
      }
    }
    if (kept.length > 0) await this.context.spool.keep(kept);
  }

  // Several records that all say that the person has left are clear enough to end the account.
  #isAmbiguous(records: readonly SourceRecord[]): boolean {
    const { policy, mapping } = this.context;
    const ends = (record: SourceRecord) =>
      'employee' in record && standingOf(record.employee, policy, mapping).kind === 'ends';
    return ambiguityOf(records) !== null && !records.every(ends);
  }

  #leave(records: readonly SourceRecord[]): void {
    for (const record of records) if ('employee' in record) this.#find(referenceTo(record.employee));
    const ambiguity = ambiguityOf(records);
    const [record] = records;
    if (ambiguity !== null) this.#skips.push(ambiguity);
    else if (record !== undefined && 'unreadable' in record) this.#unreadable(record.unreadable);
  }

  // Where HR contradicts itself about the owner of an open account, an ending that is known already stands.
  async #standing(employee: Employee, key: SnapshotKey | undefined): Promise<Standing> {
    const { policy, mapping } = this.context;
    const standing = standingOf(employee, policy, mapping);
    if (standing.kind !== 'skipped' || standing.skip.reason !== 'contradiction' || !isOpen(key)) return standing;
    this.#endings ??= knownEndings(this.context);
    return standingOf(employee, policy, mapping, (await this.#endings).has(employee.id));
  }

  #look(employee: Employee, standing: Standing, key: SnapshotKey | undefined): Candidate | null {
    const { mapping } = this.context;
    this.#find(referenceTo(employee));
    this.#count(employee);
    if (standing.kind === 'skipped') {
      this.#inScope += 1;
      this.#skips.push(standing.skip);
    }
    if (standing.kind === 'left_alone' || standing.kind === 'skipped') return null;
    if (standing.kind === 'wanted') this.#inScope += 1;
    if (key === undefined && standing.kind === 'ends') return null;
    const hash =
      standing.kind === 'wanted' ? this.context.digest(fingerprint(standing.fields, mapping.onlyAtCreation)) : null;
    const isInPlace = key !== undefined && isInStep(standing, hash, key);
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
    const candidate = candidateFor(employee, standing, hash);
    const manager = standing.kind === 'wanted' ? wantedManager(standing.fields) : null;
    this.#candidates.set(employee.id, { kind: standing.kind, emailKey: claimedEmail(candidate), manager });
    return candidate;
  }

  // One that cannot be read is there all the same.
  #count({ fields, unreadable }: Employee): void {
    if (fields['status'] === 'deleted') return;
    for (const [field, count] of this.#filled) {
      if (!isEmpty(fields[field]) || (unreadable !== undefined && Object.hasOwn(unreadable, field))) {
        this.#filled.set(field, count + 1);
      }
    }
  }

  // Who was named with --only must turn out to exist.
  #find(employee: EmployeeReference): void {
    for (const person of this.#unfound) if (isAmong(employee, [person])) this.#unfound.delete(person);
  }

  #unreadable(record: { readonly id: string | null; readonly name: string | null; readonly problem: string }): void {
    const employee = { id: record.id ?? '?', email: null, name: record.name };
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

  /** HR field → how many people have a value in it, for the mapped fields that stood on somebody. */
  filledFields({ presentFields, absentFields = [] }: ReadFacts): Readonly<Record<string, number>> {
    const stood = [...this.#filled].filter(([field]) => presentFields.has(field) && !absentFields.includes(field));
    return Object.fromEntries(stood);
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
        repeats: this.#repeats(),
        lostFields: await this.#lostFields(facts),
        allowedClears: options.allow.clear ?? 0,
        absentCanaries: canaries.filter((id) => !this.#seen.has(id, linked.get(id) ?? null)),
        lastComplete: last?.employees ?? null,
      },
      policy.read,
    );
  }

  async #lostFields(facts: ReadFacts): Promise<readonly LostField[]> {
    const { filledFields } = await this.context.store.readMarks();
    return [...this.#filled].flatMap(([field, now]) => {
      const before = filledFields?.[field] ?? 0;
      return now > 0 || before === 0 ? [] : [{ field, before, isGone: facts.absentFields?.includes(field) ?? false }];
    });
  }

  #repeats() {
    const { repeated: before } = this;
    return { onOnePage: this.#onOnePage, acrossPages: this.#acrossPages, atTheSeam: this.#atTheSeam, before };
  }
}

function isOpen(key: SnapshotKey | undefined): boolean {
  return key?.state === 'active' || key?.state === 'pending';
}

// In step: the acknowledged account is the wanted one, or has ended as it should.
function isInStep(standing: Standing, hash: string | null, key: SnapshotKey): boolean {
  if (standing.kind === 'ends') return key.state === 'deactivated' || key.state === 'deleted';
  if (standing.kind !== 'wanted') return false;
  return key.state === 'active' && key.hash === hash && key.awaitingManager === null;
}
