import { countAbsence } from '../../core/absence.js';
import { type Change, isEnding } from '../../core/change.js';
import { count } from '../../core/count.js';
import { sayMinute } from '../../core/instant.js';
import type { Policy } from '../../core/policy.js';
import type { Standing } from '../../core/standing.js';
import type { Rehearsed } from './rehearse.js';
import type { Remembered } from './remembered.js';

/** The answer in one sentence, of which the person is the subject, and in one word for programs. */
export interface Verdict {
  readonly kind:
    | 'in_step'
    | 'change'
    | 'held_back'
    | 'waits'
    | 'skipped'
    | 'ended'
    | 'kept'
    | 'missing'
    | 'overdue'
    | 'failing'
    | 'uncertain'
    | 'under_way'
    | 'has_account'
    | 'no_account';
  readonly sentence: string;
}

/** How the two systems are called. */
export interface Titles {
  readonly source: string;
  readonly target: string;
}

const DOES: Readonly<Record<Change['kind'], string>> = {
  create: 'makes the account',
  update: 'updates it',
  adopt: 'adopts an account that exists',
  reactivate: 'reactivates it',
  deactivate: 'deactivates it',
  delete: 'deletes it',
  invite: 'sends the invitation',
};

/** What a dry run for this person comes to, as a sentence. */
export function verdictOfRun(run: Rehearsed, standing: Standing | null, state: Remembered, titles: Titles): Verdict {
  const { changes, skips, scheduled } = run;
  const [first] = changes;
  const [skip] = skips;
  if (first !== undefined) {
    const mail = first.kind === 'create' ? (first.invites ? ' and has the invitation mailed' : '') : '';
    const refused = run.refused ? '; safety would refuse that run' : '';
    if (first.heldBack !== undefined) {
      const held = `${first.error}, or the next import would do it (${first.kind}: ${first.because})`;
      return { kind: 'held_back', sentence: `${sayAccount(state, titles)}; ${held}` };
    }
    return {
      kind: 'change',
      sentence: `${sayAccount(state, titles)}; the next import ${DOES[first.kind]}${mail}: ${first.because}${wait(state, first)}${refused}`,
    };
  }
  if (skip !== undefined) {
    return { kind: 'skipped', sentence: `${sayAccount(state, titles)} and is left alone: ${skip.message}` };
  }
  const invitation = scheduled.find(({ kind }) => kind === 'invite');
  if (invitation !== undefined) {
    const when = `it is made on ${invitation.on}, with the invitation`;
    return { kind: 'waits', sentence: `has no account in ${titles.target} yet: ${when}` };
  }
  return settled(standing, state, titles, scheduled.find(({ kind }) => kind === 'deactivate')?.on ?? null);
}

function settled(standing: Standing | null, state: Remembered, titles: Titles, leavesOn: string | null): Verdict {
  const account = sayAccount(state, titles);
  const active = state.snapshot?.state === 'active';
  switch (standing?.kind) {
    case 'wanted':
      return { kind: 'in_step', sentence: `${account}, in step with ${titles.source}${leaving(leavesOn)}` };
    case 'ends':
      return active
        ? { kind: 'kept', sentence: `${account}, which deactivation.action: none keeps open: ${standing.because}` }
        : { kind: 'ended', sentence: `${account}, as it should be: ${standing.because}` };
    case 'left_alone':
      return { kind: 'kept', sentence: `${account}; has left, but not in a way that deactivation.when lists` };
    default:
      return { kind: 'no_account', sentence: `${account}, and nothing is planned` };
  }
}

