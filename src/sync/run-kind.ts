import type { Decision } from '../core/decide.js';
import { type EmployeeReference, isAmong } from '../core/employee.js';
import type { Repair } from './verify/repair.js';

/** Employee ids or e-mail addresses, as they were typed; empty: everybody. */
type Persons = readonly string[];

/** Whom a run between nights reads. What follows from absence is never concluded from such a read. */
export interface PartialReads {
  /** Everybody who changed since the last read, who is due by the calendar, or with whom something was left undone. */
  readonly changed: boolean;
  /** These people besides. */
  readonly ids: readonly string[];
  /** Of those, people whom the HR system itself said to be deleted: gone, if it has them no longer when asked. */
  readonly deleted: ReadonlySet<string>;
  /** When the last read of everybody is older than this, in ms, `changed` reads everybody. */
  readonly fullEvery: number;
}

/** What a run is for: whom it concerns, and what only this kind needs to know. */
export type RunKind =
  /** `import-all`. */
  | { readonly name: 'night' }
  /** `import-all --only`: everybody is read, these people are written. */
  | { readonly name: 'people'; readonly only: Persons }
  /** `sync`, and what a webhook asks for. */
  | { readonly name: 'between_nights'; readonly reads: PartialReads; readonly only: Persons }
  /** `invite --due`. */
  | { readonly name: 'invitations' }
  /** `invite send`: these people now, whatever the calendar says. */
  | { readonly name: 'invite_now'; readonly only: Persons }
  /** `revert`: the journal is read in place of HR. */
  | { readonly name: 'reversal'; readonly run: number; readonly only: Persons }
  /** `verify --repair`: these employee ids alone; they need not be in HR any more. */
  | { readonly name: 'repair'; readonly among: ReadonlySet<string>; readonly repair: Repair };

/** What runs of one kind may do. */
interface KindRules {
  /** Whether it concerns everybody, unless people are named. */
  readonly forEverybody: boolean;
  /** Which of the planned changes it makes. */
  readonly makes: 'all' | 'invitations' | 'reversals';
  /** Whether it links an account that exists to a person without one: for that it must have read everybody. */
  readonly adopts: boolean;
  /**
   * Whether it does the work of a night: deletes accounts whose time has come, compares the LMS with the snapshot, refuses
   * an export that did not change.
   */
  readonly nightly: boolean;
  /** Whether it shares its limits with the other runs of this sort in the last 24 hours. */
  readonly sharesLimits: boolean;
}

const RULES: Readonly<Record<RunKind['name'], KindRules>> = {
  night: { forEverybody: true, makes: 'all', adopts: true, nightly: true, sharesLimits: false },
  people: { forEverybody: false, makes: 'all', adopts: true, nightly: false, sharesLimits: false },
  between_nights: { forEverybody: true, makes: 'all', adopts: false, nightly: false, sharesLimits: true },
  invitations: { forEverybody: true, makes: 'invitations', adopts: true, nightly: false, sharesLimits: false },
  invite_now: { forEverybody: false, makes: 'invitations', adopts: true, nightly: false, sharesLimits: false },
  reversal: { forEverybody: false, makes: 'reversals', adopts: false, nightly: false, sharesLimits: true },
  repair: { forEverybody: false, makes: 'all', adopts: true, nightly: false, sharesLimits: false },
};

/** What runs of this kind may do. */
export function rulesOf({ name }: RunKind): KindRules {
  return RULES[name];
}

/** The kind of an `import-all`: a night, or a run for the people who are named. */
export function importOf(only: Persons): RunKind {
  return only.length === 0 ? { name: 'night' } : { name: 'people', only };
}

/** The people whom the run names; empty: none in particular. */
export function namedIn(kind: RunKind): Persons {
  return 'only' in kind ? kind.only : [];
}

/** What the run repairs, where it repairs drift. */
export function repairOf(kind: RunKind): Repair | undefined {
  return kind.name === 'repair' ? kind.repair : undefined;
}

/** The number of the run that is taken back, where one is. */
export function revertedBy(kind: RunKind): number | undefined {
  return kind.name === 'reversal' ? kind.run : undefined;
}

/** Whom the run reads, where that need not be everybody. */
export function readsOf(kind: RunKind): PartialReads | undefined {
  return kind.name === 'between_nights' ? kind.reads : undefined;
}

/** Whether a run concerns this person. */
export function isChosen(kind: RunKind, person: EmployeeReference): boolean {
  return (kind.name !== 'repair' || kind.among.has(person.id)) && isAmong(person, namedIn(kind));
}

/** Whether this person is to be invited now, whatever the calendar says. */
export function isInvitedNow(kind: RunKind, person: EmployeeReference): boolean {
  return kind.name === 'invite_now' && isAmong(person, kind.only);
}

/** Whether a run carries out what was decided about this person. */
export function isForRun(kind: RunKind, person: EmployeeReference, decision: Decision): boolean {
  return isChosen(kind, person) && (rulesOf(kind).makes !== 'invitations' || invites(decision));
}

/** Whether a decision sends an invitation, or keeps one for later. */
export function invites(decision: Decision): boolean {
  return (
    decision.action === 'hold' ||
    (decision.action === 'create' && decision.invitation.action === 'send') ||
    (decision.action === 'reactivate' && decision.invitation !== null) ||
    (decision.action === 'compare' && (decision.invitation ?? null) !== null)
  );
}

/** Whether a run concerns everybody. */
export function isForEverybody(kind: RunKind): boolean {
  return rulesOf(kind).forEverybody && namedIn(kind).length === 0;
}

/** Whether a run makes every change that is planned for everybody. */
export function isWhole(kind: RunKind): boolean {
  return isForEverybody(kind) && rulesOf(kind).makes === 'all';
}
