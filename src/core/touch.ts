import { type Account, EXTERNAL_ID, type Snapshot, UNKNOWN } from './account.js';
import type { SkipReason } from './change.js';
import { emailKey } from './email.js';
import { namesAgree } from './names.js';
import type { Fields } from './value.js';

/** LMS fields by which somebody logs in: who changes one of them can take an account over. */
export const LOGIN_FIELDS: readonly string[] = ['email', 'username', 'user_name'];

/** What a plan is about to do to an account that exists, as far as it decides whether hrsync may do it. */
export interface Touch {
  /**
   * `adopt`: links an account that nobody was linked to. `take_over`: gives a leaver's account to somebody else. `reopen`:
   * opens the person's own account again. `end`: deactivates or deletes. `end_found`: the same with an account that nobody
   * is linked to, found at the address of an invitation. `expire`: deletes one that is closed. `change`: writes fields.
   */
  readonly kind: 'adopt' | 'take_over' | 'reopen' | 'end' | 'end_found' | 'expire' | 'change';
  readonly employeeId: string;
  /** Empty where the account is still to be made. */
  readonly accountId: string;
  /** Why it is done, as part of a sentence; null where nothing more is to be said. */
  readonly because: string | null;
  /** Whether the account is theirs for another reason than the employee id in the LMS: by e-mail, or as a leaver's. */
  readonly needsName: boolean;
  /** The fields of {@link LOGIN_FIELDS} and the external id that would get another value. */
  readonly moves: readonly string[];
  readonly linkedByHand: boolean;
  /** The employee's names in HR, and those of the account as far as they are known. */
  readonly employeeNames: readonly string[];
  readonly accountNames: readonly string[];
  /** Every address that the employee or the account has or had. */
  readonly addresses: readonly (string | null)[];
  /** Whether the account has more rights than a learner; null: unknown. */
  readonly privileged: boolean | null;
  /** What the LMS calls its rights, or null. */
  readonly role: string | null;
}

/** The rules of the config about accounts that may not be touched. */
export interface TouchPolicy {
  /** Whether a pattern of `protect` fits one of these addresses. */
  readonly isProtected: (addresses: readonly (string | null)[]) => boolean;
  /** The same of `deactivation.protect`. */
  readonly isKept: (addresses: readonly (string | null)[]) => boolean;
  readonly matchNames: 'agree' | 'any';
}

/** Why an account is left alone, as a skip says it; null where it may be touched. */
export interface Objection {
  readonly reason: Extract<SkipReason, 'protected' | 'privileged_account' | 'name_differs'>;
  readonly message: string;
}

/** Holds what a plan would do to an account to the rules about whom hrsync may touch, the most binding rule first. */
export function objectionTo(touch: Touch, policy: TouchPolicy): Objection | null {
  const { kind, because, addresses } = touch;
  const first = because === null ? '' : `${because}, but `;
  if (policy.isProtected(addresses))
    return { reason: 'protected', message: `${first}a pattern under protect forbids every change to this account` };
  if ((kind === 'end' || kind === 'end_found' || kind === 'expire') && policy.isKept(addresses))
    return { reason: 'protected', message: `${first}a pattern under deactivation.protect keeps the account` };
  if (kind === 'end') return null;
  return privilegedObjection(touch) ?? nameObjection(touch, policy);
}

function privilegedObjection(touch: Touch): Objection | null {
  const { kind, because, employeeId, accountId, moves, linkedByHand, privileged, role } = touch;
  if (privileged !== true || (linkedByHand && kind !== 'expire')) return null;
  const account = `account ${accountId} has more rights than a learner${role === null ? '' : ` (${role})`}`;
  const link = `"hrsync link ${employeeId} ${accountId}"`;
  if (kind === 'expire')
    return {
      reason: 'privileged_account',
      message: `${because ?? 'its time is up'}, but ${account}, so it is not deleted by itself: delete it in the LMS by hand`,
    };
  if (kind === 'end_found')
    return {
      reason: 'privileged_account',
      message: `${because ?? 'the account should end'}, but ${account} and nobody is linked to it: end it in the LMS by hand if it is theirs`,
    };
  if (kind === 'adopt' || kind === 'take_over')
    return {
      reason: 'privileged_account',
      message: `${account}, so no HR record gets it by itself: if it is theirs, ${link}; if not, correct the e-mail address in HR`,
    };
  if (moves.length === 0) return null;
  return {
    reason: 'privileged_account',
    message: `${account}, so its ${moves.join(' and ')} stays until a person confirms whose it is: ${link}`,
  };
}

