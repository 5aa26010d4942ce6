import type { HrEvent } from '../core/hr-event.js';

/** An event as it came in. */
export interface InboxEvent extends HrEvent {
  /** ISO instant, UTC. */
  readonly receivedAt: string;
}

/** An event as it waits; later ones have larger numbers. */
export interface WaitingEvent extends InboxEvent {
  readonly id: number;
}

/** Where events wait, durably, until a run has dealt with them. */
export interface Inbox {
  /** Keeps events durably and tells of each whether it is new; one that came before is not kept again. */
  put(events: readonly InboxEvent[]): Promise<readonly boolean[]>;
  /** Events that no run has dealt with, oldest first, at most `count`. */
  waiting(count: number): Promise<readonly WaitingEvent[]>;
  /** How many events `waiting` would give without a limit; cheap, however many events are kept. */
  countWaiting(): Promise<number>;
  /**
   * A run has dealt with these events, and with no others: an event with a smaller id may become visible later. Ids that
   * are unknown, or dealt with already, change nothing.
   */
  done(ids: readonly number[]): Promise<void>;
  /**
   * Forgets events that were dealt with and came before an ISO instant. Of newer ones the store keeps a bounded number, the
   * newest. Events that wait are never forgotten.
   */
  forget(before: string): Promise<void>;
  close(): Promise<void>;
}
