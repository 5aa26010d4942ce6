/** A run that failed: whose vendors it spoke to, and of what. */
export interface FailedRun {
  readonly connector: string;
  readonly vendor: string;
  /** Name of the error. */
  readonly error: string;
}

/** A vendor that gets no more runs but single attempts. */
export interface Outage {
  readonly vendor: string;
  readonly error: string;
  /** How many connectors failed alike. */
  readonly connectors: number;
}

/** Connectors of one vendor that fail alike within the window, in ms, stop the dispatch to it. */
export const MOST_ALIKE = 10;
export const WINDOW = 5 * 60_000;
/** A vendor that is down gets one attempt in so many ms. */
export const ATTEMPT_EVERY = 30_000;

/** The vendors that are down, by the runs that failed within the window. */
export function outages(failed: readonly FailedRun[]): readonly Outage[] {
  const groups = new Map<string, { vendor: string; error: string; connectors: Set<string> }>();
  for (const { vendor, error, connector } of failed) {
    const key = JSON.stringify([vendor, error]);
    const group = groups.get(key) ?? { vendor, error, connectors: new Set<string>() };
    groups.set(key, group);
    group.connectors.add(connector);
  }
  return [...groups.values()]
    .filter(({ connectors }) => connectors.size >= MOST_ALIKE)
    .map(({ vendor, error, connectors }) => ({ vendor, error, connectors: connectors.size }));
}
