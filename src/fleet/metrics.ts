import type { OverviewConnector } from '../store/fleet.js';
import { nightPassedAt, stateOf } from './state.js';

/** As `fleet status` without `--stale`, in ms. */
const STALE = 26 * 3_600_000;

/** Totals of the fleet in the text format of Prometheus; nothing of a single connector, and no personal data. */
export function fleetMetrics({
  now,
  connectors,
}: {
  readonly now: Date;
  readonly connectors: readonly OverviewConnector[];
}): string {
  const states = countBy(connectors, (one) =>
    stateOf({ ...one, owes: one.owedSince !== null, nightPassedAt: nightPassedAt(one.owed, now, STALE) }, now, STALE),
  );
  const seconds = (times: readonly (Date | null)[]) => {
    const oldest = Math.min(...times.flatMap((at) => (at === null ? [] : [at.getTime()])));
    return Number.isFinite(oldest) ? Math.max(0, (now.getTime() - oldest) / 1_000) : 0;
  };
  return [
    ...series('hrsync_fleet_connectors', 'Connectors by state.', 'state', states),
    ...series('hrsync_fleet_vendor_connectors', 'Connectors by vendor.', 'vendor', byVendor(connectors)),
    ...series('hrsync_fleet_running', 'Runs under way by worker.', 'worker', byWorker(connectors)),
    ...gauge(
      'hrsync_fleet_oldest_owed_seconds',
      'Age of what has been owed for longest.',
      seconds(connectors.map(({ owedSince }) => owedSince)),
    ),
    ...gauge(
      'hrsync_fleet_oldest_good_run_seconds',
      'Age of the last good run of the connector whose is the oldest.',
      seconds(connectors.map(({ lastGoodAt }) => lastGoodAt)),
    ),
    '',
  ].join('\n');
}

function byVendor(connectors: readonly OverviewConnector[]): ReadonlyMap<string, number> {
  return countBy(
    connectors.flatMap(({ source, target }) => [source, target]),
    (vendor) => vendor,
  );
}

function byWorker(connectors: readonly OverviewConnector[]): ReadonlyMap<string, number> {
  return countBy(
    connectors.filter(({ isRunning }) => isRunning),
    ({ runsOn }) => runsOn ?? 'none',
  );
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

function series(name: string, help: string, label: string, values: ReadonlyMap<string, number>): string[] {
  const lines = [...values].map(([value, count]) => `${name}{${label}="${value.replace(/[\\"\n]/g, '_')}"} ${count}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines];
}

function gauge(name: string, help: string, value: number): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${value}`];
}
