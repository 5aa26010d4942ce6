import type { Owed } from '../core/owed.js';
import { cameToItsEnd } from '../exit.js';

/** How a connector is doing, in one word. */
export type ConnectorState = 'paused' | 'running' | 'failing' | 'stale' | 'due' | 'new' | 'ok';

/** What decides that word. */
export interface ConnectorFacts {
  readonly paused: boolean;
  readonly isRunning: boolean;
  readonly owes: boolean;
  /** Exit code of the last run that has ended; null: none has. */
  readonly lastExitCode: number | null;
  /** When the last run began that came to its end; null: none did. */
  readonly lastGoodAt: Date | null;
  /** When the first night should have begun that nothing good has come of since; null: none has passed. */
  readonly nightPassedAt: Date | null;
}

/** The first state that fits. `stale`: after so many ms without a good run a connector is stale. */
export function stateOf(facts: ConnectorFacts, now: Date, stale: number): ConnectorState {
  const { paused, isRunning, owes, lastExitCode, lastGoodAt, nightPassedAt } = facts;
  if (paused) return 'paused';
  if (isRunning) return 'running';
  if (lastExitCode !== null && !cameToItsEnd(lastExitCode)) return 'failing';
  if (lastGoodAt === null ? nightPassedAt !== null : now.getTime() - lastGoodAt.getTime() > stale) return 'stale';
  if (owes) return 'due';
  return lastExitCode === null ? 'new' : 'ok';
}

/** A worker that has been silent for so long is lost, in ms. */
export const LOST_AFTER = 30_000;

/** How a worker is doing. */
export function workerState(seenAt: Date, draining: boolean, now: Date): 'working' | 'draining' | 'lost' {
  if (now.getTime() - seenAt.getTime() > LOST_AFTER) return 'lost';
  return draining ? 'draining' : 'working';
}

/** A night that has been owed for less than this, in ms, may just be waiting for its turn. */
const TURN = 3_600_000;

/** When the night was due that a connector owes for so long that it counts as passed; null: there is none. */
export function nightPassedAt({ night }: Owed, now: Date, stale: number): Date | null {
  const at = night === undefined ? null : new Date(night);
  return at !== null && now.getTime() - at.getTime() > Math.min(TURN, stale) ? at : null;
}
