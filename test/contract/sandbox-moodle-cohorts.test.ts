import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cohort } from '../../src/sandbox/moodle/site/cohort.js';
import { type MoodleStage, startStage } from '../support/moodle-site.js';

let stage: MoodleStage;

beforeEach(async () => {
  stage = await startStage();
  for (const [username, lastname] of [
    ['a', 'Zola'],
    ['b', 'Abel'],
  ] as const) {
    stage.site.add({ username, firstname: 'X', lastname, email: `${username}@acme.example` });
  }
});
afterEach(() => stage.system.stop());

const system = { type: 'system', value: '' };
const cohort = (idnumber: string, changes: object = {}) => ({
  categorytype: system,
  name: 'Sales',
  idnumber,
  ...changes,
});
const create = (...cohorts: object[]) => stage.call('core_cohort_create_cohorts', { cohorts });
const search = (query: string, changes: object = {}) =>
  stage.call('core_cohort_search_cohorts', { query, context: { contextlevel: 'system', instanceid: 0 }, ...changes });
const add = (...members: object[]) => stage.call('core_cohort_add_cohort_members', { members });
const take = (...members: object[]) => stage.call('core_cohort_delete_cohort_members', { members });
const member = (idnumber: string, user: number | string) => ({
  cohorttype: { type: 'idnumber', value: idnumber },
  usertype: { type: typeof user === 'number' ? 'id' : 'username', value: user },
});
const allow = (...capabilities: string[]) =>
  stage.system.settings.change({ capabilities: ['webservice/rest:use', ...capabilities] });
const idnumbers = (cohorts: readonly Cohort[]) => cohorts.map(({ idnumber }) => idnumber);

