import { duration } from '../../../core/duration.js';
import { sayMinute } from '../../../core/instant.js';
import { UsageError } from '../../../errors.js';
import { EXIT } from '../../../exit.js';
import { type ConnectorState, nightPassedAt, stateOf, workerState } from '../../../fleet/index.js';
import { columns, renderTable } from '../../../report/table.js';
import { count } from '../../../report/words.js';
import type { KnownWorker, OverviewConnector, OverviewRun } from '../../../store/fleet.js';
import { withFleet } from '../../fleet/with-fleet.js';
import type { CommandBody } from '../../process.js';

const STALE = '26h';
const STATES = ['ok', 'running', 'due', 'failing', 'stale', 'paused', 'new'] as const;

interface StatusFlags {
  readonly failing?: true | undefined;
  readonly stale?: string | undefined;
}

type Shown = OverviewConnector & { readonly state: ConnectorState };

/** The whole fleet at a glance: workers, totals, connectors. */
export function fleetStatus({ failing, stale: staleText = STALE }: StatusFlags): CommandBody {
  const stale = duration(staleText);
  return async (world) => {
    if (stale === null) throw new UsageError(`--stale takes a duration such as 26h, not ${staleText}`);
    return withFleet(world, async ({ store }) => {
      const [{ now, connectors }, workers] = await Promise.all([store.overview(), store.workers()]);
      const all = connectors.map((one): Shown => ({ ...one, state: shownState(one, now, stale) }));
      const shown = failing ? all.filter(({ state }) => state === 'failing' || state === 'stale') : all;
      world.print({
        text: textOf(workers, all, shown, now, world.width),
        json: {
          format: 1,
          at: now.toISOString(),
          totals: totalsOf(all),
          workers: workers.map((one) => workerJson(one, now)),
          connectors: shown.map(connectorJson),
        },
      });
      return shown.some(({ state }) => state === 'failing' || state === 'stale') ? EXIT.partial : EXIT.done;
    });
  };
}

function shownState(one: OverviewConnector, now: Date, stale: number): ConnectorState {
  return stateOf(
    { ...one, owes: one.owedSince !== null, nightPassedAt: nightPassedAt(one.owed, now, stale) },
    now,
    stale,
  );
}

function totalsOf(all: readonly Shown[]): Readonly<Record<string, number>> {
  const counts = STATES.map((state) => [state, all.filter((one) => one.state === state).length] as const);
  return { connectors: all.length, ...Object.fromEntries(counts) };
}

function workerJson({ name, host, version, slots, running, seenAt, draining }: KnownWorker, now: Date): object {
  const state = workerState(seenAt, draining, now);
  return { name, host, version, slots, running, seen_at: seenAt.toISOString(), state };
}

function connectorJson({ name, state, runsOn, nextDueAt, lastRun }: Shown): object {
  return {
    name,
    state,
    worker: runsOn,
    next_due_at: nextDueAt?.toISOString() ?? null,
    last_run: lastRun === null ? null : runJson(lastRun),
  };
}

/** A run without personal data, as JSON shows it. */
export function runJson({ number, command, startedAt, finishedAt, exitCode, worker }: OverviewRun): object {
  return { number, command, started_at: startedAt, finished_at: finishedAt, exit_code: exitCode, worker };
}

function textOf(
  workers: readonly KnownWorker[],
  all: readonly Shown[],
  shown: readonly Shown[],
  now: Date,
  width: number,
): string {
  const totals = STATES.flatMap((state) => {
    const number = all.filter((one) => one.state === state).length;
    return number === 0 ? [] : [`${number} ${state}`];
  });
  const head = `${count(all.length, 'connector')}${totals.length === 0 ? '' : `: ${totals.join(', ')}`}\n`;
  const workerRows = workers.map((one) => [
    ...[one.name, one.host, workerState(one.seenAt, one.draining, now), `${one.running} of ${one.slots}`],
    sayMinute(one.seenAt.toISOString()),
  ]);
  const rows = shown.map(({ name, state, runsOn, nextDueAt, lastRun }) => [
    ...[name, state, runsOn ?? '', nextDueAt === null ? 'never' : sayMinute(nextDueAt.toISOString())],
    lastRun === null ? 'none yet' : sayRun(lastRun),
  ]);
  return [
    head,
    workers.length === 0
      ? 'No worker: start one with "hrsync fleet work".\n'
      : renderTable(columns('worker', 'host', 'state', 'running', 'seen'), workerRows, width),
    rows.length === 0 ? '' : renderTable(columns('connector', 'state', 'on', 'next due', 'last run'), rows, width),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function sayRun({ number, command, startedAt, finishedAt, exitCode }: OverviewRun): string {
  const end = finishedAt === null ? 'no end yet' : `exit code ${exitCode}`;
  return `${number} ${command} ${sayMinute(startedAt)}, ${end}`;
}
