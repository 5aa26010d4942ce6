import type { Scheduled } from '../core/change.js';
import { EXIT } from '../exit.js';
import type { RunResult } from '../report/reporter.js';
import type { Invitation } from '../store/store.js';
import { batchesOf } from './batches.js';
import { isForEverybody } from './chosen.js';
import type { RunContext } from './context.js';
import type { Plan } from './plan.js';

/** Writes down what a finished run leaves for the next: the calendar, the invitation ledger, the run itself. */
export async function remember(context: RunContext, plan: Plan, result: RunResult): Promise<void> {
  const { store, options } = context;
  if (isForEverybody(options)) {
    await cancelWithdrawn(context, new Set(plan.held.map(({ employee }) => employee.id)));
    await store.replaceSchedule(schedule(plan.scheduled));
    if (!options.invitationsOnly) await forgetMended(context);
  }
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

// An invitation that waited and is neither held any longer nor was sent in this run: the hire was withdrawn.
async function cancelWithdrawn(context: RunContext, held: ReadonlySet<string>): Promise<void> {
  const at = context.now().toISOString();
  for await (const batch of context.store.listInvitations(['scheduled'])) {
    const withdrawn = batch.filter(
      ({ employee, due }) => !held.has(employee.id) && (due === null || due > context.policy.today),
    );
    const cancelled = withdrawn.map(
      (invitation): Invitation => ({ ...invitation, state: 'cancelled', because: 'the hire was withdrawn', at }),
    );
    if (cancelled.length > 0) await context.store.putInvitations(cancelled);
  }
}

// Who failed before and has nothing left to be done is no failure any longer: mended in HR, withdrawn, gone.
async function forgetMended({ store, spool }: RunContext): Promise<void> {
  const mended = new Set((await store.failures()).map(({ employee }) => employee.id));
  if (mended.size === 0) return;
  for await (const rows of spool.changes()) for (const { change } of rows) mended.delete(change.employee.id);
  for (const ids of batchesOf(mended)) await store.clearFailures(ids);
}

async function* schedule(scheduled: readonly Scheduled[]): AsyncGenerator<readonly Scheduled[]> {
  yield* batchesOf(scheduled);
}
