import type { SkipReason } from '../../../src/core/change.js';
import { daysBetween } from '../../../src/core/day.js';
import { emailKey } from '../../../src/core/email.js';
import { hold } from './broken-promise.js';
import type { Person } from './hr.js';
import type { Call } from './line.js';
import { type Lms, userOf } from './lms.js';
import type { Observation } from './observation.js';
import { stageOf } from './oracle.js';
import { statedDifferences } from './stated.js';
import { leaversEnd, nobodyHoldsAnothersAccount, privilegedAccountsStay } from './whose.js';

/** Promise 1: absence ends an account only after enough believable reads and days. */
export function absenceIsProven({ effects, answer, memory, today, lms }: Observation): void {
  const present = new Set(answer.people.map((person) => person.id));
  for (const { kind, account, moved } of effects) {
    const names = [...(lms.names.get(account) ?? [])];
    if (kind !== 'deactivate' || !moved || names.some((name) => present.has(name))) continue;
    const gone = names.some((name) => {
      const missing = memory.missing.get(name);
      return missing !== undefined && missing.reads >= 2 && daysBetween(missing.since, today) >= 2;
    });
    hold('1: deactivated for being absent', answer.consistent && gone, { account, names, today });
  }
}

/** Promise 1: an answer that contradicts itself, or lacks half of the company, changes nothing at all. */
export function doubtfulReadsChangeNothing({ believable, exit, calls, calm }: Observation): void {
  if (believable || !calm) return;
  hold('1: acted on a read that cannot be believed', exit === 6 && writesIn(calls).length === 0, { exit, calls });
}

/** Promise 2: nobody has two accounts, two mails for one hire, or a mail before the first day. */
export function nothingIsDoubled({ lms, effects, memory, answer, today }: Observation): void {
  for (const [id, hires] of memory.hires) {
    hold('2: two accounts for one employee', lms.withExternalId(id).length <= 1, { id });
    const mails = lms.effects.filter((effect) => effect.kind === 'mail' && effect.externalId === id).length;
    hold('2: more mails than hires', mails <= hires, { id, mails, hires });
  }
  const people = new Map(answer.people.map((person) => [person.id, person]));
  for (const { kind, externalId } of effects) {
    const person = externalId === null ? undefined : people.get(externalId);
    if (kind === 'mail')
      hold('2: invited too early', person !== undefined && person.start_date <= today, { externalId });
  }
}

// Of whom no account can be made wants no address.
const CLAIMS_NOTHING: ReadonlySet<string> = new Set(['invalid_value', 'missing_required']);

/** An address that two people want is given to neither of them, unless one has it already. */
export function contestedAddressesAreNobodys({ effects, answer, skips, today }: Observation): void {
  const wanted = answer.people.filter(
    (one) => stageOf(one, today) === 'wanted' && !CLAIMS_NOTHING.has(skips.get(one.id) ?? ''),
  );
  for (const { kind, externalId } of effects) {
    const person = wanted.find((one) => one.id === externalId);
    if (kind !== 'create' || person === undefined) continue;
    const key = emailKey(person.work_email ?? '');
    const rivals = wanted.filter((one) => one !== person && emailKey(one.work_email ?? '') === key);
    hold('2: a contested address was given away', rivals.length === 0, { person, rivals });
  }
}

/** Promise 2: a night in which nothing goes wrong ends no account that has ended. */
export function endsOnce({ effects, calm, memory }: Observation): void {
  if (!calm || memory.restored) return;
  hold(
    '2: deactivated twice',
    effects.every(({ kind, moved }) => kind !== 'deactivate' || moved),
    effects,
  );
}

/** Promise 3: what the snapshot says, the LMS holds. */
export function snapshotIsTrue({ snapshots, open, lms, memory }: Observation): void {
  for (const snapshot of snapshots) {
    if (open.has(snapshot.employeeId)) continue;
    const wrong = statedDifferences(snapshot, lms).filter((field) => !memory.isExcused(snapshot.accountId, field));
    hold('3: the snapshot says more than the LMS', wrong.length === 0, {
      wrong,
      snapshot,
      account: lms.accounts.get(snapshot.accountId),
    });
  }
}

// Whose account it is can change in the LMS from one run to the next.
const LOOKED_AT: ReadonlySet<SkipReason> = new Set(['ambiguous_match', 'privileged_account', 'name_differs']);

