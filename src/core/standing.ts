import type { PlannedChange, Skip } from './change.js';
import type { Day } from './day.js';
import { emailKey } from './email.js';
import { type Employee, type EmployeeReference, problemWith, referenceTo, textOf } from './employee.js';
import { lifecycleOf, startDateOf, withBelievedDates } from './lifecycle.js';
import { todayFor } from './local-day.js';
import { type Mapping, managerOf, wantedEmail } from './mapping.js';
import type { Policy } from './policy.js';
import { explainItem, failedItem, hiddenField } from './scope.js';
import type { Fields } from './value.js';

/**
 * What HR, scope and mapping say of one employee, before anybody looks at the LMS.
 *
 * - `wanted`: there should be an account with these fields; see `obstacleTo`
 * - `ends`: an account should end; `expired`: it has, and its time to be deleted has come
 * - `outside`: the filter keeps the person out
 * - `skipped`: the person cannot be synced; an account is left as it is
 * - `left_alone`: gone, but not in a way that ends an account
 */
export type Standing =
  | { readonly kind: 'wanted'; readonly fields: Fields; readonly leavesOn: Day | null }
  | { readonly kind: 'ends'; readonly because: string; readonly expired?: true }
  | { readonly kind: 'outside'; readonly because: string }
  | { readonly kind: 'skipped'; readonly skip: Skip }
  | { readonly kind: 'left_alone' };

/** Somebody for whom more than a comparison of fingerprints is needed. */
export interface Candidate {
  readonly employee: EmployeeReference;
  readonly standing: Exclude<Standing, { kind: 'skipped' | 'left_alone' }>;
  readonly startDate: Day | null;
  readonly onboarding: boolean;
  /** Which day it is where the person works; absent: the connector's own day. */
  readonly today?: Day;
  /** Fingerprint of the wanted account; null where none is wanted. */
  readonly hash: string | null;
}

/**
 * Tells where an employee stands: lifecycle, then scope, then mapping. `endingIsKnown`: an earlier run knew that this
 * account must end and could not end it, so a last day that lies far back by now is no contradiction.
 */
export function standingOf(employee: Employee, policy: Policy, mapping: Mapping, endingIsKnown = false): Standing {
  const today = todayFor(employee, policy);
  const found = lifecycleOf(employee, today, policy.deactivation.when);
  const isKnown = found.stage === 'contradiction' && endingIsKnown;
  const lifecycle = isKnown ? ({ stage: 'left', because: found.because } as const) : found;
  if (lifecycle.stage === 'left_unlisted') return { kind: 'left_alone' };
  if (lifecycle.stage === 'left' && !policy.scope.appliesToInactive)
    return { kind: 'ends', because: lifecycle.because };
  const hidden = policy.scope.filter.map((item) => hiddenField(employee, item)).find((field) => field !== null);
  if (hidden !== undefined) {
    const problem = problemWith(employee, hidden) ?? `HR does not show ${hidden}, which a filter needs`;
    return skipped(employee, problem);
  }
  const failed = failedItem(employee, policy.scope.filter);
  if (failed !== null) return { kind: 'outside', because: explainItem(failed) };
  if (lifecycle.stage === 'left') return { kind: 'ends', because: lifecycle.because };
  if (lifecycle.stage === 'unclear') return skipped(employee, lifecycle.problem);
  if (lifecycle.stage === 'contradiction') return skipped(employee, lifecycle.problem, 'contradiction');
  const mapped = mapping.apply(withBelievedDates(employee, today));
  if ('skip' in mapped) return { kind: 'skipped', skip: mapped.skip };
  return { kind: 'wanted', fields: withManager(mapped.fields, employee), leavesOn: lifecycle.leavesOn };
}

/**
 * Why nothing may be done for somebody who is wanted, or null. To be asked where the account is not as it should be. An
 * empty status changes nothing: no account is made or changed by it. A start date that cannot be read stops what goes by
 * it: making an account, opening one again, the invitation.
 *
 * @param isOpen whether the person has an account that is open, or an invitation to one
 */
export function obstacleTo(employee: Employee, isOpen: boolean): Skip | null {
  if (textOf(employee, 'status') === null) {
    const isShown = employee.fields['status'] !== undefined;
    const problem = isShown ? 'status is empty: enter it in HR' : 'HR does not show the status of this person';
    return skipOf(employee, problem);
  }
  const problem = isOpen ? null : problemWith(employee, 'start_date');
  return problem === null ? null : skipOf(employee, problem);
}

function skipped(employee: Employee, problem: string, reason?: Skip['reason']): Standing {
  return { kind: 'skipped', skip: skipOf(employee, problem, reason) };
}

/** Whatever cannot be made sense of leaves an account as it is. */
function skipOf(employee: Employee, problem: string, reason: Skip['reason'] = 'invalid_value'): Skip {
  return { employee: referenceTo(employee), reason, message: `${problem}; an account is left as it is` };
}

/** Makes a candidate of an employee; `hash` is the digest of the wanted account's fingerprint. */
export function candidateFor(employee: Employee, standing: Candidate['standing'], hash: string | null): Candidate {
  return {
    employee: referenceTo(employee),
    standing,
    startDate: startDateOf(employee),
    onboarding: textOf(employee, 'status') === 'onboarding',
    hash,
  };
}

/** The address that a candidate wants, as a key; null where no account is wanted. */
export function claimedEmail(candidate: Candidate): string | null {
  const email = candidate.standing.kind === 'wanted' ? wantedEmail(candidate.standing.fields) : null;
  return email === null ? null : emailKey(email);
}

/** The manager (employee id) whom a wanted account names. */
export function wantedManager(fields: PlannedChange['wanted']): string | null {
  const manager = fields?.['manager'];
  return typeof manager === 'string' ? manager : null;
}

// Somebody who is their own manager in HR has none: no LMS takes it, and it is a common way to mark the top.
function withManager(fields: Fields, employee: Employee): Fields {
  return fields['manager'] === employee.id ? { ...fields, manager: managerOf(employee) } : fields;
}
