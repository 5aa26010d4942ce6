import { EXTERNAL_ID, type Snapshot, UNKNOWN } from './account.js';
import type { Change, ChangeKind, FieldChange } from './change.js';
import type { Drift } from './drift.js';
import { meansTheSame } from './meaning.js';
import { isEmpty, type Value } from './value.js';

/** One attempt of the past to change somebody's account, as the journal keeps it; `outcome` null: nobody knows. */
export interface Attempt extends Pick<Change, 'kind' | 'account' | 'fields' | 'because'> {
  readonly id: number;
  readonly run: number;
  readonly outcome: 'done' | 'failed' | 'uncertain' | null;
}

/** What a run did to one person, and how things stand now. */
export interface Past {
  /** The run that is to be reverted. */
  readonly run: number;
  /** Everything that was ever tried with this person, oldest first. */
  readonly attempts: readonly Attempt[];
  readonly snapshot: Snapshot | null;
  /** How the LMS differs from the snapshot, where it was asked and does. */
  readonly drift: Drift | null;
  /** Whether the mapping still manages a field. */
  readonly isManaged: (field: string) => boolean;
}

/** Why something stays as the run left it: it was changed since, or there is no way back. */
export interface LeftAsIs {
  readonly reason: 'changed_since' | 'not_revertible';
  readonly message: string;
}

/** What brings one person's account back to what it was before a run, as far as that can be. */
export interface Reversal {
  readonly change: 'deactivate' | 'reactivate' | 'update' | null;
  /** The fields of an update, with what they are now and what they were. */
  readonly fields: Readonly<Record<string, FieldChange>>;
  readonly because: string;
  readonly left: readonly LeftAsIs[];
}

const OPENS: readonly ChangeKind[] = ['create', 'reactivate'];
const MOVES: readonly ChangeKind[] = [...OPENS, 'deactivate', 'delete'];

/**
 * Tells how to take back what a run did to one person. Only what stands now as the run left it is taken back: what a later
 * run or a person has changed since is theirs. What is as it was before already is nothing to do, so that a reversal which
 * broke off can be made again. An account that the run made ends; nothing is ever deleted.
 */
export function reversalOf(past: Past): Reversal {
  const own = past.attempts.filter(({ run }) => run === past.run);
  const open = own.find(({ outcome }) => outcome === null || outcome === 'uncertain');
  if (open !== undefined)
    return stays('not_revertible', `nobody knows yet whether the LMS has the ${open.kind}: the next run asks it first`);
  // An attempt that failed may have been carried out in part; what stands now tells.
  const move = own.findLast(({ kind, account }) => MOVES.includes(kind) && account !== null);
  if (move === undefined) return restore(past, own);
  if (move.kind === 'delete') {
    if (move.outcome !== 'done') return NOTHING;
    return stays('not_revertible', `account ${move.account} was deleted, and there is no way back`);
  }
  return move.kind === 'deactivate' ? reopen(past, move) : end(past, move);
}

const NOTHING: Reversal = { change: null, fields: {}, because: '', left: [] };

function stays(reason: LeftAsIs['reason'], message: string): Reversal {
  return { ...NOTHING, left: [{ reason, message }] };
}

function end({ run, snapshot, drift, attempts }: Past, move: Attempt): Reversal {
  if (snapshot === null) return stays('changed_since', `nobody is linked to account ${move.account} any more`);
  if (snapshot.state === 'deactivated' || snapshot.state === 'deleted') return NOTHING;
  const later = attempts.find((one) => isLater(one, move) && MOVES.includes(one.kind));
  if (later !== undefined) return stays('changed_since', `run ${later.run} has opened or ended an account since`);
  if (drift?.kind === 'gone' || drift?.kind === 'deactivated')
    return stays('changed_since', `somebody ended account ${snapshot.accountId} in the LMS by hand`);
  const what = move.kind === 'create' ? 'made' : 'opened';
  return { ...NOTHING, change: 'deactivate', because: `${reverts(run)}, which ${what} the account` };
}

function reopen(past: Past, move: Attempt): Reversal {
  const { run, snapshot, drift, attempts } = past;
  if (snapshot === null) return stays('changed_since', `nobody is linked to account ${move.account} any more`);
  if (snapshot.state === 'active' || snapshot.state === 'pending') return complete(past, move);
  if (snapshot.state === 'deleted' || drift?.kind === 'gone')
    return stays('not_revertible', `the LMS has no account ${move.account} any more, and there is no way back`);
  const later = attempts.find((one) => isLater(one, move) && MOVES.includes(one.kind));
  if (later !== undefined) return stays('changed_since', `run ${later.run} has opened or ended the account since`);
  if (drift?.kind === 'active')
    return stays('changed_since', `somebody opened account ${snapshot.accountId} in the LMS by hand`);
  const fields = begunFields(past, move, snapshot);
  return { ...NOTHING, change: 'reactivate', fields, because: `${reverts(run)}, which ended the account` };
}