/** Promise 4: a second run sends nothing. It looks only for those whom it could not tell from others. */
export function secondRunIsSilent(
  observation: Pick<Observation, 'skips' | 'memory'>,
  { exit, calls }: { readonly exit: number; readonly calls: readonly Call[] },
): void {
  const unclear = new Set([...observation.skips].flatMap(([id, reason]) => (LOOKED_AT.has(reason) ? [id] : [])));
  // Whom the first run tells from others anew, after a restore, may no longer be in the way of the next.
  if (observation.memory.restored && unclear.size > 0) return;
  const idle = calls.every(
    ({ method, about }) =>
      (method === 'find' && about.every((id) => unclear.has(id))) || (method === 'inspect' && unclear.size > 0),
  );
  hold('4: the second run is not silent', idle && exit === 0, { exit, calls });
}

/** Promise 6: accounts that are nobody's stay as they are, and so does what no mapping names. */
export function strangersAreLeftAlone({ before, lms, answer, memory }: Observation): void {
  const addresses = new Set(
    answer.people.flatMap(({ work_email }) => (work_email === null ? [] : [emailKey(work_email)])),
  );
  for (const [id, old] of before) {
    const now = lms.accounts.get(id);
    hold('6: a field that no mapping names was written', now?.badge === old.badge, { id });
    const isSomebodys = addresses.has(emailKey(old.email)) || memory.restored;
    if (old.externalId !== null || isSomebodys) continue;
    hold('6: a stranger was written', JSON.stringify(now) === JSON.stringify(old), { old, now });
  }
}

/** Promise 8: exit code 0 means that the LMS holds what HR says, for everybody but those who were told to be skipped. */
export function zeroMeansDone(observation: Observation): void {
  if (observation.exit !== 0) return;
  for (const person of observation.answer.people) expectInStep(observation, person);
  for (const [id, missing] of observation.memory.missing) {
    const days = daysBetween(missing.countedSince ?? observation.today, observation.today);
    if (missing.counted < 3 || days < 4 || observation.memory.restored) continue;
    const active = observation.lms.withExternalId(id).filter((account) => account.state === 'active');
    hold('8: gone and still active', active.length === 0, { id, missing, today: observation.today });
  }
}

/** Holds the account of one person to what HR says of them. */
export function expectInStep(observation: Observation, person: Person): void {
  const { lms, skips, memory, today } = observation;
  const [own] = lms.withExternalId(person.id);
  const skip = skips.get(person.id);
  const stage = stageOf(person, today);
  const facts = { person, own, stage, skip, today };
  const isExcused = (field: string) => own !== undefined && memory.isExcused(own.id, field);
  if (stage === 'ends' || (stage === 'outside' && observation.outOfScope === 'deactivate')) {
    const active = own?.state === 'active' && !memory.unknown.has(person.id) && !isExcused('state');
    hold('8: not wanted and still active', !active, facts);
  } else if (stage === 'wanted') {
    if (skip !== undefined) hold('8: skipped for no reason', isJustified(observation, person, skip), facts);
    else if (own === undefined) {
      // A state from before somebody took the account over cannot know that it is theirs no longer.
      const lost = memory.restored && [...lms.names.values()].some((names) => names.has(person.id));
      hold('8: nobody made the account', lost || person.start_date > today, facts);
    } else if (person.start_date <= today || !memory.unknown.has(person.id)) {
      // An old state takes whom it does not know for a hire to come, until their day.
      const excused = (field: string) => isExcused(field) || (field === 'manager' && memory.unread.has(own.id));
      const wrong = differences(observation, person, own).filter((field) => !excused(field));
      hold('8: not in step', wrong.length === 0, { ...facts, wrong });
    }
  }
}

