import type { Snapshot } from '../../core/account.js';
import { batchesOf } from '../../core/batches.js';
import type { PlannedChange } from '../../core/change.js';
import type { RunContext } from '../context.js';
import { isChosen, repairOf } from '../run-kind.js';
import { unprotected } from './accounts/hold-back.js';
import type { Draft } from './decisions.js';
import { makeManagerLoss, makeManagerMove, makeManagerReturn } from './make-change.js';
import { reportsOfEnded } from './reports.js';

/** The managers of a plan for whose sake others are written. */
interface Managers {
  readonly drafts: ReadonlyMap<string, Draft>;
  /** Whose account ends. */
  readonly ended: ReadonlySet<string>;
  /** Who gets another address, which the LMS keeps with their reports. */
  readonly moving: readonly string[];
  /** The last stage of the plan so far. */
  readonly last: number;
}

/** The changes of people whom a plan touches for their manager's sake alone. */
export async function* changesOfReports(context: RunContext, managers: Managers): AsyncGenerator<PlannedChange[]> {
  const { store } = context;
  const { ended, moving, last } = managers;
  for await (const reports of reportsOfEnded(store, ended)) {
    yield (await unprotected(context, othersAmong(managers, reports))).map(makeManagerLoss);
  }
  for (const manager of moving) {
    const others = othersAmong(managers, await store.reportsOf([manager])).filter(({ employeeId: id, email, name }) =>
      isChosen(context.options.kind, { id, email, name }),
    );
    yield (await unprotected(context, others)).map((report) => makeManagerMove(report, manager, last + 1));
  }
  yield* returns(context, managers);
}

function othersAmong({ drafts }: Managers, reports: readonly Snapshot[]): readonly Snapshot[] {
  return reports.filter(({ employeeId }) => !drafts.has(employeeId));
}

// Includes people who have left according to HR: the night decides whether their account ends.
async function* returns(context: RunContext, { drafts, last }: Managers): AsyncGenerator<PlannedChange[]> {
  const reports = new Map(repairOf(context.options.kind)?.reports);
  for (const [id, manager] of reports) {
    const opening = drafts.get(manager)?.decision.action;
    if (drafts.has(id) || (opening !== 'create' && opening !== 'reactivate')) reports.delete(id);
  }
  for (const ids of batchesOf(reports.keys())) {
    const open = (await context.store.snapshotsOf(ids)).filter(({ state }) => state === 'active');
    const touched = await unprotected(context, open);
    yield touched.map((one) => makeManagerReturn(one, reports.get(one.employeeId) ?? '', last + 1));
  }
}
