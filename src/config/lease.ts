import { resolve } from 'node:path';
import * as z from 'zod';
import { parseAddress } from '../core/database-address.js';
import { duration } from '../core/duration.js';
import { isDatabaseAddress, LEASE_TIMES, type LeaseTimes, type StatePlace } from '../core/state-place.js';
import type { ConfigProblem } from '../errors.js';
import type { Inspection } from './inspect.js';
import type { Places } from './places.js';

/** Shortest time that a lease may last, in ms: it is renewed at a third of it, and a busy process may be silent for a while. */
const SHORTEST = 3_000;

const time = (least: number, otherwise: number) =>
  z
    .string()
    .refine((text) => (duration(text) ?? 0) >= least, {
      error: `must be a duration of at least ${least / 1_000}s, such as 30s or 2m`,
    })
    .default(`${otherwise / 1_000}s`)
    .transform((text) => duration(text) ?? 0);

/** `lease`: for how long a run may write for a connector whose state is in PostgreSQL, and how long others wait after it. */
export const leaseSchema = z
  .strictObject({ for: time(SHORTEST, LEASE_TIMES.lasts), grace: time(1_000, LEASE_TIMES.grace) })
  .transform((written): LeaseTimes => ({ lasts: written.for, grace: written.grace }));

/** The keys of a config that say where its state is kept. */
interface StateKeys {
  readonly name: string;
  readonly state?: string | undefined;
  readonly lease?: LeaseTimes | undefined;
}

/** Where a config keeps its state: a database, or a file whose path starts at the config's folder. */
export function statePlace({ name, state, lease }: StateKeys, folder: string): StatePlace {
  if (state !== undefined && isDatabaseAddress(state))
    return { kind: 'database', url: state, connector: name, lease: lease ?? LEASE_TIMES };
  return { kind: 'file', file: resolve(folder, state ?? `./state/${name}.db`) };
}

/**
 * What is wrong with the address of a database, and with a lease beside its own form. What is under way when a lease runs out must have ended when the next one
 * begins, so the grace exceeds every time-out.
 */
export function leaseProblems(
  whole: Inspection<Pick<StateKeys, 'state' | 'lease'>>,
  ends: Readonly<Record<'source' | 'target', Inspection<unknown> | undefined>>,
  places: Places,
): readonly ConfigProblem[] {
  if (!('output' in whole)) return [];
  const { state = '', lease } = whole.output;
  if (!isDatabaseAddress(state)) {
    if (lease === undefined) return [];
    const message = 'belongs to a state in PostgreSQL; a state file has a lock, which needs no time';
    return [places.locateKey(['lease'], { path: ['lease'], message, suggestion: null })];
  }
  const address = parseAddress(state);
  if ('wrong' in address) return [places.locate({ path: ['state'], message: address.wrong, suggestion: null })];
  const { grace } = lease ?? LEASE_TIMES;
  return (['source', 'target'] as const).flatMap((end) => {
    const seconds = timeoutIn(ends[end]);
    if (seconds === null || grace > seconds * 1_000) return [];
    const message = `must be longer than ${end}.timeout_seconds (${seconds}): a request may still be under way when the lease has run out`;
    const suggestion = `${Math.ceil(seconds) + 15}s`;
    return [places.locate({ path: ['lease', 'grace'], message, suggestion })];
  });
}

function timeoutIn(inspection: Inspection<unknown> | undefined): number | null {
  const settings = inspection !== undefined && 'output' in inspection ? inspection.output : null;
  if (typeof settings !== 'object' || settings === null || !('timeout_seconds' in settings)) return null;
  return typeof settings.timeout_seconds === 'number' ? settings.timeout_seconds : null;
}