function differences(
  { lms, memory }: Observation,
  person: Person,
  own: NonNullable<ReturnType<Lms['accounts']['get']>>,
): string[] {
  const manager =
    person.manager === null || person.manager === person.id ? undefined : lms.withExternalId(person.manager)[0];
  // Somebody who was rehired under a new id takes their account along, and HR may name them by the old id.
  const kept = own.manager === null || person.manager === null ? undefined : lms.names.get(own.manager);
  const keptManager = kept?.has(person.manager ?? '') === true ? own.manager : null;
  const wanted: readonly (readonly [string, unknown, unknown])[] = [
    ['state', own.state, 'active'],
    ['email', emailKey(own.email), emailKey(person.work_email ?? '')],
    ['first_name', own.fields['first_name'] ?? null, person.first_name],
    ['job_title', own.fields['job_title'] ?? null, person.job_title],
    ['primary_team', own.fields['primary_team'] ?? null, person.department],
    [
      'manager',
      own.manager,
      manager?.state === 'active' && !memory.unknown.has(String(person.manager)) ? manager.id : keptManager,
    ],
  ];
  return wanted.filter(([, held, should]) => held !== should).map(([field]) => field);
}

function isJustified({ answer, lms, today, memory }: Observation, person: Person, skip: string): boolean {
  if (skip === 'no_email') return person.work_email === null;
  if (skip === 'missing_required') return person.first_name === null;
  if (skip === 'invalid_value') return person.termination_date !== null && person.termination_date < person.start_date;
  const key = person.work_email === null ? null : emailKey(person.work_email);
  if (key === null) return false;
  const rival = answer.people.some(
    (one) =>
      one.id !== person.id &&
      one.work_email !== null &&
      emailKey(one.work_email) === key &&
      stageOf(one, today) === 'wanted',
  );
  if (skip === 'privileged_account' || skip === 'name_differs')
    return isAnothers(lms, person, key, skip) || memory.restored;
  const holder = lms.withEmail(key).some((account) => account.externalId !== person.id);
  // An old state settles who keeps a contested address by who held it then.
  return (skip === 'duplicate_email' || skip === 'ambiguous_match') && (rival || holder || memory.restored);
}

// An administrator's own account counts: who it is, no HR record tells.
function isAnothers(
  lms: Lms,
  { id, first_name, last_name }: Person,
  key: string,
  skip: 'privileged_account' | 'name_differs',
): boolean {
  const concerned = [...lms.withEmail(key), ...lms.withExternalId(id)];
  if (skip === 'privileged_account') return concerned.some(({ role }) => role !== 'learner');
  // A record that bears nobody's name of before may be another person's under an id that HR gave out again.
  const isRenamed = ({ fields }: (typeof concerned)[number]) =>
    fields['first_name'] !== first_name && fields['last_name'] !== last_name;
  return concerned.some((account) => account.user !== userOf(id) || isRenamed(account));
}

/** Promises 2, 5 and 8: after calm weeks only what nobody can mend is left: an address that another account holds. */
export function whatRemainsIsNobodysFault(observation: Observation): void {
  const { exit, open, failing, answer, lms, memory, deactivationLimit, limited, believable } = observation;
  hold('2: still uncertain', open.size === 0, [...open]);
  if (exit === 5) hold('5: refused without a limit', deactivationLimit !== undefined || limited, { exit });
  else if (exit === 6) {
    const isDoubtful = !believable || knowsTooFew(observation) || memory.lostField(answer);
    hold('8: refused a read that is plain', isDoubtful, { exit });
  } else hold('8: something is left', exit === 0 || (exit === 4 && failing.size > 0), { exit });
  if (exit === 5 || exit === 6) return;
  for (const id of failing) {
    const email = answer.people.find((person) => person.id === id)?.work_email ?? null;
    const other = email === null ? undefined : lms.withEmail(email).find((account) => account.externalId !== id);
    hold('8: fails for no reason', other !== undefined, { id, email });
  }
}

// As shipped, half of those who have an active account must be among those read.
function knowsTooFew({ limited, snapshots, answer }: Observation): boolean {
  const present = new Set(answer.people.map(({ id }) => id));
  const linked = snapshots.filter(({ state }) => state === 'active');
  return limited && linked.filter(({ employeeId }) => present.has(employeeId)).length * 2 < linked.length;
}

function writesIn(calls: readonly Call[]): readonly Call[] {
  return calls.filter((call) => call.writes);
}

/** Every check that looks at one night. */
export const NIGHTLY = [
  absenceIsProven,
  doubtfulReadsChangeNothing,
  nothingIsDoubled,
  contestedAddressesAreNobodys,
  endsOnce,
  snapshotIsTrue,
  strangersAreLeftAlone,
  nobodyHoldsAnothersAccount,
  privilegedAccountsStay,
  leaversEnd,
  zeroMeansDone,
] as const;
