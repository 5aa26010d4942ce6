import { resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { Config } from '../config/config.js';
import { neededFields } from '../config/needed-fields.js';
import { dayIn } from '../core/day.js';
import type { Owed } from '../core/owed.js';
import { type ReportFile, withFiles } from '../report/files.js';
import type { SavedPlan } from '../report/saved-plan/read.js';
import type { OverdueEnding } from '../store/endings.js';
import { acquireLock, ensurePlanKey, openSpool, openStore, readPlanKey } from '../store/open.js';
import type { RunContext, RunOptions } from '../sync/context.js';
import { overdueEndings } from '../sync/plan/limits/overdue.js';
import { runImport } from '../sync/run.js';
import { isWhole } from '../sync/run-kind.js';
import { looksForDrift } from '../sync/verify/nightly-drift.js';
import { connect, withConfig } from './connect.js';
import { digest, earliestDay, placeIn, policyOf, statePlace } from './connector.js';
import { liveRun } from './live-run.js';
import { observed } from './observe/observed.js';
import type { ToldCauses } from './observe/told-causes.js';
import { refuseToOverwrite } from './output-paths.js';
import { approvalOf, planBasis, savedPlanFiles } from './plan-basis.js';
import type { CommandWorld } from './process.js';
import { startReadTime } from './read-time.js';

/** What a session is asked for beyond the run itself. */
export interface SessionOptions extends Omit<RunOptions, 'deadline'> {
  readonly asOf?: string | undefined;
  readonly maxMinutes?: number | undefined;
  /** What is written besides what the reporter tells. */
  readonly files?: readonly ReportFile[];
  /** Where the plan is to be saved. */
  readonly savePlanTo?: string | undefined;
  /** The saved plan that is to be carried out. */
  readonly savedPlan?: SavedPlan;
  /** A file for metrics of the run. */
  readonly metrics?: string | undefined;
  /** What a server has mailed of already. */
  readonly told?: ToldCauses;
  /** Called after the run with the number of overdue endings, where that is known. */
  readonly onOverdue?: (count: number) => void;
  /** Whether the state may belong to another HR system: for a rekey alone. */
  readonly anySource?: boolean;
  /** The worker of a fleet that carries the run out, and what of the connector's debts it fulfils. */
  readonly worker?: { readonly name: string; readonly fulfils: Owed };
}

/** Runs a connector once, from taking the lock to giving it back, and tells those who are to know. */
export async function runSession(world: CommandWorld, options: SessionOptions): Promise<number> {
  // A config that cannot be read is reported like every other failure of the run.
  const config = await world.loadConfig().catch(() => null);
  if (config !== null) refuseToOverwrite(config, outputsOf(world, options), options.savedPlan?.file);
  const known = config === null ? world : withConfig(world, config);
  if (options.dryRun) return withSession(known, options, async (context) => (await runImport(context)).exitCode);
  const { command, metrics, told } = options;
  const forEverybody = isWhole(options.kind);
  return observed(known, { command, metrics, forEverybody, told }, (of, onOverdue) =>
    withSession(of, options, async (context, opened) => {
      try {
        return (await runImport(context)).exitCode;
      } finally {
        const overdue = await overdueNow(context, opened);
        if (overdue !== null) onOverdue(overdue);
        if (overdue !== null) options.onOverdue?.(overdue.length);
      }
    }),
  );
}

// Also after a run that failed: nobody else tells then that accounts of leavers are open.
async function overdueNow(
  { store, now }: RunContext,
  config: Pick<Config, 'timezone' | 'zones'>,
): Promise<readonly OverdueEnding[] | null> {
  const dayOf = (at: Date) => earliestDay(config, at);
  const calendar = { today: dayOf(now()), dayOf };
  return overdueEndings(store, calendar).catch(() => null);
}

function outputsOf({ host }: CommandWorld, { files = [], savePlanTo, metrics }: SessionOptions) {
  return [
    ...files,
    ...(savePlanTo === undefined ? [] : [{ path: savePlanTo, flag: '--out' }]),
    ...(metrics === undefined ? [] : [{ path: resolve(host.cwd(), metrics), flag: '--metrics' }]),
  ];
}

/**
 * Takes the lock, opens the state, does what is to be done, and closes whatever happens. A dry run takes no lock and
 * writes no state; with `rehearse` it may write into a copy of it.
 */
export async function withSession(
  world: CommandWorld,
  options: SessionOptions & { readonly rehearse?: boolean },
  work: (context: RunContext, config: Config) => Promise<number>,
): Promise<number> {
  const config = await world.loadConfig();
  keepMemorySmall();
  const { now } = world;
  const lock = options.dryRun ? null : await acquireLock(config.state, now, options.worker?.name);
  const readTime = startReadTime(options.maxMinutes);
  const stop = lock === null ? world.signal : AbortSignal.any([world.signal, lock.lost]);
  try {
    const signal = readTime === undefined ? stop : AbortSignal.any([stop, readTime.signal]);
    // A dry run holds no lock, and withholds every change by itself.
    const connector = connect(config, { ...world, signal }, () => lock?.mayWrite() ?? true);
    const place = { ...statePlace(connector, now), ...(lock !== null && { lock }) };
    const key = options.savePlanTo === undefined ? undefined : await ensurePlanKey(place);
    // What a comparison with the LMS corrects in a dry run stands in a copy of the state.
    const rehearse = options.rehearse ?? looksForDrift(config.drift, options.kind);
    const mode = !options.dryRun ? 'write' : rehearse ? 'rehearse' : 'read';
    const store = await openStore({
      ...place,
      mode,
      anySource: options.anySource ?? false,
      fulfils: options.worker?.fulfils,
    });
    const spool = openSpool<Parameters<RunContext['spool']['keep']>[0][number]['item'], never>();
    try {
      const start = now();
      const basis = await planBasis(config, connector, store);
      // The saved plan first, so that the page can name it.
      const files = [...savedPlanFiles(options, basis, { config: world.flags.config, key }), ...(options.files ?? [])];
      const { reporter, exitCode } = await withFiles(world.reporter, files, world.redact);
      const policy = policyOf(config, start, options.asOf);
      const context: RunContext = {
        connector: config.name,
        options: {
          ...options,
          deadline: options.maxMinutes === undefined ? null : start.getTime() + options.maxMinutes * 60_000,
        },
        policy,
        mapping: connector.mapping,
        types: connector.types,
        neededFields: neededFields(config),
        source: connector.source,
        target: connector.target,
        credentials: connector.credentials,
        store,
        spool,
        reporter,
        approval:
          options.savedPlan === undefined
            ? null
            : approvalOf(options.savedPlan, basis, policy.today, { ...world, key: await readPlanKey(config.state) }),
        underWay: options.dryRun ? await liveRun(store, config.state) : null,
        placeOf: (path) => placeIn(config, path),
        now,
        configDigest: basis.basis.config,
        firstImport: (await store.firstImportDay()) ?? dayIn(config.timezone, start),
        digest,
        signal: stop,
        readTime,
      };
      return exitCode(await work(context, config));
    } finally {
      await spool.close();
      await store.close();
    }
  } catch (error) {
    // A lost lease shows in many ways; it is the cause of them all.
    throw lock?.lost.aborted === true ? lock.lost.reason : error;
  } finally {
    readTime?.end();
    await lock?.release();
  }
}

// A plan is made of short-lived rows that stream through the spool. Left to itself, the engine lets the dead ones pile up to
// several times of what lives, and enlarges the room for new ones, which buys next to no time here.
function keepMemorySmall(): void {
  setFlagsFromString('--heap-growing-percent=30');
  setFlagsFromString('--semi-space-growth-factor=1');
}
