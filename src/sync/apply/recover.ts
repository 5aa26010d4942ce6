import type { Account, Snapshot } from '../../core/account.js';
import { EXTERNAL_ID, INVITE_PREFIX, UNKNOWN } from '../../core/account.js';
import { emailKey } from '../../core/email.js';
import { namesAgree } from '../../core/names.js';
import { placeAmong } from '../../core/place.js';
import { namesOf } from '../../core/touch.js';
import { emptyFields, type Fields, sameValue, type Value } from '../../core/value.js';
import type { OpenIntent, Settlement } from '../../store/store.js';
import type { RunContext } from '../context.js';
import { ShownManagers } from '../manager-address.js';
import { pendingSnapshot } from './pending.js';
import { done, ledgerEntry, notDone } from './recovered.js';
import { vanished } from './vanished.js';

/** What became of an uncertain change once the LMS had been asked. */
export interface Recovered {
  readonly journal: number;
  readonly outcome: Settlement['outcome'];
  readonly error: string | null;
  readonly account: string | null;
  /** Fields that the attempt may have written and that nobody can read back: they are to be written once more. */
  readonly unproven: readonly string[];
}

/**
 * Settles every change of which nobody knows whether the LMS carried it out: by asking the LMS, never by doing it
 * again. What turns out not to have happened is planned anew by the run that follows.
 */
export async function recover(context: RunContext): Promise<readonly Recovered[]> {
  const recovered: Recovered[] = [];
  for (const intent of await context.store.openIntents()) {
    const settlement = await ask(context, intent);
    await context.store.settle([settlement]);
    const { outcome, error, snapshot } = settlement;
    const unproven = Object.keys(snapshot?.fields ?? {}).filter((field) => snapshot?.fields[field] === UNKNOWN);
    recovered.push({ journal: intent.id, outcome, error, account: snapshot?.accountId ?? intent.account, unproven });
    const found =
      unproven.length === 0
        ? 'the LMS has it'
        : 'the LMS has it but does not show all of it; the rest is written once more';
    context.reporter.note(`change ${intent.id} (${intent.kind}) of an earlier attempt: ${error ?? found}`);
  }
  return recovered;
}

async function ask(context: RunContext, intent: OpenIntent): Promise<Settlement> {
  const at = context.now().toISOString();
  switch (intent.kind) {
    case 'create':
      return askForCreated(context, intent, at);
    case 'update':
    case 'adopt':
    case 'reactivate':
      return askForWritten(context, intent, at);
    case 'deactivate':
    case 'delete':
      return askForEnded(context, intent, at);
    case 'link':
    case 'unlink':
    case 'rekey':
      return notDone(intent, at, 'it was not written; do it again by hand');
    case 'invite':
      return {
        ...notDone(intent, at, 'the mail may have been sent; it is not sent again by itself'),
        invitation: ledgerEntry(intent, 'uncertain', at),
      };
  }
}

async function askForCreated(context: RunContext, intent: OpenIntent, at: string): Promise<Settlement> {
  const email = textAfter(intent, 'email');
  const externalId = textAfter(intent, EXTERNAL_ID) ?? intent.employee.id;
  const accounts = await context.target.find([{ externalId, email }]);
  const found = accounts.find((account) => account.externalId === externalId) ?? unmarked(context, intent, accounts);
  const account = found === undefined ? undefined : await wholeOf(context, found);
  if (account === undefined) {
    if (intent.invites && context.target.capabilities.pendingInvites) return askForInvited(context, intent, at);
    return notDone(intent, at, 'the LMS has no such account, so it is made anew');
  }
  const unsent = context.target.capabilities.mails === 'on_request' ? 'scheduled' : 'withheld';
  const invitation = intent.hire === null ? null : ledgerEntry(intent, intent.invites ? 'sent' : unsent, at);
  const shown = await shownBy(context, account, intent.fields['manager']?.after);
  return {
    ...done(intent, at),
    snapshot: readBack(intent, account, shown, null, Object.keys(intent.fields)),
    invitation,
  };
}

