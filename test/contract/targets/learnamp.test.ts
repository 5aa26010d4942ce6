import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/index.js';
import type { Target } from '../../../src/targets/target.js';
import { academyStage, heldIn, openOn, person, startAcademy } from './academy.js';
import { each, only, whole } from './stage.js';
import { describeTarget } from './target-contract.js';

describeTarget('Learn Amp', academyStage);

describe("Learn Amp's own ways", () => {
  let sandbox: Sandbox;
  let target: Target;
  beforeEach(async () => {
    sandbox = await startAcademy();
    target = openOn(sandbox);
  });
  afterEach(() => sandbox.stop());

  const create = async (number: number, changes: object = {}): Promise<string> =>
    (await target.create(whole({ ...person(number), ...changes }), { invite: false })).accountId;
  const writes = () => sandbox.learnamp.requests.writes().map(({ method, path }) => `${method} ${path}`);
  const teams = () => [...sandbox.lms.teams.values()].map(({ name }) => name).sort();
  const addTeam = (name: string, parentTeamId: number | null = null) =>
    sandbox.lms.addTeam({
      name,
      parentTeamId,
      integrationExternalId: null,
      managerId: 1,
      secondaryManagerIds: [],
      tags: ['hand-made'],
    });
  const failureOf = (call: Promise<unknown>) => call.then(() => null).catch((error: unknown) => error);
  const changeTo = (accountId: string, field: string, value: string | null, number = 1) =>
    target.update(accountId, only([field], { ...person(number), [field]: value }));

  describe('teams', () => {
    it('are made flat and once, however many people need them at the same time', async () => {
      await Promise.all([1, 2, 3, 4, 5].map((number) => create(number)));
      expect(teams()).toEqual(['Chess', 'First aid', 'Sales']);
      expect([...sandbox.lms.teams.values()].map(({ parentTeamId }) => parentTeamId)).toEqual([null, null, null]);
    });

    it('that somebody built by hand are used as they stand', async () => {
      const parent = addTeam('Company');
      const child = addTeam('Sales', parent.id);
      const before = structuredClone([parent, child]);
      const accountId = await create(1);
      expect(sandbox.lms.find(Number(accountId))?.primaryTeamId).toBe(child.id);
      expect([parent, child]).toEqual(before);
      expect(writes().filter((write) => /^(PUT|DELETE) .v1.teams/.test(write))).toEqual([]);
    });

    it('are told apart by case only where there are two', async () => {
      const [upper] = [addTeam('SALES'), addTeam('chess'), addTeam('Chess'), addTeam('CHESS')];
      const accountId = await create(1);
      expect(sandbox.lms.find(Number(accountId))?.primaryTeamId).toBe(upper?.id);
      expect(teams()).toEqual(['CHESS', 'Chess', 'First aid', 'SALES', 'chess']);
    });

    it('of one name refuse the person rather than being guessed', async () => {
      addTeam('Sales');
      addTeam('Sales');
      expect(await failureOf(create(1))).toMatchObject({ reason: 'unknown_reference' });
      expect(sandbox.lms.list()).toHaveLength(sandbox.lms.staff.length);
    });

    it('that may have been made by a request without answer are looked for before another is made', async () => {
      sandbox.learnamp.faults.add({ fault: { kind: 'reset_after_commit' }, match: { route: 'teams.create' } });
      sandbox.learnamp.faults.add({
        fault: { kind: 'reset_before_commit' },
        match: { route: 'teams.create' },
        from: 2,
      });
      await create(1);
      expect(teams()).toEqual(['Chess', 'First aid', 'Sales']);
    });

    it('that are missing are named before anything is written', async () => {
      addTeam('Chess');
      const references = await target.missingReferences(each(person(1), person(2), { primary_team: null }));
      expect(references).toEqual(['teams that Learn Amp does not have yet and that will be made: First aid, Sales']);
      sandbox.learnamp.requests.clear();
      expect(await target.missingReferences(each({ job_title: 'Lead' }))).toEqual([]);
      expect(sandbox.learnamp.requests.list()).toEqual([]);
    });

    it('of Learn Amps that only ever add are taken off one by one', async () => {
      await sandbox.stop();
      sandbox = await startAcademy({ secondaryTeams: 'merge' });
      target = openOn(sandbox);
      const accountId = await create(1);
      const draft = only(['secondary_teams'], { ...person(1), secondary_teams: ['Choir'] });
      expect(await target.update(accountId, draft)).toEqual({ accountId, refused: ['secondary_teams'] });
      const merging = openOn(sandbox, { secondary_teams_mode: 'merge' });
      expect(await merging.update(accountId, draft)).toEqual({ accountId, refused: [] });
      expect(heldIn(sandbox, accountId)?.fields).toEqual({ ...person(1), secondary_teams: ['Choir'] });
    });
  });

  describe('custom fields', () => {
    it('that do not exist are told from a person who does not exist', async () => {
      const accountId = await create(1);
      const reason = { reason: 'unknown_reference', detail: expect.stringContaining('Shoe size') };
      expect(await failureOf(changeTo(accountId, 'custom_fields.Shoe size', '42'))).toMatchObject(reason);
      expect(await failureOf(create(2, { 'custom_fields.Shoe size': '42' }))).toMatchObject(reason);
      await target.delete(accountId);
      const gone = { reason: 'unknown_account' };
      expect(await failureOf(changeTo(accountId, 'custom_fields.Badge', '7'))).toMatchObject(gone);
    });

    it('that need a value keep it', async () => {
      sandbox.learnamp.settings.change({ customFields: [{ name: 'Badge', required: true }, { name: 'Cost centre' }] });
      const accountId = await create(1);
      const refusal = await failureOf(changeTo(accountId, 'custom_fields.Badge', null));
      expect(refusal).toMatchObject({ reason: 'invalid_value' });
      expect(heldIn(sandbox, accountId)?.fields).toEqual(person(1));
    });

    it('that are switched off cannot be told from those that are on', async () => {
      sandbox.learnamp.settings.change({ customFieldsEnabled: false });
      const accountId = await create(1);
      expect(heldIn(sandbox, accountId)?.fields).not.toHaveProperty('custom_fields.Badge');
      const findings = await target.check(['custom_fields.Badge']);
      expect(findings).toContainEqual(expect.objectContaining({ level: 'warning', subject: 'custom fields' }));
    });
  });

  it('writes forms, with several custom fields, as it writes JSON', async () => {
    target = openOn(sandbox, { body_encoding: 'form' });
    const accountId = await create(1);
    expect(heldIn(sandbox, accountId)?.fields).toEqual(person(1));
    const { 'custom_fields.Badge': _, ...fields } = person(1);
    const emptied = { ...fields, secondary_teams: null, job_title: null, 'custom_fields.Badge': null };
    await target.update(accountId, whole(emptied));
    expect(heldIn(sandbox, accountId)?.fields).toEqual({ ...fields, secondary_teams: [], job_title: null });
  });

  it('has nothing to clear in an account that is new', async () => {
    target = openOn(sandbox, { clear_value: 'omit' });
    const empty = { job_title: null, secondary_teams: null, occupation_role: null, 'custom_fields.Badge': null };
    const draft = whole({ ...person(1), ...empty }, null);
    expect(await target.create(draft, { invite: false })).toMatchObject({ refused: [] });
    expect(writes().filter((write) => write.startsWith('PUT'))).toEqual([]);
  });

  it('names a manager by e-mail only where that is asked for and known', async () => {
    const manager = { accountId: await create(1), email: 'person.1@ACME.example' };
    target = openOn(sandbox, { manager_key: 'email' });
    for (const [number, email] of [
      [2, manager.email],
      [3, null],
    ] as const) {
      const { accountId } = await target.create(whole(person(number), { ...manager, email }), { invite: false });
      expect(heldIn(sandbox, accountId)?.manager).toBe(manager.accountId);
    }
    await target.deactivate(manager.accountId);
    const refusal = await failureOf(target.create(whole(person(4), manager), { invite: false }));
    expect(refusal).toMatchObject({ reason: 'unknown_reference' });
  });

  it('keeps an account whose occupation role is refused, and says so', async () => {
    const draft = whole({ ...person(1), occupation_role: 'Astronaut' });
    const { accountId, refused } = await target.create(draft, { invite: true });
    expect(refused).toEqual(['occupation_role']);
    expect(heldIn(sandbox, accountId)).toMatchObject({ invitations: 1, fields: { occupation_role: null } });
    const refusal = await failureOf(target.update(accountId, only(['occupation_role'], draft.fields)));
    expect(refusal).toMatchObject({ reason: 'unknown_reference' });
  });

  it.each([
    ['language', 'FR'],
    ['language', 'Deutsch'],
    ['role', 'owner'],
    ['role', 'super_admin'],
  ])('refuses the %s %s without asking', async (field, value) => {
    const accountId = await create(1);
    sandbox.learnamp.requests.clear();
    expect(await failureOf(changeTo(accountId, field, value))).toMatchObject({ reason: 'invalid_value' });
    expect(sandbox.learnamp.requests.list()).toEqual([]);
  });

  it('sends no leave date and no picture without a key for them', async () => {
    const accountId = await create(1, { leave_date: '2026-12-31', avatar: 'https://acme.example/1.png' });
    sandbox.learnamp.requests.clear();
    expect(await changeTo(accountId, 'leave_date', '2027-01-31')).toEqual({ accountId, refused: [] });
    expect(sandbox.learnamp.requests.list()).toEqual([]);
    const withheld = (await target.fields()).filter(({ name }) => target.withheld(name) !== null);
    expect(withheld.map(({ name }) => name)).toEqual(['leave_date', 'avatar']);
    const warnings = (await target.check(['leave_date', 'email'])).filter(({ level }) => level === 'warning');
    expect(warnings).toMatchObject([{ subject: 'field leave_date' }]);
  });

  it.each([204, 400, 422])('takes "already so" for success where Learn Amp answers it with %d', async (status) => {
    sandbox.learnamp.settings.change({ alreadySoStatus: status });
    const accountId = await create(1);
    await target.deactivate(accountId);
    await target.deactivate(accountId);
    await target.reactivate(accountId, whole(person(1)));
    await target.reactivate(accountId, whole(person(1)));
    expect(heldIn(sandbox, accountId)).toMatchObject({ active: true, fields: person(1) });
    const strict = openOn(sandbox, { deactivate_already_inactive: 'error' });
    const refusal = await failureOf(strict.reactivate(accountId, whole(person(1))));
    expect(refusal === null).toBe(status === 204);
  });

  it('does not take a refused deactivation for one that is done', async () => {
    expect(await failureOf(target.deactivate('1'))).toMatchObject({ name: 'RejectedError', reason: 'other' });
    expect(heldIn(sandbox, '1')?.active).toBe(true);
  });

  it('finds somebody whose e-mail Learn Amp keeps in small letters and filters by the letter', async () => {
    sandbox.learnamp.settings.change({ emailFilterMindsCase: true, listsDeactivated: false });
    const accountId = await create(1, { email: 'small@acme.example' });
    await target.deactivate(accountId);
    const found = await target.find([{ externalId: 'nobody', email: 'Small@Acme.example' }]);
    expect(found.map(({ id }) => id)).toEqual([accountId]);
  });

  it('works without external ids where the account has none', async () => {
    target = openOn(sandbox, { external_ids: false });
    expect(target.capabilities.externalId).toBe(false);
    const accountId = await create(1);
    expect(heldIn(sandbox, accountId)?.fields['external_id']).toBeNull();
    expect(await target.find([{ externalId: 'E-1', email: 'person.1@acme.example' }])).toMatchObject([
      { id: accountId },
    ]);
  });

  it('tells a key limited to named scopes that it must ask for them', async () => {
    const key = { client_id: 'reader', client_secret: 'reader-secret' };
    const findings = await openOn(sandbox, key).check(['email']);
    expect(findings).toMatchObject([{ level: 'error', message: expect.stringContaining('target.scopes') }]);
    const limited = await openOn(sandbox, { ...key, scopes: 'users:read teams:read' }).check(['primary_team']);
    const message = expect.stringMatching(/users:create.*users:update.*teams:create/);
    expect(limited).toContainEqual({ level: 'error', subject: 'scopes', message, cause: 'credentials' });
  });

  it('invites by hand only by a call that the user names', async () => {
    const accountId = await create(1);
    expect(target.capabilities.inviteByHand).toBe(false);
    expect(target.invite).toBeUndefined();
    const inviting = openOn(sandbox, { invite_call: { method: 'POST', path: '/v1/users/{id}/invite' } });
    expect(inviting.capabilities.inviteByHand).toBe(true);
    await failureOf(Promise.resolve(inviting.invite?.(accountId, 'x@acme.example')));
    expect(writes().at(-1)).toBe(`POST /v1/users/${accountId}/invite`);
  });
});
