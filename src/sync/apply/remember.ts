import { batchesOf } from '../../core/batches.js';
import { isEnding, type Scheduled } from '../../core/change.js';
import { EXIT } from '../../exit.js';
import type { RunResult } from '../../report/reporter.js';
import type { Invitation, RememberedSkip } from '../../store/store.js';
import { isForEverybody } from '../chosen.js';
import type { RunContext } from '../context.js';
import { noteWhy } from '../plan/limits/overdue.js';
import type { Plan } from '../plan/plan.js';
import { keepNotes } from '../target-notes.js';

const REFUSED = 'refused by safety';

/** Writes down what a finished run leaves for the next: the calendar, the invitation ledger, the run itself. */
export async function remember(context: RunContext, plan: Plan, result: RunResult): Promise<void> {
  const { store, options } = context;
  const { people, proof, seen } = plan.pulled;
  const isWhole = isForEverybody(options) && !options.invitationsOnly && proof.complete;
  const { undone, endings } = await undoneIn(context, result.exitCode === EXIT.refused);
  await noteWhy(context, endings);
  if (proof.complete) await store.noteShown((id) => seen.has(id, null), context.policy.today);
  if (isForEverybody(options)) {
    await cancelWithdrawn(context, plan);
    await store.replaceSchedule(
      people === null ? batchesOf(plan.scheduled) : await mergedSchedule(context, plan, people),
    );
    if (!options.invitationsOnly) {
      await forgetMended(context, people);
      await store.putSkips(people === null ? null : [...people], skipsOf(plan, result));
      await store.putUndone(people === null ? null : [...people], [...undone]);
      // After all the rest: a run that dies before this reads the same changes again.
      const { filledFields, ...marks } = plan.pulled.marks;
      // A plan that is refused clears nothing, so what people had is still to be held against what comes.
      const isRefused = plan.verdict.verdict === 'refused';
      await store.setReadMarks({ ...marks, ...(!isRefused && filledFields && { filledFields }) });
    }
  }
  if (!isForEverybody(options) || options.invitationsOnly) await store.putUndone([], [...undone]);
  await keepNotes(context, isWhole && result.exitCode === EXIT.done);
  if (plan.verdict.verdict === 'go') await rememberServed(context, plan);
  for (const batch of batchesOf(plan.held)) await store.putInvitations(batch);
  await store.finishRun({
    number: result.run,
    finishedAt: result.finishedAt.toISOString(),
    exitCode: result.exitCode,
    employees: result.read.employees,
    inScope: result.read.inScope,
    complete: result.read.complete,
    whole: isWhole,
    counts: { ...plan.summary, failed: result.summary.failed },
    error: result.exitCode === EXIT.refused ? REFUSED : null,
  });
}

// A run that was refused served nobody: what it met is new to the next one, too.
async function rememberServed({ store, credentials, options }: RunContext, { pulled, leftOut }: Plan): Promise<void> {
  if (options.revert !== undefined || options.invitationsOnly) return;
  const units = [...pulled.units.changed].map(([employeeId, unit]) => ({ employeeId, unit }));
  for (const batch of batchesOf(units)) await store.putUnits(batch);
  if (pulled.people !== null || !isForEverybody(options)) return;
  await store.putLeftOut(leftOut);
  await store.putCredentials(credentials);
}

function skipsOf({ skips }: Plan, { run, startedAt }: RunResult): readonly RememberedSkip[] {
  return skips.map((skip) => ({ ...skip, run, at: startedAt.toISOString() }));
}

// An invitation that waited, is held no longer and is not to be sent by this run either: the hire was withdrawn. Who was
// skipped may still come, so theirs stands.
async function cancelWithdrawn({ store, spool, now }: RunContext, { pulled, held, unclear }: Plan): Promise<void> {
  const withdrawn = new Map<string, Invitation[]>();
  for await (const batch of store.listInvitations(['scheduled'])) {
    for (const invitation of batch) {
      const { id } = invitation.employee;
      if (!unclear.has(id) && (concerns(pulled.people, id) || pulled.deleted.includes(id)))
        withdrawn.set(id, [...(withdrawn.get(id) ?? []), invitation]);
    }
  }
  for (const { employee } of held) withdrawn.delete(employee.id);
  if (withdrawn.size === 0) return;
  for await (const rows of spool.changes())
    for (const { change } of rows) if (change.invites) withdrawn.delete(change.employee.id);
  const at = now().toISOString();
  for (const batch of batchesOf([...withdrawn.values()].flat())) {
    const because = 'the hire was withdrawn';
    await store.putInvitations(batch.map((invitation) => ({ ...invitation, state: 'cancelled', because, at })));
  }
}

// Who failed before and has nothing left to be done is no failure any longer: mended in HR, withdrawn, gone.
async function forgetMended({ store, spool }: RunContext, people: People): Promise<void> {
  const failing = (await store.failures()).map(({ employee }) => employee.id);
  const mended = new Set(failing.filter((id) => concerns(people, id)));
  if (mended.size === 0) return;
  for await (const rows of spool.changes()) for (const { change } of rows) mended.delete(change.employee.id);
  for (const ids of batchesOf(mended)) await store.clearFailures(ids);
}

// Who did not come keeps their place in the calendar.
async function mergedSchedule({ store }: RunContext, plan: Plan, people: ReadonlySet<string>) {
  const kept: Scheduled[] = [];
  for await (const batch of store.schedule()) kept.push(...batch.filter(({ employee }) => !people.has(employee.id)));
  return batchesOf([...kept, ...plan.scheduled].toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)));
}

/** With whom something is left undone, for whatever reason, and for endings that reason. */
interface Undone {
  readonly undone: ReadonlySet<string>;
  readonly endings: ReadonlyMap<string, string | null>;
}

async function undoneIn({ spool }: RunContext, refused: boolean): Promise<Undone> {
  const undone = new Set<string>();
  const endings = new Map<string, string | null>();
  for await (const rows of spool.changes()) {
    for (const { change, outcome, error } of rows) {
      if (outcome === 'done') continue;
      undone.add(change.employee.id);
      if (isEnding(change.kind)) endings.set(change.employee.id, error ?? (refused ? REFUSED : null));
    }
  }
  return { undone, endings };
}

/** Whom a read brought; null: everybody. */
type People = ReadonlySet<string> | null;

function concerns(people: People, id: string): boolean {
  return people === null || people.has(id);
}
