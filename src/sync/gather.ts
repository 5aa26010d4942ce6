import type { Scheduled, Skip } from '../core/change.js';
import { fingerprint } from '../core/diff.js';
import { type Employee, isAmong, referenceTo } from '../core/employee.js';
import { judgeRead, type ReadProof } from '../core/read.js';
import {
  type Candidate,
  candidateFor,
  claimedEmail,
  type Standing,
  standingOf,
  wantedManager,
} from '../core/standing.js';
import type { ReadFacts, SourcePage, SourceRecord } from '../sources/source.js';
import type { ReadMarks } from '../store/read-marks.js';
import type { SnapshotKey } from '../store/store.js';
import type { RunContext } from './context.js';
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
  readonly #leavers: Leaver[] = [];
  readonly #returned: string[] = [];
  readonly #unfound: Set<string>;
  #received = 0;
  #nameless = 0;
  #inScope = 0;
  #unchanged = 0;

  constructor(private readonly context: RunContext) {
    this.#unfound = new Set(context.options.only);
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

  result(read: Pick<Pulled, 'proof' | 'notices' | 'people' | 'deleted' | 'marks'>): Pulled {
    return {
      ...read,
      employees: this.#seen.distinct,
      inScope: this.#inScope,
      unchanged: this.#unchanged,
      candidates: this.#candidates,
      skips: this.#skips,
      leavers: this.#leavers,
      seen: this.#seen,
      returned: this.#returned,
    };
  }

  async #page(page: SourcePage): Promise<void> {
    const ids = page.records.map(idOf).filter((id) => id !== null);
    const keys = new Map((await this.context.store.keysOf(ids)).map((key) => [key.employeeId, key]));
    const kept: { id: string; item: Candidate }[] = [];
    for (const record of page.records) {
      this.#received += 1;
      const id = idOf(record);
      if (id === null) this.#nameless += 1;
      const key = id === null ? undefined : keys.get(id);
      if (!this.#seen.add(id ?? `unreadable ${this.#received}`, key?.row ?? null)) continue;
      if (key && key.missingSince !== null) this.#returned.push(key.employeeId);
      const candidate = 'employee' in record ? this.#look(record.employee, key) : this.#unreadable(record.unreadable);
      if (candidate) kept.push({ id: candidate.employee.id, item: candidate });
    }
    if (kept.length > 0) await this.context.spool.keep(kept);
    this.context.reporter.reading({ employees: this.#seen.distinct, total: page.total });
  }

  #look(employee: Employee, key: SnapshotKey | undefined): Candidate | null {
    const { policy, mapping } = this.context;
    this.#find(employee);
    const standing = standingOf(employee, policy, mapping);
    if (standing.kind === 'skipped') {
      this.#inScope += 1;
      this.#skips.push(standing.skip);
    }
    if (standing.kind === 'left_alone' || standing.kind === 'skipped') return null;
    if (standing.kind === 'wanted') this.#inScope += 1;
    if (key === undefined && standing.kind === 'ends') return null;
    const hash =
      standing.kind === 'wanted' ? this.context.digest(fingerprint(standing.fields, mapping.onlyAtCreation)) : null;
    this.#noteLeaving(employee, standing, key);
    if (key !== undefined && isInStep(standing, hash, key)) {
      if (standing.kind === 'wanted') this.#unchanged += 1;
      return null;
    }
    const candidate = candidateFor(employee, standing, hash);
    const manager = standing.kind === 'wanted' ? wantedManager(standing.fields) : null;
    this.#candidates.set(employee.id, { kind: standing.kind, emailKey: claimedEmail(candidate), manager });
    return candidate;
  }

  // Who was named with --only must turn out to exist.
  #find(employee: Employee): void {
    for (const person of this.#unfound) {
      if (isAmong(referenceTo(employee), [person])) this.#unfound.delete(person);
    }
  }

  #unreadable(record: { readonly id: string | null; readonly name: string | null; readonly problem: string }): null {
    const employee = { id: record.id ?? '?', email: null, name: record.name };
    this.#skips.push({ employee, reason: 'invalid_value', message: record.problem });
    return null;
  }

  #noteLeaving(employee: Employee, standing: Standing, key: SnapshotKey | undefined): void {
    if (standing.kind !== 'wanted' || standing.leavesOn === null) return;
    if (this.context.policy.deactivation.action === 'none') return;
    const scheduled: Scheduled = { kind: 'deactivate', employee: referenceTo(employee), on: standing.leavesOn };
    this.#leavers.push({ scheduled, isOpen: key?.state === 'active' });
  }

  /** Judges a read of everybody. */
  async judge(facts: ReadFacts): Promise<ReadProof> {
    const { policy, neededFields, store } = this.context;
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
        absentCanaries: canaries.filter((id) => !this.#seen.has(id, linked.get(id) ?? null)),
        lastComplete: last?.employees ?? null,
      },
      policy.read,
    );
  }
}

/** The id of whomever a record is about, or null where it has none that can be read. */
export function idOf(record: SourceRecord): string | null {
  return 'employee' in record ? record.employee.id : record.unreadable.id;
}

// In step: the acknowledged account is the wanted one, or has ended as it should.
function isInStep(standing: Standing, hash: string | null, key: SnapshotKey): boolean {
  if (standing.kind === 'ends') return key.state === 'deactivated' || key.state === 'deleted';
  if (standing.kind !== 'wanted') return false;
  return key.state === 'active' && key.hash === hash && key.awaitingManager === null;
}
