import { type Account, EXTERNAL_ID, lastManager, type Snapshot } from '../../core/account.js';
import type { FieldChange, PlannedChange } from '../../core/change.js';
import type { Decision, Mailing } from '../../core/decide.js';
import { creationFields, diffFields, sayChanged } from '../../core/diff.js';
import { type Mails, mailsReturns } from '../../core/invitation.js';
import type { Candidate } from '../../core/standing.js';
import type { Fields, Value } from '../../core/value.js';

/** Whom a change is for. */
type Whom = Pick<Candidate, 'employee' | 'startDate' | 'hash'>;

/** What the change of one person is made of, besides the decision. */
export interface ChangeParts {
  readonly candidate: Whom;
  readonly stage: number;
  /** The linked account, or the one that is taken over. */
  readonly snapshot: Snapshot | null;
  /** The wanted fields with the manager as they can be written now. */
  readonly wanted: Fields;
  readonly awaitingManager: string | null;
  readonly onlyAtCreation: readonly string[];
  readonly mails: Mails;
}

/** The change that carries a decision out, or null when the account is in step already. */
export function makeChange(decision: Decision, parts: ChangeParts): PlannedChange | null {
  switch (decision.action) {
    case 'create':
      return create(decision, parts);
    case 'adopt':
      return adopt(decision, parts);
    case 'take_over':
      return takeOver(decision, parts);
    case 'compare':
      return update(parts);
    case 'reactivate':
      return {
        ...existing('reactivate', parts, accountOf(parts)),
        because: decision.because,
        invites: decision.invitation !== null || mailsReturns(parts.mails),
        invitation: decision.invitation,
      };
    case 'deactivate':
    case 'delete': {
      const change = { ...bare(decision.action, parts), because: decision.because };
      return decision.account === null ? change : { ...change, account: decision.account.id };
    }
    case 'hold':
    case 'wait':
    case 'skip':
    case 'nothing':
      return null;
  }
}

const NOTHING_ELSE = { onlyAtCreation: [], mails: 'never' } as const;

/** Moves an account to an address of nobody's, so that a circle of addresses can be walked. */
export function makeParking(snapshot: Snapshot, candidate: Whom): PlannedChange | null {
  const at = snapshot.email?.lastIndexOf('@') ?? -1;
  if (snapshot.email === null || at < 0) return null;
  const parking = `hrsync-moving-${snapshot.accountId.toLowerCase().replace(/[^a-z0-9]/g, '')}${snapshot.email.slice(at)}`;
  const parts = { candidate, stage: 0, snapshot, wanted: snapshot.fields, awaitingManager: null, ...NOTHING_ELSE };
  return {
    ...bare('update', parts),
    fields: { email: { before: snapshot.email, after: parking } },
    wanted: { ...snapshot.fields, email: parking },
    because: 'addresses go round in a circle, so this one steps aside first',
    awaitingManager: snapshot.awaitingManager,
    // Half-way only: whoever is left here by a run that breaks off must not look in step to the next one.
    hash: null,
  };
}

/** Asks the LMS to mail an invitation to an account that there is, or that an earlier change of the plan makes. */
export function makeInvitation(parts: ChangeParts, { hire, because }: Mailing, stage: number): PlannedChange {
  return { ...bare('invite', parts), invites: true, invitation: { hire, because }, because, stage };
}

/** The invitation that is a request of its own, to the account that a change makes or that there is; null for none. */
export function mailingOf(decision: Decision, { mails }: Pick<ChangeParts, 'mails'>): Mailing | null {
  if (decision.action === 'compare') return decision.invitation ?? null;
  const isOwn = mails === 'on_request' && decision.action === 'create' && decision.closed === null;
  return isOwn && decision.invitation.action === 'send' ? decision.invitation : null;
}

/** Sets the manager of an account made earlier in the same plan, once both exist. */
export function makeManagerPass(change: PlannedChange, manager: string, stage: number): PlannedChange {
  return {
    ...change,
    kind: 'update',
    invites: false,
    invitation: null,
    takesOverFrom: null,
    fields: { manager: { before: null, after: manager } },
    wanted: { ...change.wanted, manager },
    awaitingManager: null,
    because: 'the manager has an account now',
    stage,
  };
}

/** The change for somebody whose manager's account ends in this plan. */
export function makeManagerLoss(snapshot: Snapshot): PlannedChange {
  const manager = lastManager(snapshot);
  const because = `the account of manager #${String(manager)} ends`;
  return { ...ofManager(snapshot, manager, null), because, awaitingManager: String(manager) };
}

/** The change for somebody whose manager moves to another address, where the LMS keeps the address of managers. */
export function makeManagerMove(snapshot: Snapshot, manager: string, stage: number): PlannedChange {
  return { ...ofManager(snapshot, manager, manager), because: whyMoved(manager), stage, needs: manager };
}

/** The update of somebody, or null where nothing else differs, with the manager written again who moves. */
export function withManagerMove(change: PlannedChange | null, parts: ChangeParts, manager: string): PlannedChange {
  const moved = { manager: { before: manager, after: manager } };
  if (change !== null) {
    const because = `${change.because}; ${whyMoved(manager)}`;
    return { ...change, fields: { ...change.fields, ...moved }, because };
  }
  const update = existing('update', parts, accountOf(parts));
  return { ...update, fields: moved, because: whyMoved(manager), needs: manager };
}

