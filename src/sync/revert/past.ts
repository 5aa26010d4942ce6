import { EXTERNAL_ID } from '../../core/account.js';
import { batchesOf } from '../../core/batches.js';
import { isLinkKind } from '../../core/change.js';
import type { Drift } from '../../core/drift.js';
import { emailKey } from '../../core/email.js';
import { type EmployeeReference, isAmong } from '../../core/employee.js';
import { type Attempt, type Past, type Reversal, reversalOf } from '../../core/revert.js';
import type { Fields } from '../../core/value.js';
import { UnknownPersonError } from '../../errors.js';
import type { JournalEntry } from '../../store/store.js';
import type { RunContext } from '../context.js';
import { namedIn } from '../run-kind.js';
import { driftAmong } from '../verify/find-drift.js';

/** What is to be done about one person whom a run changed. */
export interface Draft {
  readonly employee: EmployeeReference;
  readonly reversal: Reversal;
  /** What the LMS shows of an account that is to be opened again. */
  readonly shown?: Fields;
}

/** What a run did, counted where no account tells it afterwards. */
export interface Deeds {
  readonly people: ReadonlyMap<string, EmployeeReference>;
  readonly mailed: number;
  readonly adopted: number;
  readonly made: number;
}

/** Whom a run changed, of those who are asked for. */
export async function deedsOf({ store, options }: RunContext, run: number): Promise<Deeds> {
  const only = namedIn(options.kind);
  const people = new Map<string, EmployeeReference>();
  const linked = only.length === 0 ? [] : await store.snapshotsByEmail(only.map(emailKey));
  // Somebody may be named by the address that they had then, or have now.
  const addresses = new Map(linked.map(({ employeeId, email }) => [employeeId, email]));
  const unfound = new Set(only);
  const counts = { mailed: 0, adopted: 0, made: 0 };
  for await (const batch of store.journal({ run })) {
    for (const { employee, kind, invites, outcome } of batch) {
      const now = { ...employee, email: addresses.get(employee.id) ?? employee.email };
      const isNamed = (persons: readonly string[]) => isAmong(employee, persons) || isAmong(now, persons);
      if (!isNamed(only)) continue;
      for (const person of unfound) if (isNamed([person])) unfound.delete(person);
      people.set(employee.id, employee);
      if (outcome !== 'done') continue;
      if (invites || kind === 'invite') counts.mailed += 1;
      if (kind === 'adopt') counts.adopted += 1;
      if (kind === 'create') counts.made += 1;
    }
  }
  const [nobody] = unfound;
  if (nobody !== undefined) throw new UnknownPersonError(nobody, `run ${run}`);
  return { people, ...counts };
}

/** What takes back what a run did to each of these people, given how their accounts are in the state and in the LMS. */
export async function draftReversals(context: RunContext, run: number, { people }: Deeds): Promise<Map<string, Draft>> {
  const drafts = new Map<string, Draft>();
  const asked: string[] = [];
  for (const batch of batchesOf(people.keys())) {
    for (const [id, past] of await pastsOf(context, run, batch)) {
      const reversal = reversalOf(past);
      const employee = people.get(id) ?? { id, email: null, name: null };
      drafts.set(id, { employee, reversal });
      if (reversal.change !== null) asked.push(id);
    }
  }
  // The LMS is asked about those only whom the state would have changed: what is left alone needs no look.
  const drift = await driftAmong(context, asked, ({ snapshot, account }) => {
    const draft = drafts.get(snapshot.employeeId);
    if (draft?.reversal.change !== 'reactivate' || account === null) return;
    const { fields, email, externalId } = account;
    drafts.set(snapshot.employeeId, { ...draft, shown: { ...fields, email, [EXTERNAL_ID]: externalId } });
  });
  for (const batch of batchesOf(drift.keys())) {
    for (const [id, past] of await pastsOf(context, run, batch)) {
      const draft = drafts.get(id);
      const found: Drift | undefined = drift.get(id);
      if (draft && found) drafts.set(id, { ...draft, reversal: reversalOf({ ...past, drift: found }) });
    }
  }
  return drafts;
}

async function pastsOf({ store, mapping }: RunContext, run: number, ids: readonly string[]) {
  const snapshots = new Map((await store.snapshotsOf(ids)).map((snapshot) => [snapshot.employeeId, snapshot]));
  const managed = new Set(mapping.rules.map(({ field }) => field));
  const pasts: [string, Past][] = [];
  for (const id of ids) {
    const attempts: Attempt[] = [];
    for await (const entries of store.journal({ employeeId: id })) attempts.push(...entries.flatMap(attemptOf));
    const isManaged = (field: string) => managed.has(field);
    pasts.push([id, { run, attempts, snapshot: snapshots.get(id) ?? null, drift: null, isManaged }]);
  }
  return pasts;
}

// What a person linked by hand changed no account.
function attemptOf({ kind, ...entry }: JournalEntry): readonly Attempt[] {
  return isLinkKind(kind) ? [] : [{ ...entry, kind }];
}
