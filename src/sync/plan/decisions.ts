import type { Snapshot } from '../../core/account.js';
import { isEnding } from '../../core/change.js';
import type { ClaimVerdict } from '../../core/claims.js';
import { type Decision, decide, formerOwner } from '../../core/decide.js';
import { emailKey } from '../../core/email.js';
import type { Match, Sought } from '../../core/match.js';
import type { DeactivationPolicy } from '../../core/policy.js';
import type { HrsyncError } from '../../errors.js';
import type { RunContext } from '../context.js';
import type { CandidateNote, Pulled } from '../read/pulled.js';
import { isChosen, isForRun, rulesOf } from '../run-kind.js';
import { answerOf } from './accounts/answer.js';
import { findExisting, linkedEmployees } from './accounts/existing.js';
import { keepWanted } from './accounts/expired.js';
import { HoldBack } from './accounts/hold-back.js';
import { goneAmong, settleAddresses } from './accounts/holders.js';
import { keyClash } from './accounts/key-clash.js';
import { restingPeople } from './accounts/resting.js';
import { soughtFor } from './accounts/sought.js';
import { candidatesWithState, type WithState } from './with-state.js';

/** What is to be done about one candidate, and what the order of the plan needs to know of their account. */
export interface Draft {
  /** One object for all about whom the same is decided: at a first import that is everybody. */
  readonly decision: Decision;
  /** Whether the run is for this person. */
  readonly isChosen: boolean;
  readonly note: CandidateNote;
  /** The address that the account holds now, as a key. */
  readonly holds: string | null;
  /** Whether the LMS says that the account has more rights than a learner, where it was asked. */
  readonly privileged: boolean;
}

/** What is to be done about everybody, by employee id, and what of the accounts that it concerns is to be told. */
export interface Drafts {
  readonly drafts: Map<string, Draft>;
  readonly unknownRights: number;
  /** Who is given an account for the employee id alone, though its names and its address are others. */
  readonly strangers: readonly string[];
  /** Whose account was to be deleted and is open in the LMS. */
  readonly reopened: readonly string[];
  /** How many people have an account already that only a night may link. */
  readonly waitForNight: number;
  /** Why the LMS could not be asked about some accounts, or null: then nothing but endings can be relied on. */
  readonly unanswered: HrsyncError | null;
  /** Who waits for the next try after a failure, with a sentence that says until when. */
  readonly resting: ReadonlyMap<string, string>;
}

/**
 * Decides about every candidate of a read: first who gets which address, then what to do about those of whom the state tells
 * enough; about the others once the LMS was asked whether they have an account.
 */
export async function decideAll(
  context: RunContext,
  pulled: Pulled,
  candidates: ReadonlyMap<string, CandidateNote>,
): Promise<Drafts> {
  const claims = await settleAddresses(context, pulled, candidates);
  const resting = await restingPeople(context);
  const drafting = new Drafting(context, { pulled, candidates, claims, resting });
  const sought: Sought[] = [];
  for await (const batch of candidatesWithState(context)) {
    for (const one of batch) {
      const who = soughtFor(context, claims, one);
      if (who !== null) sought.push(who);
      if (who === null) await drafting.decide(one, NOTHING_FOUND);
      else drafting.keepPlace(one);
    }
  }
  const unanswered = await decideSought(context, sought, drafting);
  return { ...(await drafting.result(unanswered)), resting };
}

/** What the LMS said of somebody; `isUnclear` where it could not be asked. */
interface Found {
  readonly match: Match;
  /** Whose account it is by our own state. */
  readonly owner: string | undefined;
  readonly isOwnerGone: boolean;
  readonly isUnclear: boolean;
}

const NO_MATCH: Match = { outcome: 'none' };
const NOTHING_FOUND: Found = { match: NO_MATCH, owner: undefined, isOwnerGone: false, isUnclear: false };

async function decideSought(
  context: RunContext,
  sought: readonly Sought[],
  drafting: Drafting,
): Promise<HrsyncError | null> {
  const { answer, unanswered } = await answerOf(() => findExisting(context, sought));
  const matches = answer ?? new Map<string, Match>();
  const accounts = [...matches.values()].flatMap((match) => (match.outcome === 'found' ? [match.account.id] : []));
  const links = await linkedEmployees(context, accounts);
  const gone = await drafting.goneAmong([...links.values()]);
  const ids = new Set(sought.map(({ employeeId }) => employeeId));
  if (ids.size === 0) return unanswered;
  for await (const batch of candidatesWithState(context, ids)) {
    for (const one of batch) {
      const match = matches.get(one.candidate.employee.id) ?? NO_MATCH;
      const owner = match.outcome === 'found' ? links.get(match.account.id) : undefined;
      const isOwnerGone = owner !== undefined && gone.has(owner);
      await drafting.decide(one, { match, owner, isOwnerGone, isUnclear: answer === null });
    }
  }
  return unanswered;
}

/** What decisions rest on, besides what is known of each person. */
interface Grounds {
  readonly pulled: Pulled;
  readonly candidates: ReadonlyMap<string, CandidateNote>;
  readonly claims: ReadonlyMap<string, ClaimVerdict>;
  readonly resting: ReadonlyMap<string, string>;
}