function whyMoved(manager: string): string {
  return `manager #${manager} has another e-mail address`;
}

/** Gives somebody the manager back whose account was closed or deleted by hand, and changes nothing else. */
export function makeManagerReturn(snapshot: Snapshot, manager: string, stage: number): PlannedChange {
  const because = `manager #${manager} has an account again`;
  return { ...ofManager(snapshot, snapshot.fields['manager'] ?? null, manager), because, stage, hash: null };
}

/** An update of the manager alone: everything else stays as it was acknowledged. */
function ofManager(snapshot: Snapshot, before: Value, after: Value): PlannedChange {
  const { employeeId: id, email, name, startDate, hash, fields } = snapshot;
  const candidate = { employee: { id, email, name }, startDate, hash };
  const parts = { candidate, stage: 0, snapshot, wanted: fields, awaitingManager: null, ...NOTHING_ELSE };
  return { ...bare('update', parts), fields: { manager: { before, after } }, wanted: { ...fields, manager: after } };
}

/** What of a change concerns the manager, or null; the rest is left to a later run, so the account does not count as in step. */
export function onlyManager(change: PlannedChange, snapshot: Snapshot): PlannedChange | null {
  const manager = change.fields['manager'];
  if (manager === undefined) return null;
  const wanted = { ...snapshot.fields, manager: manager.after };
  return { ...change, fields: { manager }, wanted, hash: null, because: 'manager changed' };
}

function create({ invitation, closed }: Extract<Decision, { action: 'create' }>, parts: ChangeParts): PlannedChange {
  const isMailed = invitation.action === 'send';
  const { hire, because } = invitation;
  const isRecorded = invitation.action === 'withhold' && invitation.recorded;
  // Where the mail is a request of its own, the ledger holds it from here on; who is not mailed has no line there.
  const isOther = parts.mails === 'on_request' && !isMailed;
  return {
    ...bare('create', parts),
    account: null,
    invites: isMailed && parts.mails !== 'on_request',
    fields: creationFields(parts.wanted),
    wanted: parts.wanted,
    ...(closed !== null && { closed: true }),
    because: whyNew(invitation, closed),
    invitation: isRecorded || isOther ? null : { hire, because },
  };
}

function whyNew(
  invitation: Extract<Decision, { action: 'create' }>['invitation'],
  closed: Extract<Decision, { action: 'create' }>['closed'],
): string {
  if (closed !== null) return `new, closed until ${closed.until}: ${closed.because}`;
  return invitation.action === 'send' ? `new; ${invitation.because}` : `new, without invitation: ${invitation.because}`;
}

function update(parts: ChangeParts): PlannedChange | null {
  const change = existing('update', parts, accountOf(parts));
  return Object.keys(change.fields).length === 0 ? null : { ...change, because: sayChanged(change.fields) };
}

function adopt(decision: Extract<Decision, { action: 'adopt' }>, parts: ChangeParts): PlannedChange {
  const { account, from, because } = decision;
  const kind = account.state === 'deactivated' ? 'reactivate' : 'adopt';
  const change = existing(kind, parts, { id: account.id, fields: readFields(account) });
  return { ...change, invites: kind === 'reactivate' && mailsReturns(parts.mails), because, takesOverFrom: from };
}

function takeOver(decision: Extract<Decision, { action: 'take_over' }>, parts: ChangeParts): PlannedChange {
  const kind = parts.snapshot?.state === 'deactivated' ? 'reactivate' : 'adopt';
  const because = `rehired: takes over the account of #${decision.from}`;
  const change = existing(kind, parts, accountOf(parts));
  return {
    ...change,
    invites: kind === 'reactivate' && mailsReturns(parts.mails),
    because,
    takesOverFrom: decision.from,
  };
}

function existing(
  kind: 'update' | 'reactivate' | 'adopt',
  parts: ChangeParts,
  account: { readonly id: string; readonly fields: Fields },
): PlannedChange {
  const { wanted, onlyAtCreation } = parts;
  const fields: Record<string, FieldChange> = diffFields(account.fields, wanted, onlyAtCreation);
  const written = Object.fromEntries(Object.entries(wanted).filter(([field]) => !onlyAtCreation.includes(field)));
  return { ...bare(kind, parts), account: account.id, fields, wanted: written };
}

function bare(
  kind: PlannedChange['kind'],
  { candidate, stage, snapshot, awaitingManager }: ChangeParts,
): PlannedChange {
  return {
    kind,
    employee: candidate.employee,
    account: snapshot?.accountId ?? null,
    invites: false,
    privileged: false,
    fields: {},
    because: '',
    stage,
    wanted: null,
    hash: candidate.hash,
    awaitingManager,
    startDate: candidate.startDate,
    invitation: null,
    takesOverFrom: null,
  };
}

function accountOf({ snapshot }: ChangeParts): { readonly id: string; readonly fields: Fields } {
  return { id: snapshot?.accountId ?? '', fields: snapshot?.fields ?? {} };
}

function readFields(account: Account): Fields {
  return { ...account.fields, email: account.email, [EXTERNAL_ID]: account.externalId };
}
