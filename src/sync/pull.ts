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
import { IncompleteReadError, RequestError, UnknownPersonError } from '../errors.js';
import type { ReadFacts, SourcePage, SourceRecord } from '../sources/source.js';
import type { SnapshotKey } from '../store/store.js';
import type { RunContext } from './context.js';
import { Seen } from './seen.js';

/** What planning must know of every candidate at once; the rest waits in the spool. */
export interface CandidateNote {
  readonly kind: Candidate['standing']['kind'];
  readonly emailKey: string | null;
  readonly manager: string | null;
}

/** What the read of everybody came to. */
export interface Pulled {
  readonly proof: ReadProof;
  readonly employees: number;
  readonly inScope: number;
  /** Linked people for whom nothing is to be done. */
  readonly unchanged: number;
  readonly candidates: ReadonlyMap<string, CandidateNote>;
  readonly skips: readonly Skip[];
  readonly scheduled: readonly Scheduled[];
  readonly seen: Seen;
  /** Linked people who had been missing and are back, whatever else becomes of them. */
  readonly returned: readonly string[];
  /** What the source had to say of the read, as sentences. */
  readonly notices: readonly string[];
}

const READS = 3;

/**
 * Reads everybody, tells where each stands, and keeps only those for whom the fingerprint is not the acknowledged one.
 * A read that contradicts itself is made again; one that still does is an `IncompleteReadError`.
 */
export async function pull(context: RunContext): Promise<Pulled> {
  for (let attempt = 1; ; attempt++) {
    const pulled = await new Pull(context).run().catch((error: unknown) => {
      if (error instanceof RequestError)
        throw new IncompleteReadError(context.source.title, [error.message], { cause: error });
      throw error;
    });
    if (pulled.proof.complete) return pulled;
    const failed = pulled.proof.checks.filter((check) => !check.held);
    const findings = failed.map((check) => check.sentence);
    if (attempt >= READS || failed.every((check) => !check.repeatable)) {
      throw new IncompleteReadError(context.source.title, findings);
    }
    context.reporter.note(`the read does not add up (${findings.join('; ')}); reading once more`);
    await context.spool.forgetItems();
  }
}

class Pull {
  readonly #seen = new Seen();
  readonly #candidates = new Map<string, CandidateNote>();
  readonly #skips: Skip[] = [];
  readonly #scheduled: Scheduled[] = [];
  readonly #returned: string[] = [];
  readonly #unfound: Set<string>;
  #received = 0;
  #inScope = 0;
  #unchanged = 0;

  constructor(private readonly context: RunContext) {
    this.#unfound = new Set(context.options.only);
  }

  async run(): Promise<Pulled> {
    const pages = this.context.source.read(this.context.neededFields);
    let step = await pages.next();
    while (!step.done) {
      await this.#page(step.value);
      step = await pages.next();
    }
    const proof = await this.#judge(step.value);
    const [unfound] = this.#unfound;
    if (proof.complete && unfound !== undefined) throw new UnknownPersonError(unfound, this.context.source.title);
    return {
      proof,
      employees: this.#seen.distinct,
      inScope: this.#inScope,
      unchanged: this.#unchanged,
      candidates: this.#candidates,
      skips: this.#skips,
      scheduled: this.#scheduled,
      seen: this.#seen,
      returned: this.#returned,
      notices: step.value.notices,
    };
  }

  async #page(page: SourcePage): Promise<void> {
    const ids = page.records.map(idOf).filter((id) => id !== null);
    const keys = new Map((await this.context.store.keysOf(ids)).map((key) => [key.employeeId, key]));
    const kept: { id: string; item: Candidate }[] = [];
    for (const record of page.records) {
      this.#received += 1;
      const id = idOf(record);
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
    if (standing.kind !== 'wanted' || standing.leavesOn === null || key?.state !== 'active') return;
    if (this.context.policy.deactivation.action === 'none') return;
    this.#scheduled.push({ kind: 'deactivate', employee: referenceTo(employee), on: standing.leavesOn });
  }

  async #judge(facts: ReadFacts): Promise<ReadProof> {
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

function idOf(record: SourceRecord): string | null {
  return 'employee' in record ? record.employee.id : record.unreadable.id;
}

// In step: the acknowledged account is the wanted one, or has ended as it should.
function isInStep(standing: Standing, hash: string | null, key: SnapshotKey): boolean {
  if (standing.kind === 'ends') return key.state === 'deactivated' || key.state === 'deleted';
  if (standing.kind !== 'wanted') return false;
  return key.state === 'active' && key.hash === hash && key.awaitingManager === null;
}
