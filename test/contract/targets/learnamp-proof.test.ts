import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/index.js';
import type { Target } from '../../../src/targets/target.js';
import { heldIn, openOn, person, startAcademy } from './academy.js';
import { keyFor, listAll, only, whole } from './stage.js';

let sandbox: Sandbox;
let target: Target;
beforeEach(async () => {
  sandbox = await startAcademy();
  target = openOn(sandbox);
});
afterEach(() => sandbox.stop());

const create = async (number: number): Promise<string> =>
  (await target.create(whole(person(number)), { invite: false })).accountId;
const failureOf = (call: Promise<unknown>) => call.then(() => null).catch((error: unknown) => error);
const account = (id: string) => {
  const found = sandbox.lms.find(Number(id));
  if (found === null) throw new Error(`Learn Amp has no account ${id}`);
  return found;
};
/** Answers the next request of a route with success, and does nothing. */
const pretend = (route: string, body: object = {}) =>
  sandbox.learnamp.faults.add({ fault: { kind: 'status', status: 200, body }, match: { route } });

describe('rights in Learn Amp', () => {
  it.each([
    ['viewer', false],
    ['Viewer', false],
    ['learner', false],
    ['curator', true],
    ['reporter', true],
    ['learning_designer', true],
    ['hr', true],
    ['admin', true],
    ['owner', true],
    ['super_admin', true],
    ['a role of tomorrow', true],
  ])('of the role %s are more than a learner has: %s', async (role, privileged) => {
    const accountId = await create(1);
    sandbox.lms.change(account(accountId), { role });
    const rights = { privileged, role };
    expect((await target.inspect([accountId])).get(accountId)).toMatchObject({ id: accountId, rights });
    expect(await target.get(accountId)).toMatchObject({ rights });
    expect(await target.find([keyFor(person(1))])).toMatchObject([{ rights }]);
    expect((await listAll(target)).find(({ id }) => id === accountId)).toMatchObject({ rights });
  });

  it('are unknown where no role is shown, and an account that is gone has none', async () => {
    const accountId = await create(1);
    pretend('users.get', { id: Number(accountId), email: 'a@acme.example' });
    const shown = await target.inspect([accountId, '999999', accountId]);
    expect([...shown.keys()]).toEqual([accountId]);
    expect(shown.get(accountId)).toMatchObject({ rights: { privileged: null, role: null } });
    pretend('users.get', { id: Number(accountId), email: 'a@acme.example' });
    const read = await target.get(accountId);
    expect(read).not.toHaveProperty('rights');
    expect(read).not.toHaveProperty('names');
  });

  it('come with the names that the account bears, empty ones left out', async () => {
    const accountId = await create(1);
    expect((await target.get(accountId))?.names).toEqual([person(1)['first_name'], person(1)['last_name']]);
    sandbox.lms.change(account(accountId), { firstName: ' ' });
    expect(await target.get(accountId)).toMatchObject({ names: [person(1)['last_name']] });
  });
});

describe('looking somebody up', () => {
  it('finds by e-mail what the list shows, where one address stands in two spellings', async () => {
    sandbox.learnamp.settings.change({ emailFilterMindsCase: true });
    for (const email of ['zoe@acme.example', 'Zoe@acme.example']) {
      sandbox.lms.add({ email, firstName: 'Zoe', lastName: 'Twin' }, 'confirmed');
    }
    const bears = (email: string | null) => email?.toLowerCase() === 'zoe@acme.example';
    const listed = (await listAll(target)).filter(({ email }) => bears(email)).map(({ id }) => id);
    expect(listed).toHaveLength(2);
    for (const email of ['zoe@acme.example', 'ZOE@ACME.EXAMPLE']) {
      const found = await target.find([{ externalId: 'nobody', email }]);
      expect(found.map(({ id }) => id).sort()).toEqual([...listed].sort());
    }
  });

  it('does not take an answer about another account for one about this', async () => {
    const accountId = await create(1);
    pretend('users.get', { id: 1, email: 'owner@acme.example', role: 'owner', status: { status: 'Deactivated' } });
    expect(await failureOf(target.get(accountId))).toMatchObject({ name: 'AnswerError' });
  });
});