// A look-up may show less than there is, and what is not shown would have to be written again.
async function wholeOf({ target }: RunContext, found: Account): Promise<Account> {
  return target.capabilities.listShowsAll ? found : ((await target.get(found.id)) ?? found);
}

/** The account that a creation made which broke off before the employee id was written, or where there are no ids. */
function unmarked({ target }: RunContext, intent: OpenIntent, accounts: readonly Account[]): Account | undefined {
  const { externalId, externalIdFollows = false } = target.capabilities;
  const account = accounts.find((one) => sameAddress(one, textAfter(intent, 'email')));
  if (account === undefined) return undefined;
  // Where there are no ids, an account that was there before is told by what the attempt would never have made.
  if (!externalId) return isForeign(account, intent) ? undefined : account;
  // One that was there before would not bear all that the attempt wrote.
  const bearsAll = Object.entries(intent.fields).every(
    ([field, { after }]) => field === 'email' || field === EXTERNAL_ID || sameIfShown(account, field, after),
  );
  return externalIdFollows && account.externalId === null && bearsAll ? account : undefined;
}

// More rights than were asked for, or nobody's name whom the attempt was for: the next plan holds it to the rules of adoption.
function isForeign(account: Account, { employee, fields }: OpenIntent): boolean {
  if (account.rights?.privileged === true && typeof fields['role']?.after !== 'string') return true;
  const names = ['first_name', 'last_name'].map((field) => fields[field]?.after);
  const written = names.filter((name): name is string => typeof name === 'string');
  return !namesAgree(employee.name === null ? written : [employee.name, ...written], namesOf(account, null));
}

function sameIfShown({ fields }: Account, field: string, value: Value): boolean {
  return !Object.hasOwn(fields, field) || sameValue(fields[field], value);
}

/** What an account shows under our names, the manager as employee; an unknown manager counts as not shown. */
async function shownBy(context: RunContext, account: Account, own: Value | undefined): Promise<Fields> {
  const { manager, ...fields } = account.fields;
  const shown: Fields = { ...fields, email: account.email, [EXTERNAL_ID]: account.externalId };
  if (typeof manager !== 'string') return manager === null ? { ...shown, manager } : shown;
  const employee = (await ShownManagers.of(context, [manager])).employeeFor(manager, own);
  return employee === undefined ? shown : { ...shown, manager: employee };
}

// An invitation leaves no account behind. Where the LMS does not show invitations either, whoever may have one waits for
// it: nobody is invited twice on a guess.
async function askForInvited({ target }: RunContext, intent: OpenIntent, at: string): Promise<Settlement> {
  const email = textAfter(intent, 'email');
  const accountId = email === null ? null : await target.invited?.(email);
  if (accountId === null) return notDone(intent, at, 'the LMS has no such invitation, so it is sent anew');
  if (accountId !== undefined) {
    const invitation = ledgerEntry(intent, 'sent', at);
    return { ...done(intent, at), snapshot: pendingSnapshot(intent, accountId, email), invitation };
  }
  const unknown = `${INVITE_PREFIX}unknown:${intent.employee.id}`;
  const error = `the invitation may have been mailed, so it is not sent again by itself; if it was not, "hrsync invite send ${intent.employee.id}"`;
  return {
    ...notDone(intent, at, error),
    snapshot: pendingSnapshot(intent, unknown, email),
    invitation: ledgerEntry(intent, 'uncertain', at),
  };
}

async function askForWritten(context: RunContext, intent: OpenIntent, at: string): Promise<Settlement> {
  const account = intent.account === null ? null : await context.target.get(intent.account);
  if (account === null) return notDone(intent, at, vanished(intent.account ?? '?'));
  const [linked] = await context.store.snapshotsByAccount([account.id]);
  const mine = linked?.employeeId === intent.employee.id ? linked : null;
  if (mine === null && !bearsKey(account, intent)) return notDone(intent, at, 'the LMS did not take it');
  const written = writtenBy(intent, mine);
  const touched = mine === null ? [...Object.keys(written), ...shownOf(context, account)] : Object.keys(written);
  const snapshot = readBack(intent, account, await shownBy(context, account, written['manager']), mine, touched);
  const unlink = linked !== undefined && mine === null ? linked.employeeId : null;
  const held = Object.entries(written).every(([field, after]) => sameValue(snapshot.fields[field], after));
  const reopened = intent.kind !== 'reactivate' || account.state !== 'deactivated';
  const settlement = held && reopened ? done(intent, at) : notDone(intent, at, 'the LMS took it in part or not at all');
  // Who could come in from then on had their day, whatever else of the account is still to be written.
  const opened = reopened && intent.hire !== null;
  return { ...settlement, snapshot, unlink, invitation: opened ? ledgerEntry(intent, 'sent', at) : null };
}

