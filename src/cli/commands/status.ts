import type { Config } from '../../config/config.js';
import { missingPerson } from '../../core/absence.js';
import type { Scheduled } from '../../core/change.js';
import { dayIn } from '../../core/day.js';
import { duration } from '../../core/duration.js';
import { ROLLOUT_SWITCHES, type RolloutSwitch } from '../../core/rollout.js';
import { UsageError } from '../../errors.js';
import { cameToItsEnd, EXIT } from '../../exit.js';
import type { UnderWay } from '../../report/under-way.js';
import type { Invitation, RememberedSkip, Run, Store } from '../../store/store.js';
import { comingDeletions } from '../../sync/plan/accounts/coming-deletions.js';
import { overdueEndings } from '../../sync/plan/limits/overdue.js';
import { earliestDay } from '../connector.js';
import { writeCorrections } from '../corrections-file.js';
import { liveRun } from '../live-run.js';
import type { CommandBody } from '../process.js';
import { type Progress, type Status, statusText } from '../status-text.js';
import { withState } from '../with-state.js';

const LOOKED_BACK = 1_000;

interface StatusFlags {
  readonly maxAge?: string | undefined;
  /** Where HR's list of corrections is to be written. */
  readonly corrections?: string | undefined;
}

/** Tells how the connector is doing, out of its state alone. */
export function status(flags: StatusFlags): CommandBody {
  return async (world) => {
    const maxAge = flags.maxAge === undefined ? null : duration(flags.maxAge);
    if (flags.maxAge !== undefined && maxAge === null)
      throw new UsageError(`--max-age takes a duration such as 26h, not ${flags.maxAge}`);
    return withState(world, 'read', async (store, config) => {
      if (flags.corrections !== undefined) await writeCorrections(world, config, store, flags.corrections);
      const result = await gather(store, config, maxAge, world.now());
      const troubles = result.too_old ? [`${config.name}: no good run since ${flags.maxAge} ago`] : [];
      if (result.last_run?.untold) troubles.push(result.last_run.untold);
      world.print({ text: statusText(result, config.timezone, world.width), json: { format: 1, ...result }, troubles });
      return result.too_old ? EXIT.partial : EXIT.done;
    });
  };
}

async function gather(store: Store, config: Config, maxAge: number | null, now: Date): Promise<Status> {
  const [last] = await store.runs(1);
  const complete = await store.lastCompleteRun();
  const live = await liveRun(store, config.state);
  const scheduled: Scheduled[] = [];
  for await (const batch of store.schedule()) scheduled.push(...batch);
  const dayOf = (at: Date) => dayIn(config.timezone, at);
  const earliest = (at: Date) => earliestDay(config, at);
  return {
    connector: config.name,
    endings_overdue: await overdueEndings(store, { today: earliest(now), dayOf: earliest }),
    last_run: last === undefined ? null : { ...last, ...(live !== null && { under_way: progressOf(live) }) },
    last_complete_run: complete,
    accounts: await store.countSnapshots(),
    uncertain: (await store.openIntents()).filter(({ run }) => run !== live?.run).length,
    unclear_invitations: await unclear(store),
    scheduled,
    deletions: await comingDeletions(store, { now, deleteAfter: config.deactivation.deleteAfter, dayOf }),
    missing: (await store.missing()).map((one) => {
      const { goneOn, ...rest } = missingPerson(one, dayOf(now), config.deactivation.missing);
      return { ...rest, gone_on: goneOn };
    }),
    failing: await store.failures(),
    ...(await leftAlone(store)),
    ...(switchesOff(config).length > 0 && { rollout_off: switchesOff(config) }),
    too_old: maxAge !== null && isOlder(await lastGoodRun(store), maxAge, now),
  };
}

function progressOf({ done, planned }: UnderWay): Progress {
  return { done, planned };
}

async function leftAlone(store: Store): Promise<Pick<Status, 'skipped' | 'out_of_scope'>> {
  const skipped: Omit<RememberedSkip, 'at'>[] = [];
  let outside = 0;
  for await (const batch of store.skips()) {
    for (const { at: _, ...skip } of batch) {
      if (skip.reason === 'out_of_scope') outside += 1;
      else skipped.push(skip);
    }
  }
  return { skipped, out_of_scope: outside };
}

async function unclear(store: Store): Promise<readonly Invitation[]> {
  const invitations: Invitation[] = [];
  for await (const batch of store.listInvitations(['uncertain'])) invitations.push(...batch);
  return invitations;
}

// Safety refuses a run after it has read everybody: such a night is no good one. Neither is a run that read everybody for
// the sake of some: invitations alone, single people, a repair.
async function lastGoodRun(store: Store): Promise<Run | null> {
  const good = (run: Run) => run.whole && cameToItsEnd(run.exitCode);
  return (await store.runs(LOOKED_BACK)).find(good) ?? null;
}

function isOlder(run: Run | null, maxAge: number, now: Date): boolean {
  return run === null || run.finishedAt === null || now.getTime() - Date.parse(run.finishedAt) > maxAge;
}

function switchesOff({ rollout }: Config): readonly RolloutSwitch[] {
  return ROLLOUT_SWITCHES.filter((one) => !rollout[one]);
}