/** What the state says of somebody whom HR does not show. */
export function verdictOfMissing(state: Remembered, policy: Policy, titles: Titles): Verdict {
  const account = sayAccount(state, titles);
  const { missing, action } = policy.deactivation;
  const away = `is not in ${titles.source}; ${account}`;
  if (state.snapshot?.state !== 'active') return { kind: 'missing', sentence: away };
  const next = countAbsence(state.snapshot, policy.today, missing);
  if (missing === null) return { kind: 'missing', sentence: `${away}, kept because deactivation.missing is never` };
  if (next.gone && action !== 'none') {
    return { kind: 'missing', sentence: `${away}; the next complete import ${DOES[action]}: ${next.because}` };
  }
  const patience = `${count(missing.afterRuns, 'complete read')} and ${count(missing.afterDays, 'day')}`;
  const kept = action === 'none' ? 'which deactivation.action: none keeps open' : `kept until missing for ${patience}`;
  return { kind: 'missing', sentence: `${away}, ${kept} (${count(state.snapshot.missingRuns, 'read')} so far)` };
}

/** What the state alone says. */
export function verdictOfState(state: Remembered, titles: Titles): Verdict {
  const { snapshot, scheduled, invitations, failure, overdue, skips, history } = state;
  const account = sayAccount(state, titles);
  if (overdue !== null) {
    const { since, because, why } = overdue;
    const open = `open although it should have ended on ${since} (${because})`;
    return {
      kind: 'overdue',
      sentence: `${account}, ${open}: ${why ?? 'no run has come to it'}; the next run tries again`,
    };
  }
  if (failure !== null) {
    const what = `${failure.kind} failed ${failure.attempts === 1 ? 'once' : `${failure.attempts} times`}`;
    return {
      kind: 'failing',
      sentence: `${account}: ${what} and is tried again after ${sayMinute(failure.retryAt)}: ${failure.error}`,
    };
  }
  const open = history.findLast(({ outcome }) => outcome === null || outcome === 'uncertain');
  if (open !== undefined && open.run === state.live?.run) {
    return { kind: 'under_way', sentence: `${account}: the ${open.kind} of run ${open.run} is under way` };
  }
  if (open !== undefined) {
    const what = `whether the ${open.kind} of run ${open.run} was done is not known; the next run asks ${titles.target}`;
    return { kind: 'uncertain', sentence: `${account}: ${what}` };
  }
  const [skip] = skips;
  if (skip !== undefined) {
    return { kind: 'skipped', sentence: `${account} and was left alone by run ${skip.run}: ${skip.message}` };
  }
  if (snapshot?.state === 'active') {
    const away =
      snapshot.missingRuns > 0
        ? `; missing from ${count(snapshot.missingRuns, 'complete read')} since ${snapshot.missingSince}`
        : '';
    const leaves = scheduled.find(({ kind }) => kind === 'deactivate')?.on ?? null;
    return { kind: 'has_account', sentence: `${account}${leaving(leaves)}${away}` };
  }
  const waiting = scheduled.find(({ kind }) => kind === 'invite');
  if (waiting !== undefined) {
    return { kind: 'waits', sentence: `${account} yet: it is made on ${waiting.on}, with the invitation` };
  }
  const because = history.at(-1)?.because ?? invitations.at(-1)?.because ?? 'nothing is planned';
  return { kind: snapshot === null ? 'no_account' : 'ended', sentence: `${account}: ${because}` };
}

function sayAccount({ snapshot }: Remembered, { target }: Titles): string {
  if (snapshot === null) return `has no account in ${target}`;
  return `has ${snapshot.state === 'active' ? 'account' : `a ${snapshot.state} account`} ${snapshot.accountId} in ${target}`;
}

function leaving(day: string | null): string {
  return day === null ? '' : `, until it ends on ${day}`;
}

// A run for one person tries again at once; the nightly one waits, but never with an ending.
function wait({ failure, overdue }: Remembered, { kind }: Pick<Change, 'kind'>): string {
  if (isEnding(kind))
    return overdue === null ? '' : `, overdue since ${overdue.since}${overdue.why ? ` (${overdue.why})` : ''}`;
  if (failure === null || isEnding(failure.kind)) return '';
  return ` (it failed before, so import-all waits until ${sayMinute(failure.retryAt)}: ${failure.error})`;
}