// A person who was to get an account has their key on it; fields that are not listed stood there before.
function bearsKey({ externalId }: Account, intent: OpenIntent): boolean {
  return externalId !== null && externalId === (textAfter(intent, EXTERNAL_ID) ?? externalId);
}

async function askForEnded(context: RunContext, intent: OpenIntent, at: string): Promise<Settlement> {
  const [snapshot] = await context.store.snapshotsOf([intent.employee.id]);
  // An invitation that is gone and one that the LMS does not show look alike; withdrawing it again does no harm.
  if (snapshot?.state === 'pending' && snapshot.accountId === intent.account) {
    return notDone(intent, at, 'the invitation may be withdrawn already');
  }
  const account = intent.account === null ? null : await context.target.get(intent.account);
  if (account === null && snapshot !== undefined) {
    return { ...done(intent, at), snapshot: { ...snapshot, state: 'deleted', email: null, fields: {}, hash: null } };
  }
  if (intent.kind === 'deactivate' && account?.state === 'deactivated' && snapshot !== undefined) {
    return { ...done(intent, at), snapshot: { ...snapshot, accountId: account.id, state: 'deactivated' } };
  }
  return notDone(intent, at, 'the LMS did not do it');
}

// Of an account that is linked only now, everything that is managed and can be read is new to the state.
function shownOf({ mapping }: RunContext, { fields }: Account): string[] {
  const mapped = mapping.rules.map((rule) => rule.field);
  return [EXTERNAL_ID, ...mapped.filter((field) => field === 'email' || Object.hasOwn(fields, field))];
}

/** What the account holds if the attempt went through. A reactivation writes everything: the LMS may have dropped much. */
function writtenBy(intent: OpenIntent, before: Snapshot | null): Fields {
  const written = Object.assign(emptyFields(), intent.kind === 'reactivate' ? before?.fields : {});
  for (const [field, { after }] of Object.entries(intent.fields)) written[field] = after;
  return written;
}

/** A snapshot that claims only what the LMS shows: what the attempt touched and cannot be read back is unknown. */
function readBack(
  intent: OpenIntent,
  account: Account,
  shown: Fields,
  before: Snapshot | null,
  touched: readonly string[],
): Snapshot {
  const fields = Object.assign(emptyFields(), before?.fields);
  for (const field of touched) {
    const value = shown[field];
    fields[field] = value === undefined ? UNKNOWN : placeAmong(value, intent.fields[field], before?.fields[field]);
  }
  return {
    employeeId: intent.employee.id,
    accountId: account.id,
    state: account.state === 'deactivated' ? 'deactivated' : 'active',
    name: intent.employee.name,
    email: account.email,
    fields,
    hash: null,
    awaitingManager: doubtfulManager(fields, before) ?? before?.awaitingManager ?? null,
    startDate: intent.startDate,
    linkedByHand: before?.linkedByHand ?? false,
    missingSince: before?.missingSince ?? null,
    missingRuns: before?.missingRuns ?? 0,
  };
}

// Whom the account may name still: should that manager's account end, the report must be told once more.
function doubtfulManager(fields: Fields, before: Snapshot | null): string | null {
  const manager = before?.fields['manager'];
  return fields['manager'] === UNKNOWN && typeof manager === 'string' && manager !== UNKNOWN ? manager : null;
}

function textAfter(intent: OpenIntent, field: string): string | null {
  const after = intent.fields[field]?.after;
  return typeof after === 'string' ? after : null;
}

function sameAddress(account: Account, email: string | null): boolean {
  return email !== null && account.email !== null && emailKey(account.email) === emailKey(email);
}