class Drafting {
  readonly #drafts = new Map<string, Draft>();
  readonly #decisions = new Map<string, Decision>();
  readonly #holdBack: HoldBack;
  readonly #endings: DeactivationPolicy;
  #waitForNight = 0;

  constructor(
    private readonly context: RunContext,
    private readonly grounds: Grounds,
  ) {
    this.#holdBack = new HoldBack(context);
    this.#endings = endingsOf(context);
  }

  goneAmong(employeeIds: readonly string[]): Promise<ReadonlySet<string>> {
    return goneAmong(this.context, this.grounds.pulled, this.grounds.candidates, employeeIds);
  }

  /** Keeps somebody's place among the drafts until they are decided about: the order of a plan may hang on it. */
  keepPlace(one: WithState): void {
    this.#put(one, { action: 'nothing' });
  }

  async decide(one: WithState, found: Found): Promise<void> {
    const { context } = this;
    const { employee } = one.candidate;
    const decided = keyClash(context, this.grounds.pulled, one.candidate, one.snapshot) ?? this.#decision(one, found);
    const waits = adoptsNothing(context, decided, one.snapshot);
    if (waits) this.#waitForNight += 1;
    const isUnclear = found.isUnclear && !isEnding(decided.action);
    const decision: Decision = waits || isUnclear ? { action: 'nothing' } : decided;
    const from = formerOwner(decision);
    const [former = null] = from === null ? [] : await context.store.snapshotsOf([from]);
    // Who rests after a failure is not written, so their account need not be asked about; an ending never rests.
    const isWritten = isEnding(decision.action) || !this.grounds.resting.has(employee.id);
    if (isWritten && isForRun(context.options.kind, employee, decision))
      this.#holdBack.add(one.candidate, decision, former ?? one.snapshot);
    this.#put(one, decision);
  }

  async result(unanswered: HrsyncError | null): Promise<Omit<Drafts, 'resting'>> {
    const drafts = this.#drafts;
    for (const [id, held] of await this.#holdBack.judge()) {
      const draft = drafts.get(id);
      if (draft !== undefined) drafts.set(id, { ...draft, ...held });
    }
    keepWanted(drafts);
    const { unknownRights, strangers, reopened } = this.#holdBack;
    const whyUnanswered = unanswered ?? this.#holdBack.unanswered;
    return {
      drafts,
      unknownRights,
      strangers,
      reopened,
      waitForNight: this.#waitForNight,
      unanswered: whyUnanswered,
    };
  }

  #decision({ candidate, snapshot, ...state }: WithState, { match: found, owner, isOwnerGone }: Found): Decision {
    const { candidates, claims } = this.grounds;
    const { employee, standing } = candidate;
    const match = owner !== undefined && freesAddress(owner, found, candidates, claims) ? NO_MATCH : found;
    const linkedTo = match.outcome === 'found' && owner !== undefined ? { employeeId: owner, gone: isOwnerGone } : null;
    return decide(
      {
        employee,
        standing,
        snapshot,
        claim: claims.get(employee.id) ?? null,
        match,
        linkedTo,
        invitation: state.invitation,
        opensLater: this.context.target.capabilities.opensLater === true,
        awaitsOpening: state.awaitsOpening,
        mailing: state.mailing,
        invitesAgain: state.invitesAgain,
      },
      this.#endings,
    );
  }

  #put({ candidate: { employee, standing }, snapshot }: WithState, decision: Decision): void {
    this.#drafts.set(employee.id, {
      decision: this.#shared(decision),
      privileged: false,
      isChosen: isChosen(this.context.options.kind, employee),
      note: this.grounds.candidates.get(employee.id) ?? { kind: standing.kind, emailKey: null, manager: null },
      holds: snapshot?.email ? emailKey(snapshot.email) : null,
    });
  }

  // What concerns one person alone is not looked for again.
  #shared(decision: Decision): Decision {
    if (decision.action === 'skip') return decision;
    const key = JSON.stringify(decision);
    const known = this.#decisions.get(key);
    if (known !== undefined) return known;
    if (this.#decisions.size < MOST_SHARED) this.#decisions.set(key, decision);
    return decision;
  }
}

/** So many different decisions are kept to be shared; where there are more, they are about single people. */
const MOST_SHARED = 1_000;

function endingsOf({ policy: { deactivation }, target }: RunContext): DeactivationPolicy {
  const onlyDeletes = target.capabilities.endsBy === 'deletion' && deactivation.action === 'deactivate';
  return onlyDeletes ? { ...deactivation, action: 'delete' } : deactivation;
}

// A run between nights sees a part of HR, and the rest may decide whose account it is. A person who accepted our own
// invitation is an exception.
function adoptsNothing({ options }: RunContext, { action }: Decision, snapshot: Snapshot | null): boolean {
  return !rulesOf(options.kind).adopts && snapshot === null && (action === 'adopt' || action === 'take_over');
}

// Whose account was found by an address that they give up in this plan: the address is free when its turn comes.
function freesAddress(
  owner: string,
  match: Match,
  candidates: ReadonlyMap<string, CandidateNote>,
  claims: ReadonlyMap<string, ClaimVerdict>,
): boolean {
  const note = candidates.get(owner);
  if (match.outcome !== 'found' || match.by !== 'email' || note?.kind !== 'wanted' || claims.has(owner)) return false;
  return match.account.email !== null && note.emailKey !== emailKey(match.account.email);
}
