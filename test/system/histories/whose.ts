import { emailKey } from '../../../src/core/email.js';
import { hold } from './broken-promise.js';
import { userOf } from './lms.js';
import type { Observation } from './observation.js';
import { stageOf } from './oracle.js';

/**
 * Promise 6: no account bears the employee id of anybody but the person who uses it, and none is remembered as another
 * person's. It can be told where names tell people apart.
 */
export function nobodyHoldsAnothersAccount({ lms, snapshots }: Observation): void {
  if (!lms.showsNames) return;
  for (const { id, externalId, user } of lms.accounts.values()) {
    const isTheirs = externalId === null || userOf(externalId) === user;
    hold('6: somebody holds the account of another person', isTheirs, { id, externalId, user });
  }
  for (const { accountId, employeeId, state } of snapshots) {
    const user = lms.accounts.get(accountId)?.user;
    if (state === 'deleted' || user === undefined) continue;
    hold('6: an account is remembered as another person’s', userOf(employeeId) === user, {
      accountId,
      employeeId,
      user,
    });
  }
}

/** Promise 6: a privileged account that nobody is linked to stays as it is; one that is linked keeps address and id. */
export function privilegedAccountsStay({ before, lms }: Observation): void {
  for (const [id, old] of before) {
    if (old.role === 'learner') continue;
    const now = lms.accounts.get(id);
    if (old.externalId === null)
      hold('6: a privileged account was written', JSON.stringify(now) === JSON.stringify(old), { old, now });
    const isMoved =
      now === undefined ||
      emailKey(now.email) !== emailKey(old.email) ||
      now.externalId !== old.externalId ||
      now.role !== old.role;
    hold('6: a privileged account was given another address or id', !isMoved, { old, now });
  }
}

/**
 * Promise 12: a linked leaver is ended by the first run that knows, also when limits refuse what else it would do. Excused
 * is what the LMS did not take, and a plan with more endings than their own limit allows.
 */
export function leaversEnd(observation: Observation): void {
  const { answer, believable, finished, calls, lms, snapshots, today, outOfScope } = observation;
  if (!finished || !believable || isOverLimit(observation)) return;
  const people = new Map(answer.people.map((person) => [person.id, person]));
  for (const { employeeId, accountId, state } of snapshots) {
    const person = people.get(employeeId);
    const account = lms.accounts.get(accountId);
    if (person === undefined || state !== 'active' || account?.state !== 'active') continue;
    // An old state does not know yet that the account went to whoever came back under another number.
    const bearer = account.externalId === employeeId ? undefined : people.get(account.externalId ?? '');
    if (bearer !== undefined && stageOf(bearer, today) === 'wanted') continue;
    const stage = stageOf(person, today);
    if (stage === 'wanted' || (stage === 'outside' && outOfScope === 'keep')) continue;
    // An update of a leaver's account gives it to whoever has the address now; refused, it ends in the next run.
    const wasTried = calls.some(
      ({ method, about }) => /^(deactivate|update)$/.test(method) && about.includes(accountId),
    );
    const isStopped = observation.exit === 8;
    hold('12: a leaver stays open', wasTried || isStopped, { person, account, exit: observation.exit, today });
  }
}

// Whoever is not wanted counts, and whoever is missing, so that no ending that the product counts is left out.
function isOverLimit({ deactivationLimit, before, snapshots, answer, today }: Observation): boolean {
  if (deactivationLimit === undefined || !('count' in deactivationLimit)) return false;
  const wanted = new Set(answer.people.filter((one) => stageOf(one, today) === 'wanted').map(({ id }) => id));
  const active = [...before.values()].flatMap(({ state, externalId }) =>
    state === 'active' && externalId !== null ? [externalId] : [],
  );
  // A state that was put back may take accounts for open that have ended since, and plans to end them once more.
  const believed = snapshots.filter(({ state }) => state === 'active').map(({ employeeId }) => employeeId);
  const due = [...new Set([...active, ...believed])].filter((id) => !wanted.has(id));
  return due.length > deactivationLimit.count;
}
