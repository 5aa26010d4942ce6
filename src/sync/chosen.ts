import type { Decision } from '../core/decide.js';
import { type EmployeeReference, isAmong } from '../core/employee.js';
import type { RunOptions } from './context.js';

type Choice = Pick<RunOptions, 'only' | 'among' | 'revert'>;

/** Whether a run is for this person. */
export function isChosen({ only, among }: Choice, person: EmployeeReference): boolean {
  return (among === undefined || among.has(person.id)) && isAmong(person, only);
}

/** Whether a run carries out what was decided about this person. */
export function isForRun(
  options: Choice & Pick<RunOptions, 'invitationsOnly'>,
  person: EmployeeReference,
  decision: Decision,
): boolean {
  return isChosen(options, person) && (!options.invitationsOnly || invites(decision));
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

/** Whether a run is for everybody. */
export function isForEverybody({ only, among, revert }: Choice): boolean {
  return only.length === 0 && among === undefined && revert === undefined;
}
