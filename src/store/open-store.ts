import type { StatePlace } from '../core/state-place.js';
import type { Lock } from './lock.js';

/** Which HR system and LMS a state belongs to. */
export interface ConnectorIdentity {
  readonly name: string;
  readonly source: string;
  readonly target: string;
}

/**
 * How a store is opened. `read`: nothing is written, not even a lock; where there is no state yet it is empty. `rehearse`:
 * likewise, but what is written stands while the store is open, in a copy in memory. An upgrade takes `secrets` out.
 */
export interface OpenStore {
  readonly place: StatePlace;
  readonly identity: ConnectorIdentity;
  readonly mode: 'read' | 'write' | 'rehearse';
  readonly now: () => Date;
  readonly secrets?: readonly string[];
  /** Whether the state of another HR system is opened as well: for a rekey, and for nothing else. Absent: no. */
  readonly anySource?: boolean;
  /** The lock that the state is written under; a state in a database cannot be written without it. */
  readonly lock?: Lock | undefined;
}

/** The same for a state file. */
export interface OpenFile extends Omit<OpenStore, 'place' | 'lock'> {
  readonly file: string;
}