describe("cohorts of Moodle's stand-in", () => {
  it('are made with an id, and their names come back formatted unless they are wanted raw', async () => {
    const name = 'A & <b>B</b>';
    const { body } = await create(cohort('C1', { name, visible: '0' }));
    expect(body).toMatchObject([{ id: 1, name: 'A &amp; B', idnumber: 'C1', visible: false }]);
    const raw = await stage.call('core_cohort_get_cohorts', {}, { moodlewssettingraw: '1' });
    expect(raw.body).toMatchObject([{ name }]);
  });

  it('are made all or not at all', async () => {
    expect((await create(cohort('C1'), cohort('C1'))).body.errorcode).toBe('invalidparameter');
    expect(stage.site.cohorts.size).toBe(0);
    await create(cohort('C1'));
    expect((await create(cohort('C2'), cohort('C1'))).body.errorcode).toBe('invalidparameter');
    expect(stage.site.cohorts.size).toBe(1);
  });

  it('have idnumbers that differ by capitals alone, and one may be empty, while names repeat', async () => {
    expect((await create(cohort('c1'), cohort('C1'), cohort(''))).body).toHaveLength(3);
    expect((await create(cohort(''))).body.errorcode).toBe('invalidparameter');
  });

  it.each([
    ['without a kind of category', { categorytype: { value: '' } }, 'invalidparameter'],
    ['without its value', { categorytype: { type: 'system' } }, 'invalidparameter'],
    ['in an unknown category', { categorytype: { type: 'idnumber', value: 'X' } }, 'invalidparameter'],
    ['in another kind of place', { categorytype: { type: 'course', value: '1' } }, 'invalidparameter'],
    ['with an unknown key', { component: 'x' }, 'invalidparameter'],
    ['with a name too long', { name: 'x'.repeat(255) }, 'dmlwriteexception'],
    ['with an idnumber too long', { idnumber: 'x'.repeat(101) }, 'dmlwriteexception'],
  ])('are not made %s', async (_, changes, errorcode) => {
    expect((await create(cohort('C1', changes))).body.errorcode).toBe(errorcode);
    expect(stage.site.cohorts.size).toBe(0);
  });

  it('tell by their own failure whether they may be made', async () => {
    const probe = async () => (await create(cohort('C1', { name: 'x'.repeat(300) }))).body.errorcode;
    expect(await probe()).toBe('dmlwriteexception');
    allow('moodle/cohort:assign', 'moodle/cohort:view');
    expect(await probe()).toBe('nopermissions');
  });

  it('are two where two calls make one at once', async () => {
    stage.system.settings.change({ workMilliseconds: 400 });
    const answers = await Promise.all([create(cohort('C1')), create(cohort('C1'))]);
    expect(answers.map(({ body }) => body.length)).toEqual([1, 1]);
    expect(idnumbers([...stage.site.cohorts.values()])).toEqual(['C1', 'C1']);
  });

  it('are found by a part of name, idnumber or description, without case and with % as a letter', async () => {
    await create(cohort('C1', { name: 'Sales' }), cohort('C2', { name: 'IT', description: 'salesmen too' }));
    expect(idnumbers((await search('SALE')).body.cohorts).toSorted()).toEqual(['C1', 'C2']);
    expect(idnumbers((await search('c2')).body.cohorts)).toEqual(['C2']);
    expect((await search('%')).body.cohorts).toEqual([]);
  });

  it('come 25 at a time in a search, and all of them with a limit of 0', async () => {
    await create(...Array.from({ length: 30 }, (_, number) => cohort(`C${number}`)));
    expect((await search('')).body.cohorts).toHaveLength(25);
    expect((await search('', { limitfrom: 25 })).body.cohorts).toHaveLength(5);
    expect((await search('', { limitnum: 0 })).body.cohorts).toHaveLength(30);
  });

  it('of categories show in a search only where all are asked for', async () => {
    stage.site.categories.set(5, { id: 5, idnumber: 'CAT' });
    await create(cohort('C1', { categorytype: { type: 'idnumber', value: 'CAT' } }), cohort('C2'));
    expect(idnumbers((await search('')).body.cohorts)).toEqual(['C2']);
    expect(idnumbers((await search('', { includes: 'all' })).body.cohorts)).toEqual(['C1', 'C2']);
    expect((await search('', { includes: 'some' })).body.errorcode).toBe('codingerror');
  });

  it('come by id, the unknown left out, and none of them means all', async () => {
    await create(cohort('C1'), cohort('C2'));
    const get = (cohortids?: readonly number[]) =>
      stage.call('core_cohort_get_cohorts', cohortids === undefined ? {} : { cohortids });
    expect(idnumbers((await get([2, 99])).body)).toEqual(['C2']);
    expect(idnumbers((await get()).body)).toEqual(['C1', 'C2']);
  });

  it('that are none are shown to everybody, the first only to those who may view', async () => {
    allow();
    const get = () => stage.call('core_cohort_get_cohorts');
    expect((await get()).body).toEqual([]);
    stage.site.addCohort({ idnumber: 'C1' });
    expect((await get()).body.errorcode).toBe('nopermissions');
    expect((await search('')).body.errorcode).toBe('nopermissions');
    for (const right of ['moodle/cohort:view', 'moodle/cohort:manage']) {
      allow(right);
      expect((await get()).body).toHaveLength(1);
      expect((await search('')).body.cohorts).toHaveLength(1);
    }
  });

  it('are changed with all that they hold, and deleted all or not at all', async () => {
    await create(cohort('C1'), cohort('C2'));
    const update = (changes: object) => stage.call('core_cohort_update_cohorts', { cohorts: [changes] });
    expect((await update({ id: 1, name: 'New' })).body.errorcode).toBe('invalidparameter');
    expect((await update({ id: 9, ...cohort('C9') })).body.errorcode).toBe('invalidrecordunknown');
    expect((await update({ id: 1, ...cohort('C2') })).body.errorcode).toBe('invalidparameter');
    expect((await update({ id: 1, ...cohort('C3', { name: 'New' }) })).body).toBeNull();
    expect(stage.site.cohorts.get(1)).toMatchObject({ name: 'New', idnumber: 'C3' });
    const remove = (...cohortids: number[]) => stage.call('core_cohort_delete_cohorts', { cohortids });
    expect((await remove(1, 9)).body.errorcode).toBe('invalidrecordunknown');
    expect((await remove(1, 2)).body).toBeNull();
    expect(stage.site.cohorts.size).toBe(0);
  });
});