function nameObjection(touch: Touch, { matchNames }: TouchPolicy): Objection | null {
  const { employeeId, accountId, employeeNames, accountNames } = touch;
  if (!needsName(touch) || matchNames === 'any' || namesAgree(employeeNames, accountNames)) return null;
  const there = accountNames.filter((name) => name.trim() !== '').join(' ');
  const here = employeeNames.length === 0 ? 'no name' : `"${namesInShort(employeeNames)}"`;
  return {
    reason: 'name_differs',
    message: `HR has ${here}, account ${accountId} "${there}": if it is the same person, "hrsync link ${employeeId} ${accountId}"; if not, correct the e-mail address in HR or in the LMS`,
  };
}

// HR systems give the id of a leaver to somebody else, or swap two records: then the address and every name are others'.
function needsName({ kind, needsName: isAsked, moves, linkedByHand }: Touch): boolean {
  return isAsked || ((kind === 'reopen' || kind === 'change') && moves.length > 0 && !linkedByHand);
}

/** Whether an account bears the employee id alone of somebody: no name agrees, and the address is another one. */
export function isStranger({ kind, moves, employeeNames, accountNames }: Touch): boolean {
  return kind === 'adopt' && moves.includes('email') && !namesAgree(employeeNames, accountNames);
}

// HR gives the names whole and in parts: what the whole name says already is not said twice.
function namesInShort(names: readonly string[]): string {
  const whole = names.find((name) => / /.test(name.trim()));
  if (whole === undefined) return names.join(' ');
  return [whole, ...names.filter((name) => !whole.includes(name))].join(', ');
}

/** The fields by which somebody logs in, and the external id, that differ between an account and what is wanted. */
export function movesOf(held: Fields, wanted: Fields): readonly string[] {
  return [...LOGIN_FIELDS, EXTERNAL_ID].filter((field) => {
    const [before, after] = [held[field], wanted[field]];
    if (typeof after !== 'string' || !isKnown(held, field) || before === null) return false;
    return emailKey(String(before)) !== emailKey(after);
  });
}

/**
 * What an account holds of the fields by which somebody logs in: by the snapshot, and as the LMS shows it of those that the
 * snapshot does not know, because they were never managed or could not be read back.
 */
export function loginHeld(held: Fields, shown: Fields | null): Fields {
  const unknown = LOGIN_FIELDS.filter((field) => !isKnown(held, field) && shown !== null && isKnown(shown, field));
  return { ...held, ...Object.fromEntries(unknown.map((field) => [field, shown?.[field] ?? null])) };
}

/** Whether a field by which somebody logs in would get another value, or may: nobody knows what the account holds now. */
export function mayMove(held: Fields, wanted: Fields): boolean {
  const isDoubtful = LOGIN_FIELDS.some((field) => typeof wanted[field] === 'string' && !isKnown(held, field));
  return isDoubtful || movesOf(held, wanted).length > 0;
}

function isKnown(fields: Fields, field: string): boolean {
  return Object.hasOwn(fields, field) && fields[field] !== undefined && fields[field] !== UNKNOWN;
}

/** The names by which the LMS shows an account; the snapshot's where it shows none. */
export function namesOf(account: Account | null, snapshot: Snapshot | null): readonly string[] {
  const shown = account?.names ?? (account?.name != null ? [account.name] : []);
  if (shown.some((name) => name.trim() !== '')) return shown;
  const held = ['first_name', 'last_name'].map((field) => snapshot?.fields[field]);
  const texts = held.filter((name): name is string => typeof name === 'string' && name !== UNKNOWN);
  return texts.length > 0 ? texts : snapshot?.name != null ? [snapshot.name] : [];
}
