import type { Snapshot } from '../../core/account.js';
import { EXTERNAL_ID, UNKNOWN } from '../../core/account.js';
import type { PlannedChange } from '../../core/change.js';
import { acknowledge } from '../../core/diff.js';
import { wantedEmail } from '../../core/mapping.js';
import { type Fields, isEmpty } from '../../core/value.js';
import type { Invitation } from '../../store/store.js';
import type { AccountDraft, Acknowledged, ManagerAccount, Target } from '../../targets/target.js';
import type { RunContext } from '../context.js';
import { pendingSnapshot } from './pending.js';
import { isUnknownAccount } from './vanished.js';

/** What the LMS acknowledged of one change, ready to be remembered. */
export interface CarriedOut {
  readonly snapshot: Snapshot | null;
  readonly invitation: Invitation | null;
  /** Fields that the LMS did not take over although it answered with success. */
  readonly refused: readonly string[];
}

/** Makes the call that a change stands for. Throws when the LMS does not acknowledge it. */
export async function carryOut(context: RunContext, change: PlannedChange): Promise<CarriedOut> {
  const before = await snapshotBefore(context, change);
  // Whose invitation was accepted in the meantime has an account of another id.
  const invited = before?.state === 'pending' && before.accountId === change.account ? before : null;
  switch (change.kind) {
    case 'deactivate':
      if (invited !== null) return withdraw(context, change, invited);
      return { snapshot: await deactivate(context, change, before), invitation: null, refused: [] };
    case 'delete':
      if (invited !== null) return withdraw(context, change, invited);
      await context.target.delete(accountOf(change));
      return { snapshot: before && gone(before), invitation: null, refused: [] };
    case 'invite':
      await invite(context.target, change);
      return { snapshot: null, invitation: ledgerEntry(context, change), refused: [] };
    case 'create':
    case 'update':
    case 'adopt':
    case 'reactivate':
      return write(context, change, before);
  }
}

async function invite(target: Target, change: PlannedChange): Promise<void> {
  if (target.invite === undefined) throw new Error(`${target.title} mails no invitation to an account that exists`);
  await target.invite(accountOf(change), change.employee.email ?? '');
}

// Somebody whom the LMS does not know any more cannot log in: the account has ended as it should.
async function deactivate(
  { target, reporter }: RunContext,
  change: PlannedChange,
  before: Snapshot | null,
): Promise<Snapshot | null> {
  const account = accountOf(change);
  try {
    await target.deactivate(account);
    return before && { ...before, accountId: account, state: 'deactivated' };
  } catch (error) {
    if (!isUnknownAccount(error) || (await target.get(account)) !== null) throw error;
    reporter.note(`account ${account} of #${change.employee.id} was gone from the LMS already`);
    return before && gone(before);
  }
}

function gone(before: Snapshot): Snapshot {
  return { ...before, state: 'deleted', email: null, fields: {} };
}

async function withdraw(context: RunContext, change: PlannedChange, before: Snapshot): Promise<CarriedOut> {
  const { target, store, now } = context;
  if (target.withdraw === undefined) throw new Error(`${target.title} has pending accounts and cannot withdraw them`);
  await target.withdraw(before.accountId, before.email ?? '');
  const latest = (await store.invitations([change.employee.id])).at(-1);
  const because = 'withdrawn before it was accepted';
  return {
    snapshot: gone(before),
    invitation: latest === undefined ? null : { ...latest, state: 'cancelled', because, at: now().toISOString() },
    refused: [],
  };
}

async function write(context: RunContext, change: PlannedChange, before: Snapshot | null): Promise<CarriedOut> {
  const wanted = change.wanted ?? {};
  const manager = await managerAccount(context, wanted);
  const unknownManager = manager === undefined && typeof wanted['manager'] === 'string' ? wanted['manager'] : null;
  const draft = draftOf(change, wanted, manager, before);
  // What an account held when it was linked is not known to be ours.
  const known = change.kind === 'adopt' ? {} : readBefore(change);
  const answer = await send(context.target, change, { ...draft, before: known });
  if (answer.pending === true) {
    return {
      snapshot: pendingSnapshot(change, answer.accountId, wantedEmail(wanted)),
      invitation: ledgerEntry(context, change),
      refused: [],
    };
  }
  const sent = sentBy(change, wanted);
  const written = unknownManager === null ? sent : { ...sent, manager: before?.fields['manager'] ?? null };
  const managed = managedOnly(context, { ...before?.fields, ...readBefore(change) });
  const fields = withUnknown(acknowledge(managed, written, answer.refused), answer.refused);
  const email = fields['email'];
  return {
    snapshot: {
      employeeId: change.employee.id,
      accountId: answer.accountId,
      // An account that steps aside for an address, before it is opened again, is not open yet.
      state: change.kind === 'update' ? (before?.state ?? 'active') : change.closed ? 'deactivated' : 'active',
      name: change.employee.name,
      email: typeof email === 'string' && email !== UNKNOWN ? email : null,
      fields,
      hash: answer.refused.length > 0 ? null : change.hash,
      awaitingManager: unknownManager ?? change.awaitingManager,
      startDate: change.startDate,
      linkedByHand: change.takesOverFrom === null && before?.linkedByHand === true,
      // A person written in passing, such as a report whose manager leaves, may be missing; people who came back were noted.
      missingSince: change.kind === 'update' ? (before?.missingSince ?? null) : null,
      missingRuns: change.kind === 'update' ? (before?.missingRuns ?? 0) : 0,
    },
    invitation: change.invitation !== null ? ledgerEntry(context, change) : null,
    refused: answer.refused,
  };
}

