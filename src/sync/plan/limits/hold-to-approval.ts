import { type ApprovedChange, identityOf, reaches, together } from '../../../core/approved.js';
import type { PlannedChange } from '../../../core/change.js';
import { sameValue } from '../../../core/value.js';
import { StalePlanError } from '../../../errors-plan.js';
import type { JournalEntry } from '../../../store/store.js';
import type { Approval } from '../../approval.js';
import type { RunContext } from '../../context.js';

/** How many differences are named; the rest is counted. */
const NAMED = 20;
/** Beyond so many changes that nobody approved there is nothing left to tell apart. */
const MOST_EXTRA = 2_000;

/**
 * Holds the plan of a run to the approved one, change by change. What the journal shows as done since the plan was made
 * is not missed, and what is left of a change that was done in part counts as approved: so a plan that was killed
 * half-way can be applied again.
 *
 * @throws StalePlanError when anything else differs
 */
export async function holdToApproval(context: RunContext, approval: Approval): Promise<void> {
  const { clean } = approval;
  const open = new Map<string, number>();
  for await (const change of approval.changes()) add(open, digestOf(context, change, clean), 1);
  const extra: PlannedChange[] = [];
  for await (const rows of context.spool.changes()) {
    for (const { change, outcome } of rows) {
      if (change.heldBack !== undefined) continue;
      if (take(open, digestOf(context, change, clean))) continue;
      if (change.kind !== 'create' && take(open, digestOf(context, { ...change, account: null }, clean))) continue;
      if (outcome === 'planned' && extra.length < MOST_EXTRA) extra.push(change);
    }
  }
  if (open.size === 0 && extra.length === 0) return;
  const differences = new Differences(context, approval, extra);
  await differences.find(open);
  if (differences.total > 0)
    throw new StalePlanError(approval.file, approval.moved, differences.sentences, differences.total);
}

class Differences {
  readonly sentences: string[] = [];
  total = 0;
  readonly #extra = new Map<string, PlannedChange[]>();

  constructor(
    private readonly context: RunContext,
    private readonly approval: Approval,
    extra: readonly PlannedChange[],
  ) {
    for (const change of extra) this.#extra.set(change.employee.id, [...this.#extraOf(change), change]);
  }

  async find(open: Map<string, number>): Promise<void> {
    const approvedOf = new Map<string, ApprovedChange[]>();
    const missing: ApprovedChange[] = [];
    for await (const change of this.approval.changes()) {
      const { id } = change.employee;
      if (this.#extra.has(id)) approvedOf.set(id, [...(approvedOf.get(id) ?? []), change]);
      if (!take(open, digestOf(this.context, change, this.approval.clean))) continue;
      if (this.#extra.has(id)) missing.push(change);
      else if (!(await this.#isDone(change))) this.#tell(change, await this.#whyMissing(change));
    }
    for (const [id, changes] of this.#extra) {
      const approved = approvedOf.get(id) ?? [];
      const begun = await this.#isBegun(approved);
      for (const change of changes) {
        if (begun && this.#isRest(change, approved)) continue;
        this.#tell(change, whyExtra(change, approved, this.approval.moved.length > 0));
      }
    }
    for (const change of missing) {
      const rest = this.#extraOf(change);
      if (change.kind === 'update' && reaches(together(rest), change.fields, this.approval.clean)) continue;
      // Named already by what is there instead.
      if (!(await this.#isDone(change)) && rest.length === 0) this.#tell(change, await this.#whyMissing(change));
    }
  }

  // What is left of an approved change that was done in part: it writes nothing that was not approved.
  #isRest(change: PlannedChange, approved: readonly ApprovedChange[]): boolean {
    return (
      change.kind === 'update' && !change.invites && reaches(together(approved), change.fields, this.approval.clean)
    );
  }

  async #isBegun(approved: readonly ApprovedChange[]): Promise<boolean> {
    for (const change of approved) if (await this.#isDone(change)) return true;
    return false;
  }

  async #isDone(change: ApprovedChange): Promise<boolean> {
    const { clean } = this.approval;
    const entries = await this.#journalOf(change.employee.id);
    return entries.some(({ kind, invites, fields }) => {
      return kind === change.kind && invites === change.invites && reaches(fields, change.fields, clean);
    });
  }

  async #journalOf(employeeId: string): Promise<readonly JournalEntry[]> {
    const done: JournalEntry[] = [];
    for await (const entries of this.context.store.journal({ employeeId }))
      done.push(...entries.filter(({ outcome, at }) => outcome === 'done' && at >= this.approval.madeAt));
    return done;
  }

  async #whyMissing({ employee, fields }: ApprovedChange): Promise<string> {
    const [snapshot] = await this.context.store.snapshotsOf([employee.id]);
    const names = Object.keys(fields);
    const holds = (side: 'before' | 'after', field: string) =>
      sameValue(snapshot?.fields[field], fields[field]?.[side]);
    if (snapshot !== undefined && names.length > 0 && names.every((field) => holds('after', field)))
      return 'is not needed any more: the snapshot has it already';
    const moved = names.filter((field) => !holds('before', field));
    if (moved.length > 0) return `is not wanted any more: the snapshot moved (${moved.join(', ')})`;
    // What moved besides HR is named above the changes.
    return this.approval.moved.length > 0
      ? 'is not wanted any more'
      : 'is not wanted any more: the HR record or the snapshot moved';
  }

  #extraOf({ employee }: Pick<ApprovedChange, 'employee'>): PlannedChange[] {
    return this.#extra.get(employee.id) ?? [];
  }

  #tell({ kind, employee }: Pick<ApprovedChange, 'kind' | 'employee'>, why: string): void {
    this.total += 1;
    if (this.sentences.length < NAMED) this.sentences.push(`${kind} of #${employee.id} ${why}`);
  }
}

function whyExtra(change: PlannedChange, approved: readonly ApprovedChange[], isExplained: boolean): string {
  const same = approved.find(({ kind }) => kind === change.kind);
  if (same === undefined && isExplained) return 'is not in the saved plan';
  if (same === undefined)
    return 'is not in the saved plan: the HR record or the snapshot moved, or it had to wait then';
  const names = [...new Set([...Object.keys(change.fields), ...Object.keys(same.fields)])];
  const differing = (side: 'before' | 'after') =>
    names.filter((field) => !sameValue(change.fields[field]?.[side], same.fields[field]?.[side]));
  // With another mapping the same record makes other values.
  const [record] = isExplained ? ['wanted account'] : ['HR record'];
  const moved = [[record, differing('after')] as const, ['snapshot', differing('before')] as const].filter(
    ([, fields]) => fields.length > 0,
  );
  if (moved.length > 0)
    return `is another now: ${moved.map(([what, fields]) => `the ${what} moved (${fields.join(', ')})`).join(', ')}`;
  return change.invites === same.invites ? 'goes to another account now' : 'differs in whether it mails an invitation';
}

// Of a hundred thousand changes the digests are held, never the changes.
function digestOf(context: RunContext, change: ApprovedChange, clean: Approval['clean']): string {
  return context.digest(identityOf(change, clean));
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

function take(counts: Map<string, number>, key: string): boolean {
  const left = counts.get(key) ?? 0;
  if (left > 1) counts.set(key, left - 1);
  else counts.delete(key);
  return left > 0;
}
