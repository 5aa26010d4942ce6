import fc from 'fast-check';
import { type ClerkEvent, someClerkEvent } from './clerk.js';
import { type HrEvent, someEvent } from './events.js';
import type { ReadFault } from './hr.js';
import type { KillPoint } from './life.js';
import type { CallFault } from './line.js';
import type { Choice } from './settings.js';

/** What happens between two nights, and in the second of them. */
export interface Night {
  readonly events: readonly HrEvent[];
  /** What a hostile clerk does in HR after these. */
  readonly clerk?: readonly ClerkEvent[];
  /** Days since the last night. */
  readonly gap: number;
  readonly read: ReadFault | null;
  /** What goes wrong with the n-th call of the LMS in the first run of the night. */
  readonly faults: readonly (readonly [number, CallFault])[];
  /** Where the first run of the night is killed, where the one started in its place is, and so on. */
  readonly kills: readonly KillPoint[];
  /** Whether a run that is killed is not started again before the next night. */
  readonly abandoned: boolean;
  /** The state file of so many nights ago is put back before the night. */
  readonly restore: number | null;
  /**
   * Runs of `sync` between the events and the night. Each number says, bit by bit, whom the HR system names as changed: its
   * filter lies both ways.
   */
  readonly syncs?: readonly number[];
  /** Which account somebody gives another job title by hand, in the LMS. */
  readonly edit: number | null;
}

/** A company from go-live on. */
export interface History {
  readonly choice: Choice;
  /** How many people work there at go-live. */
  readonly people: number;
  /** Which of them (and of those to come) have an account already, by address only. */
  readonly existing: readonly number[];
  readonly nights: readonly Night[];
  /** Whether somebody in HR is after other people's accounts: some accounts are administrators', and names tell people apart. */
  readonly hostile?: boolean;
}

export const CALM: Night = {
  events: [],
  gap: 1,
  read: null,
  faults: [],
  kills: [],
  abandoned: false,
  restore: null,
  edit: null,
};

const someKill: fc.Arbitrary<KillPoint> = fc.record({
  around: fc.constantFrom('call' as const, 'commit' as const),
  number: fc.integer({ min: 1, max: 14 }),
  when: fc.constantFrom('before' as const, 'after' as const),
});

const someCallFault: fc.Arbitrary<readonly [number, CallFault]> = fc.tuple(
  fc.integer({ min: 1, max: 12 }),
  fc.constantFrom<CallFault>(
    'rejected',
    'unsent',
    'lost_before',
    'lost_after',
    'lost_after',
    'half',
    'ignored',
    'credentials',
  ),
);

const someReadFault: fc.Arbitrary<ReadFault> = fc.record({
  kind: fc.constantFrom<ReadFault['kind']>('short', 'repeated', 'shrinking', 'lost_attribute', 'error', 'half'),
  lasting: fc.boolean(),
});

/** What may go wrong in the histories of one property. */
export interface Troubles {
  readonly faults: boolean;
  readonly kills: boolean;
  readonly restores: boolean;
  readonly abandons: boolean;
  readonly clerk?: boolean;
}

/** A history of a small company. */
export function someHistory({ faults, kills, restores, abandons, clerk = false }: Troubles): fc.Arbitrary<History> {
  const rarely = <Value>(some: fc.Arbitrary<Value>, freq: number): fc.Arbitrary<Value | null> =>
    fc.option(some, { freq });
  const night = fc.record<Night>({
    events: fc.array(someEvent, { maxLength: 4 }),
    ...(clerk && { clerk: fc.array(someClerkEvent, { maxLength: 3 }) }),
    gap: fc.integer({ min: 1, max: 3 }),
    read: faults ? rarely(someReadFault, 6).map((fault) => fault) : fc.constant(null),
    faults: faults ? fc.array(someCallFault, { maxLength: 3 }) : fc.constant([]),
    kills: kills ? fc.array(someKill, { maxLength: 3 }) : fc.constant([]),
    abandoned: abandons ? fc.boolean() : fc.constant(false),
    restore: restores ? rarely(fc.integer({ min: 1, max: 4 }), 4) : fc.constant(null),
    edit: faults ? rarely(fc.nat({ max: 11 }), 8) : fc.constant(null),
  });
  return fc.record<History>({
    choice: fc.record<Choice>({
      outOfScope: fc.constantFrom('keep', 'deactivate'),
      maxDeactivations: fc.constantFrom('100%', '100%', '100%', '1'),
      existingStaff: fc.constantFrom('skip', 'send'),
      ...(clerk && { limits: fc.constantFrom('open' as const, 'shipped' as const) }),
    }),
    people: fc.integer({ min: 2, max: 8 }),
    existing: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
    nights: fc.array(night, { minLength: 3, maxLength: 9 }),
    hostile: fc.constant(clerk),
  });
}
