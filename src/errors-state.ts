import { StateError } from './errors.js';
import { EXIT } from './exit.js';
import type { DatabaseProblem } from './state-problem.js';

/** The database of a state cannot be used: its address, its network, its rights, or the version of its tables. */
export class DatabaseError extends StateError {
  override readonly name = 'DatabaseError';
  constructor(address: string, problem: DatabaseProblem, options?: ErrorOptions) {
    super(address, problem, options);
  }
}

/** The lease of a run is gone: another process may write for the connector now. Nothing more is sent or written. */
export class LeaseLostError extends StateError {
  override readonly name = 'LeaseLostError';
  override readonly exitCode = EXIT.locked;
  constructor(
    /** How it was lost, as a clause. */
    readonly how: string,
  ) {
    super('', { kind: 'lost', detail: how });
  }
}