describe('an ending', () => {
  it('that is answered with success and not done is a failure that says so', async () => {
    const accountId = await create(1);
    pretend('users.deactivate');
    const failure = { name: 'RejectedError', reason: 'other', detail: expect.stringContaining(`account ${accountId}`) };
    expect(await failureOf(target.deactivate(accountId))).toMatchObject(failure);
    expect(heldIn(sandbox, accountId)?.active).toBe(true);
    await target.deactivate(accountId);
    expect(heldIn(sandbox, accountId)?.active).toBe(false);
  });

  it('costs one request beyond its own', async () => {
    const accountId = await create(1);
    sandbox.learnamp.requests.clear();
    await target.deactivate(accountId);
    const routes = sandbox.learnamp.requests.list().map(({ route }) => route);
    expect(routes).toEqual(['users.deactivate', 'users.get']);
  });

  it('of somebody who turns out to be gone says that the account is unknown', async () => {
    const accountId = await create(1);
    pretend('users.deactivate');
    sandbox.lms.remove(account(accountId));
    expect(await failureOf(target.deactivate(accountId))).toMatchObject({ reason: 'unknown_account' });
  });

  it('by deletion is looked at too', async () => {
    const accountId = await create(1);
    pretend('users.delete');
    expect(await failureOf(target.delete(accountId))).toMatchObject({ name: 'RejectedError', reason: 'other' });
    await target.delete(accountId);
    expect(heldIn(sandbox, accountId)).toBeNull();
  });
});

describe('a change', () => {
  const draft = only(['job_title'], { ...person(1), job_title: 'Lead' });

  it('of an account that somebody closed by hand does not count as done, and names the way out', async () => {
    const accountId = await create(1);
    await target.deactivate(accountId);
    const detail = expect.stringContaining('verify --repair');
    expect(await failureOf(target.update(accountId, draft))).toMatchObject({ name: 'RejectedError', detail });
    // An account that is known to be closed may still have to give up its address.
    expect(await target.update(accountId, { ...draft, closed: true })).toEqual({ accountId, refused: [] });
  });

  it('that opens an account and leaves it closed is a failure', async () => {
    const accountId = await create(1);
    await target.deactivate(accountId);
    pretend('users.reactivate');
    expect(await failureOf(target.reactivate(accountId, whole(person(1))))).toMatchObject({ name: 'RejectedError' });
  });

  it('takes the spelling that Learn Amp has of a team or a place for its own', async () => {
    const parent = {
      parentTeamId: null,
      integrationExternalId: null,
      managerId: null,
      secondaryManagerIds: [],
      tags: [],
    };
    const team = sandbox.lms.addTeam({ name: 'PEOPLE', ...parent });
    const fields = { ...person(1), primary_team: 'People', secondary_teams: null };
    const { accountId, refused } = await target.create(whole(fields), { invite: false });
    expect(refused).toEqual([]);
    expect(account(accountId).primaryTeamId).toBe(team.id);
    expect([...sandbox.lms.teams.values()].map(({ name }) => name)).toEqual(['PEOPLE']);
    const shown = (await target.get(accountId))?.fields;
    expect(shown?.['primary_team']).toBe('PEOPLE');
    const ignoring = (await target.fields()).filter(({ ignoresCase }) => ignoresCase).map(({ name }) => name);
    expect(ignoring).toEqual(
      expect.arrayContaining(['primary_team', 'secondary_teams', 'primary_location', 'department']),
    );
  });

  it('of a choice that there is not suggests the near one', async () => {
    const accountId = await create(1);
    const refused = target.update(accountId, only(['role'], { ...person(1), role: 'Admn' }));
    expect(await failureOf(refused)).toMatchObject({ detail: expect.stringContaining('did you mean "admin"?') });
  });
});
