import { MoodleException, unknownRecord, writeFailed } from '../call/refusal.js';
import { type Leaves, list, single } from '../call/shapes.js';
import { type Call, requireCapability, webFunction, work } from '../call/web-function.js';
import type { Cohort } from '../site/cohort.js';
import type { User } from '../site/user.js';
import { knownCohort } from './write.js';

interface Reference {
  readonly type: string;
  readonly value: string;
}

/** `core_cohort_add_cohort_members`: a pair that cannot be added becomes a warning; the others are added. */
export function addMembersFunction({ text }: Leaves) {
  const reference = single({ type: text('text'), value: text('raw') });
  const shape = single({ members: list(single({ cohorttype: reference, usertype: reference })) });
  return webFunction('core_cohort_add_cohort_members', 'writes', shape, async ({ members }, call) => {
    const pairs: (readonly [Cohort, User])[] = [];
    const warnings: object[] = [];
    for (const { cohorttype, usertype } of members) {
      const pair = pairOf(cohorttype, usertype, pairs, call);
      if ('warningcode' in pair) warnings.push(pair);
      else pairs.push([pair.cohort, pair.user]);
    }
    await work(call.settings);
    // The database has a unique key on memberships, so the slower of two equal calls fails.
    if (pairs.some(([cohort, user]) => cohort.members.has(user.id))) throw writeFailed('Duplicate cohort member');
    for (const [cohort, user] of pairs) cohort.members.add(user.id);
    return { warnings };
  });
}

/** `core_cohort_delete_cohort_members`: an unknown user or cohort undoes all; removing a non-member is fine. */
export function deleteMembersFunction({ int }: Leaves) {
  const shape = single({ members: list(single({ cohortid: int, userid: int })) });
  return webFunction('core_cohort_delete_cohort_members', 'writes', shape, ({ members }, call) => {
    const pairs = members.map(({ cohortid, userid }) => {
      const cohort = knownCohort(cohortid, call);
      const user = call.site.users.get(userid);
      if (user === undefined || user.deleted) throw unknownRecord('user', userid);
      requireAssign(call);
      return [cohort, userid] as const;
    });
    for (const [cohort, userid] of pairs) cohort.members.delete(userid);
    return null;
  });
}

function pairOf(
  cohorttype: Reference,
  usertype: Reference,
  before: readonly (readonly [Cohort, User])[],
  call: Call,
): { readonly cohort: Cohort; readonly user: User } | { readonly warningcode: string; readonly message: string } {
  const names = `cohort ${cohorttype.type}=${cohorttype.value}, user ${usertype.type}=${usertype.value}`;
  if (!['id', 'idnumber'].includes(cohorttype.type) || !['id', 'username'].includes(usertype.type)) {
    return { warningcode: '1', message: `invalid parameter: ${names}` };
  }
  const { site } = call;
  const cohort = cohorttype.type === 'id' ? site.cohorts.get(idIn(cohorttype)) : site.findCohort(cohorttype.value);
  const user = usertype.type === 'id' ? site.users.get(idIn(usertype)) : site.findByUsername(usertype.value);
  if (!cohort || !user || user.deleted) return { warningcode: '2', message: `does not exist: ${names}` };
  const isIn = before.some(([known, member]) => known === cohort && member === user) || cohort.members.has(user.id);
  if (isIn) return { warningcode: '3', message: `already in the cohort: ${names}` };
  requireAssign(call);
  return { cohort, user };
}

/** @throws MoodleException `Error` for an id that is not a number; Moodle crashes on it and undoes the call */
function idIn({ value }: Reference): number {
  if (!/^\d+$/.test(value)) throw new MoodleException('Error', 'Unsupported operand types', 'TypeError');
  return Number(value);
}

function requireAssign(call: Call): void {
  requireCapability(call, 'moodle/cohort:manage', 'moodle/cohort:assign');
}
