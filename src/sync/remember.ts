import { batchesOf } from '../core/batches.js';
import type { Scheduled } from '../core/change.js';
import { EXIT } from '../exit.js';
import type { RunResult } from '../report/reporter.js';
import type { Invitation, RememberedSkip } from '../store/store.js';
import { isForEverybody } from './chosen.js';
import type { RunContext } from './context.js';
import type { Plan } from './plan.js';

/** Writes down what a finished run leaves for the next: the calendar, the invitation ledger, the run itself. */
export async function remember(context: RunContext, plan: Plan, result: RunResult): Promise<void> {
  const { store, options } = context;
  const undone = await undoneIn(context);
  if (isForEverybody(options)) {
    const { people } = plan.pulled;
    await cancelWithdrawn(context, new Set(plan.held.map(({ employee }) => employee.id)), people);
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
  for (const batch of batchesOf(plan.held)) await store.putInvitations(batch);
  await store.finishRun({
    number: result.run,
    finishedAt: result.finishedAt.toISOString(),
    exitCode: result.exitCode,
    employees: result.read.employees,
    inScope: result.read.inScope,
    complete: result.read.complete,
    counts: result.summary,
    error: result.exitCode === EXIT.refused ? 'refused by safety' : null,
  });
}

function skipsOf({ skips }: Plan, { run, startedAt }: RunResult): readonly RememberedSkip[] {
  return skips.map((skip) => ({ ...skip, run, at: startedAt.toISOString() }));
}

// An invitation that waited and is neither held any longer nor was sent in this run: the hire was withdrawn.
async function cancelWithdrawn(context: RunContext, held: ReadonlySet<string>, people: People): Promise<void> {
  const at = context.now().toISOString();
  for await (const batch of context.store.listInvitations(['scheduled'])) {
    const withdrawn = batch.filter(
      ({ employee, due }) =>
        concerns(people, employee.id) && !held.has(employee.id) && (due === null || due > context.policy.today),
    );
    const cancelled = withdrawn.map(
      (invitation): Invitation => ({ ...invitation, state: 'cancelled', because: 'the hire was withdrawn', at }),
    );
    if (cancelled.length > 0) await context.store.putInvitations(cancelled);
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

// With whom something is left undone, for whatever reason.
async function undoneIn({ spool }: RunContext): Promise<ReadonlySet<string>> {
  const undone = new Set<string>();
  for await (const rows of spool.changes()) {
    for (const { change, outcome } of rows) if (outcome !== 'done') undone.add(change.employee.id);
  }
  return undone;
}

/** Whom a read brought; null: everybody. */
type People = ReadonlySet<string> | null;

function concerns(people: People, id: string): boolean {
  return people === null || people.has(id);
}
