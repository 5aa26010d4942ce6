import { batchesOf } from '../../../core/batches.js';
import type { Scheduled } from '../../../core/change.js';
import type { Day } from '../../../core/day.js';
import type { OverdueEnding } from '../../../store/endings.js';
import type { Store } from '../../../store/store.js';
import type { RunContext } from '../../context.js';
import { isChosen, isForEverybody, rulesOf } from '../../run-kind.js';
import type { Plan } from '../plan.js';

/** What telling of overdue endings needs to know of the calendar. */
export interface Calendar {
  readonly today: Day;
  /** The day of an instant in the connector's zone. */
  readonly dayOf: (at: Date) => Day;
}

/**
 * The linked people whose ending is known, due and not done, the longest first: those whose ending a run planned, and those
 * whose day in the calendar has come without a run that planned it.
 */
export async function overdueEndings(
  store: Pick<Store, 'endings' | 'schedule' | 'keysOf' | 'runs'>,
  { today, dayOf }: Calendar,
): Promise<readonly OverdueEnding[]> {
  const planned = await store.endings();
  const [last] = await store.runs(1);
  const lastDay = last === undefined ? '' : dayOf(new Date(last.startedAt));
  const told = new Set(planned.map(({ employee }) => employee.id));
  // On the day itself an ending is late only once a run of that day has left it.
  const isLate = ({ on }: Scheduled) => on < today || (on === today && on <= lastDay);
  const late = (await endingsIn(store, isLate)).filter(({ employee }) => !told.has(employee.id));
  const open = await openAmong(
    store,
    late.map(({ employee }) => employee.id),
  );
  const unplanned = late
    .filter(({ employee }) => open.has(employee.id))
    .map(({ employee, on }) => ({ employee, since: on, because: `leaves on ${on}`, why: null }));
  return [...planned, ...unplanned].toSorted((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
}

/** Writes down whose account must end before anything is carried out, so that a run that breaks off leaves it known. */
export async function noteEndings(context: RunContext, plan: Plan): Promise<void> {
  const { store, options, policy } = context;
  if (rulesOf(options.kind).makes !== 'all') return;
  const due = new Map((await endingsIn(store, ({ on }) => on <= policy.today)).map((one) => [one.employee.id, one.on]));
  const endings = plan.endings.map(({ employee, because }): OverdueEnding => {
    return { employee, because, since: due.get(employee.id) ?? policy.today, why: null };
  });
  await store.putEndings(await concerned(context, plan), endings);
}

/** The endings that are known and were not carried out, with why they are open still. */
export async function whyOpen(
  store: Pick<Store, 'endings'>,
  left: ReadonlyMap<string, string | null>,
): Promise<readonly OverdueEnding[]> {
  const open = (await store.endings()).filter(({ employee }) => left.has(employee.id));
  return open.map((ending) => ({ ...ending, why: left.get(ending.employee.id) ?? null }));
}

// Whom a plan says something about: of others an earlier one may know that their account must end.
async function concerned({ store, options }: RunContext, { pulled }: Plan): Promise<readonly string[] | null> {
  if (!isForEverybody(options.kind)) {
    const known = (await store.endings()).map(({ employee }) => employee);
    return known.filter((employee) => isChosen(options.kind, employee)).map(({ id }) => id);
  }
  return pulled.people === null ? null : [...pulled.people, ...pulled.deleted];
}

async function endingsIn(store: Pick<Store, 'schedule'>, fits: (one: Scheduled) => boolean): Promise<Scheduled[]> {
  const found: Scheduled[] = [];
  for await (const batch of store.schedule()) {
    found.push(...batch.filter((one) => one.kind === 'deactivate' && fits(one)));
  }
  return found;
}

async function openAmong(store: Pick<Store, 'keysOf'>, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const open = new Set<string>();
  for (const batch of batchesOf(ids)) {
    for (const { employeeId, state } of await store.keysOf(batch)) {
      if (state === 'active' || state === 'pending') open.add(employeeId);
    }
  }
  return open;
}