function send(target: Target, change: PlannedChange, draft: AccountDraft): Promise<Acknowledged> {
  if (change.kind === 'create') {
    return target.create(draft, { invite: change.invites, ...(change.closed && { closed: true }) });
  }
  if (change.kind === 'reactivate') return target.reactivate(accountOf(change), draft);
  // Nothing to correct: the link alone is new, and the LMS need not be told.
  if (draft.changed.size === 0 && draft.manager === undefined) {
    return Promise.resolve({ accountId: accountOf(change), refused: [] });
  }
  return target.update(accountOf(change), draft);
}

function draftOf(
  change: PlannedChange,
  wanted: Fields,
  manager: ManagerAccount | null | undefined,
  before: Snapshot | null,
): AccountDraft {
  const { manager: _, ...fields } = wanted;
  const whole = change.kind === 'create' || change.kind === 'reactivate';
  const changed = Object.keys(whole ? fields : change.fields).filter((field) => field !== 'manager');
  const touchesManager = whole || 'manager' in change.fields;
  // An account that steps aside for an address, before it is opened again, is closed still.
  const closed = change.kind === 'update' && before?.state === 'deactivated';
  return {
    ...{ fields, changed: new Set(changed), manager: touchesManager ? manager : undefined },
    ...(closed && { closed }),
  };
}

// undefined: the manager's account is not there (its creation failed, say), so the manager is left alone for now.
async function managerAccount(context: RunContext, wanted: Fields): Promise<ManagerAccount | null | undefined> {
  const manager = wanted['manager'];
  if (manager === undefined) return undefined;
  if (typeof manager !== 'string') return null;
  const [snapshot] = await context.store.snapshotsOf([manager]);
  return snapshot?.state === 'active' ? { accountId: snapshot.accountId, email: snapshot.email } : undefined;
}

// A link that is new knows nothing of the account but what was read and what is written now.
async function snapshotBefore({ store }: RunContext, change: PlannedChange): Promise<Snapshot | null> {
  if (change.takesOverFrom !== null) return (await store.snapshotsOf([change.takesOverFrom]))[0] ?? null;
  return (await store.snapshotsOf([change.employee.id]))[0] ?? null;
}

// What planning read of an account that is linked only now, or knew of one that is.
function readBefore(change: PlannedChange): Fields {
  return Object.fromEntries(Object.entries(change.fields).map(([field, { before }]) => [field, before]));
}

// Of an account that is linked only now, what was not sent was found equal, or empty; or nobody could read it.
function sentBy({ kind, fields }: PlannedChange, wanted: Fields): Fields {
  if (kind === 'create' || kind === 'reactivate') return wanted;
  const known = Object.entries(wanted).filter(
    ([field, value]) => field in fields || (kind === 'adopt' && !isEmpty(value)),
  );
  return Object.fromEntries(known);
}

// What was not taken over may stand as it was, or in part: even a wish for nothing must be written then.
function withUnknown(fields: Fields, refused: readonly string[]): Fields {
  const unknown = refused.filter((field) => !Object.hasOwn(fields, field));
  return { ...fields, ...Object.fromEntries(unknown.map((field) => [field, UNKNOWN])) };
}

function managedOnly(context: RunContext, fields: Fields): Fields {
  const managed = new Set([EXTERNAL_ID, ...context.mapping.rules.map((rule) => rule.field)]);
  return Object.fromEntries(Object.entries(fields).filter(([field]) => managed.has(field)));
}

function ledgerEntry(context: RunContext, change: PlannedChange): Invitation {
  return {
    employee: change.employee,
    hire: change.invitation?.hire ?? 1,
    // Where the mail is a request of its own, it is due from the moment that there is an account.
    ...(isMailedLater(context, change)
      ? { state: 'scheduled', due: context.policy.today }
      : { state: change.invites ? 'sent' : 'withheld', due: null }),
    startDate: change.startDate,
    because: change.invitation?.because ?? change.because,
    at: context.now().toISOString(),
  };
}

function isMailedLater({ target }: RunContext, { kind }: PlannedChange): boolean {
  return kind === 'create' && target.capabilities.mails === 'on_request';
}

function accountOf(change: PlannedChange): string {
  if (change.account === null) throw new Error(`a change of kind ${change.kind} without an account`);
  return change.account;
}
