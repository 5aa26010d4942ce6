import type { Summary } from '../../../core/plan.js';
import { judge, type Planned, type Verdict } from '../../../core/safety.js';
import type { RunContext } from '../../context.js';
import type { Pulled } from '../../read/pulled.js';
import { rulesOf } from '../../run-kind.js';
import type { ClearCounter } from './clears.js';
import type { MoveCounter } from './moves.js';
import { endingsByUnit } from './units.js';

/** What of a plan the limits look at. */
export interface ToJudge {
  readonly summary: Summary;
  readonly clears: ClearCounter;
  readonly moves: MoveCounter;
  readonly leftOut: Planned['leftOut'];
  /** Whose account would end. */
  readonly ending: ReadonlySet<string>;
  /** Whose closed account would be deleted. */
  readonly expired: ReadonlySet<string>;
  readonly units: Pulled['units'];
}

const DAY = 86_400_000;

/** Holds a plan against the limits of the config, with what earlier runs count against them. */
export async function judgePlan(context: RunContext, plan: ToJudge): Promise<Verdict> {
  const { store, policy, options } = context;
  const spent = await spentBy(context);
  const planned: Planned = {
    counts: plan.summary,
    clears: await plan.clears.suspects(store, policy.safety),
    population: (await store.countSnapshots()).active,
    moves: plan.moves.counts,
    leftOut: plan.leftOut,
    expired: plan.expired,
    units: await endingsByUnit(context, plan, plan.ending, spent.byUnit),
  };
  return judge(planned, policy.safety, options.allow, spent.byKind);
}

/**
 * What earlier runs count against the limits of this one. Runs between nights share their limits for a day: a
 * fault in HR that comes person by person must not pass in slices.
 */
async function spentBy({ store, now, options }: RunContext): Promise<Spent> {
  if (!rulesOf(options.kind).sharesLimits) return { byKind: {}, byUnit: new Map() };
  const since = new Date(now().getTime() - DAY).toISOString();
  return { byKind: await store.countPartial(since), byUnit: await store.countPartialByUnit(since) };
}

interface Spent {
  readonly byKind: Awaited<ReturnType<RunContext['store']['countPartial']>>;
  readonly byUnit: ReadonlyMap<string, number>;
}