describe("members of cohorts in Moodle's stand-in", () => {
  const members = () => [...(stage.site.findCohort('C1')?.members ?? [])];

  beforeEach(() => {
    stage.site.addCohort({ idnumber: 'C1', name: 'Sales', component: 'enrol_database' });
  });

  it('join by id or username, though they are suspended, the guest or an administrator', async () => {
    stage.site.change(stage.site.users.get(4) ?? stage.site.add({}), { suspended: true });
    expect((await add(member('C1', 4), member('C1', 'b'), member('C1', 1), member('C1', 2))).body).toEqual({
      warnings: [],
    });
    expect(members()).toEqual([4, 5, 1, 2]);
  });

  it('are warned of one by one, and the rest joins', async () => {
    stage.site.remove(stage.site.users.get(5) ?? stage.site.add({}));
    const { body } = await add(
      { ...member('C1', 4), usertype: { type: 'email', value: 'a@acme.example' } },
      ...[member('C9', 4), member('C1', 99), member('C1', 5), member('C1', 4), member('C1', 4)],
    );
    expect(body.warnings.map(({ warningcode }: { warningcode: string }) => warningcode)).toEqual([
      ...['1', '2', '2', '2', '3'],
    ]);
    expect(body.warnings[1]).not.toHaveProperty('itemid');
    expect(body.warnings[1].message).toContain('C9');
    expect(members()).toEqual([4]);
  });

  it('do not join at all where one id is no number', async () => {
    const odd = { ...member('C1', 4), usertype: { type: 'id', value: 'x' } };
    expect((await add(member('C1', 4), odd)).body.errorcode).toBe('Error');
    expect(members()).toEqual([]);
  });

  it('join once where two equal calls come at once, and one of the calls fails', async () => {
    stage.system.settings.change({ workMilliseconds: 400 });
    const answers = await Promise.all([add(member('C1', 4)), add(member('C1', 4))]);
    expect(answers.map(({ body }) => body.errorcode).toSorted()).toEqual(['dmlwriteexception', undefined]);
    expect(members()).toEqual([4]);
  });

  it('leave though they were none, and not at all where somebody is unknown or deleted', async () => {
    await add(member('C1', 4));
    stage.site.remove(stage.site.users.get(5) ?? stage.site.add({}));
    for (const [cohortid, userid] of [
      [1, 99],
      [1, 5],
      [9, 4],
    ]) {
      expect((await take({ cohortid: 1, userid: 4 }, { cohortid, userid })).body.errorcode).toBe(
        'invalidrecordunknown',
      );
    }
    expect(members()).toEqual([4]);
    expect((await take({ cohortid: 1, userid: 4 }, { cohortid: 1, userid: 3 })).body).toBeNull();
    expect(members()).toEqual([]);
  });

  it('are listed by last name, and one unknown cohort loses the list', async () => {
    await add(member('C1', 4), member('C1', 5));
    const list = (...cohortids: number[]) => stage.call('core_cohort_get_cohort_members', { cohortids });
    expect((await list(1)).body).toEqual([{ cohortid: 1, userids: [5, 4] }]);
    expect((await list(1, 9)).body.errorcode).toBe('invalidrecordunknown');
  });

  it('join and leave by either of two rights, and warnings come before rights', async () => {
    for (const right of ['moodle/cohort:manage', 'moodle/cohort:assign']) {
      allow(right);
      expect((await add(member('C1', 4))).body).toEqual({ warnings: [] });
      expect((await take({ cohortid: 1, userid: 4 })).body).toBeNull();
    }
    allow('moodle/cohort:view');
    expect((await add(member('C1', 4))).body.errorcode).toBe('nopermissions');
    expect((await take({ cohortid: 1, userid: 4 })).body.errorcode).toBe('nopermissions');
    expect((await add(member('C1', 99))).body.warnings).toMatchObject([{ warningcode: '2' }]);
  });

  it('stay when they are suspended', async () => {
    await add(member('C1', 4));
    await stage.call('core_user_update_users', { users: [{ id: 4, suspended: '1' }] });
    expect(members()).toEqual([4]);
  });
});