// To open an account and to write it may be two requests, and an earlier reversal may have come to the first one only.
function complete(past: Past, move: Attempt): Reversal {
  const { run, snapshot, drift, attempts } = past;
  const begun = begunSince(past, move).findLast(({ kind }) => kind === 'reactivate');
  if (snapshot?.state !== 'active' || begun === undefined || drift !== null) return NOTHING;
  if (attempts.some((one) => isLater(one, begun))) return NOTHING;
  const fields = begunFields(past, move, snapshot);
  return Object.keys(fields).length === 0 ? NOTHING : { ...NOTHING, change: 'update', fields, because: reverts(run) };
}

// After an attempt that broke off, the snapshot holds what the LMS showed: what it was before stands in that attempt.
function begunFields(past: Past, move: Attempt, snapshot: Snapshot): Readonly<Record<string, FieldChange>> {
  const fields = new Map<string, FieldChange>();
  for (const { kind, fields: intended } of begunSince(past, move)) {
    if (kind !== 'reactivate') continue;
    for (const [field, { after }] of Object.entries(intended)) {
      const now = heldIn(snapshot, field);
      if (meansTheSame(field, now, after)) fields.delete(field);
      else fields.set(field, { before: now, after });
    }
  }
  return Object.fromEntries(fields);
}

function reverts(run: number): string {
  return `reverts run ${run}`;
}

/** Earlier attempts to take this run back that did not come to their end: by what they say of themselves. */
function begunSince({ run, attempts }: Past, own: Attempt): readonly Attempt[] {
  const isOurs = ({ because }: Attempt) => because === reverts(run) || because.startsWith(`${reverts(run)},`);
  return attempts.filter((one) => one.id > own.id && one.outcome === 'failed' && isOurs(one));
}

function restore(past: Past, own: readonly Attempt[]): Reversal {
  const { run, snapshot, drift } = past;
  const moved = [...netOf(own)].filter(([field, { before }]) => !meansTheSame(field, heldIn(snapshot, field), before));
  if (moved.length === 0) return NOTHING;
  if (snapshot === null) return stays('changed_since', 'nobody is linked to the account any more');
  if (own.some(({ account }) => account !== null && account !== snapshot.accountId))
    return stays('changed_since', 'another account was linked since');
  if (snapshot.state !== 'active' || drift?.kind === 'gone' || drift?.kind === 'deactivated')
    return stays('changed_since', 'the account has ended since');
  const fields: [string, FieldChange][] = [];
  const reasons = new Map<string, { readonly reason: LeftAsIs['reason']; readonly fields: string[] }>();
  for (const [field, change] of moved) {
    const now = heldIn(snapshot, field);
    const why = whyLeft(past, field, change, now);
    if (why === null) fields.push([field, { before: now, after: change.before }]);
    else {
      const group = reasons.get(why.message) ?? { reason: why.reason, fields: [] };
      reasons.set(why.message, group);
      group.fields.push(field);
    }
  }
  return {
    change: fields.length > 0 ? 'update' : null,
    fields: Object.fromEntries(fields),
    because: reverts(run),
    left: [...reasons].map(([message, group]) => ({
      reason: group.reason,
      message: `${group.fields.join(', ')}: ${message}`,
    })),
  };
}

/** What a run came to for one field: what it was before, what it was after, and what wrote it first and last. */
interface Net extends FieldChange {
  readonly first: Attempt;
  readonly last: Attempt;
}

// By the employee id hrsync finds an account again, so that one is never taken back.
function netOf(own: readonly Attempt[]): ReadonlyMap<string, Net> {
  const net = new Map<string, Net>();
  for (const last of own) {
    for (const [field, { before, after }] of Object.entries(last.fields)) {
      if (field === EXTERNAL_ID) continue;
      const known = net.get(field) ?? { before, first: last };
      net.set(field, { before: known.before, after, first: known.first, last });
    }
  }
  return net;
}

function heldIn(snapshot: Snapshot | null, field: string): Value {
  if (snapshot === null || !Object.hasOwn(snapshot.fields, field)) return UNKNOWN;
  return snapshot.fields[field] ?? null;
}

function whyLeft(past: Past, field: string, { before, after, first, last }: Net, now: Value): LeftAsIs | null {
  const later = past.attempts.findLast((one) => isLater(one, last) && Object.hasOwn(one.fields, field));
  if (later !== undefined) return { reason: 'changed_since', message: `run ${later.run} has changed it since` };
  if (Object.hasOwn(past.drift?.fields ?? {}, field))
    return { reason: 'changed_since', message: 'somebody has changed it in the LMS since' };
  if (!past.isManaged(field)) return { reason: 'changed_since', message: 'the mapping does not manage it any more' };
  if (before === UNKNOWN) return { reason: 'not_revertible', message: 'nobody knows what it was before' };
  // An adoption lists what it wrote, and "empty" where nobody could read what was there.
  if (first.kind === 'adopt' && isEmpty(before))
    return { reason: 'not_revertible', message: 'it was empty before, or could not be read' };
  const isBegun = begunSince(past, last).some(({ fields }) => Object.hasOwn(fields, field));
  if (!isBegun && !meansTheSame(field, now, after))
    return { reason: 'changed_since', message: 'it is not what the run wrote any more' };
  return null;
}

function isLater(one: Attempt, than: Attempt): boolean {
  return one.outcome === 'done' && one.id > than.id && one.run !== than.run;
}
