import type { EmployeeReference } from '../../core/employee.js';
import { EXIT } from '../../exit.js';
import type { Intent } from '../../store/store.js';
import type { RunContext } from '../context.js';
import type { RekeyPlan } from './plan-rekey.js';

/** Whether a rekey has anything to write: another id for somebody, or another HR system. */
export function changesAnything({ source, pairs, waiting }: RekeyPlan): boolean {
  return source.before !== source.now || [...pairs, ...waiting].some(({ from, to }) => from.id !== to.id);
}

/**
 * Writes a rekey into the state, all of it in the transaction that ends its run; gives the number of the run. The LMS is told
 * nothing. Whoever is without a pair is set apart where the HR system is another one, so that nobody new who gets their
 * former id gets their account with it.
 */
export async function writeRekey(context: RunContext, plan: RekeyPlan): Promise<number> {
  const { store, now, credentials } = context;
  const { pairs, unpaired, waiting, others, source, by } = plan;
  const at = now().toISOString();
  const run = await store.startRun({ command: 'rekey', startedAt: at });
  const suffix = `.before-run-${run}`;
  const everybody = source.before !== source.now;
  const moves = new Map([...pairs, ...waiting].map(({ from, to }) => [from.id, to.id]));
  const given = new Set(moves.values());
  const line = (employee: EmployeeReference, account: string, because: string): Intent => ({
    ...{ run, kind: 'rekey', employee, account, because, at },
    ...{ invites: false, fields: {}, startDate: null, hire: null },
  });
  const moved = pairs.filter(({ from, to }) => from.id !== to.id);
  const lines = [
    ...moved.map(({ from, to, account }) => line(to, account, `was #${from.id}, paired by ${by}`)),
    ...unpaired
      .filter(({ employee: { id } }) => everybody || given.has(id))
      .map(({ employee, account }) => {
        const apart = { ...employee, id: `${employee.id}${suffix}` };
        return line(apart, account, `was #${employee.id}, set apart without a pair`);
      }),
  ];
  await store.finishRun(
    {
      ...{
        number: run,
        finishedAt: now().toISOString(),
        exitCode: EXIT.done,
        employees: plan.employees,
        inScope: null,
      },
      // The next night measures its read by this one.
      ...{ complete: true, counts: { rekey: lines.length }, error: null },
    },
    {
      rekey: { source: source.now, moves, lines, apart: { suffix, everybody }, shown: others.map(({ id }) => id) },
      credentials: { source: credentials.source, target: null },
    },
  );
  return run;
}
