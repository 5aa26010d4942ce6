import type { Log } from './log.js';

/** What an adapter is handed from outside: it never reads the clock, the environment or a random source itself. */
export interface AdapterWorld {
  readonly now: () => Date;
  /** Which end of the connector the adapter stands at, so that errors can name it; left out elsewhere. */
  readonly side?: 'source' | 'target';
  /** Waits; ends early with an `InterruptedError` when the run is asked to stop. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** A number from 0 (inclusive) to 1, for jitter. */
  readonly random: () => number;
  /** A whole number from 0 up to, not including, `below`, from a source fit for passwords. */
  readonly randomInt: (below: number) => number;
  readonly log: Log;
  /** Aborted when the run must stop; requests under way are cut off only when they are reads. */
  readonly signal: AbortSignal;
  /**
   * Whether a change may leave now: false once the run has lost, or given back, the right to write for its connector. Asked
   * right before each request that is no GET. Absent: always.
   */
  readonly mayWrite?: () => boolean;
  /** The zone that decides what "today" is, such as `Europe/Berlin`. Absent: UTC. */
  readonly timezone?: string;
  /** The usual proxy and CA variables of the environment, as `config/load` read them. */
  readonly environment: { readonly proxyFor: (url: string) => string };
}

/** One thing that `check` found, good or bad. */
export interface Finding {
  readonly level: 'ok' | 'warning' | 'error';
  /** What was looked at: "credentials", "attribute job_title". */
  readonly subject: string;
  /** What was found and, where it is not good, what to do. */
  readonly message: string;
  /** Which kind of trouble an error is, for the exit code. */
  readonly cause?: 'credentials' | 'config' | 'unreachable';
}
