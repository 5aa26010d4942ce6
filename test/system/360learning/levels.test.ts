import { describe, expect } from 'vitest';
import type { Person } from '../../../src/sandbox/index.js';
import { type Connect, test } from '../../support/connector.js';
import { Learning360 } from '../../support/learning360.js';
import { plainPeople, unitName } from '../../support/people.js';

const LEVELS = { levels: ['work_location', 'department'] };

/** A platform in which only Berlin and Porto have groups, each with one of a department of the same name. */
async function open(connect: Connect) {
  const stage = await Learning360.open(connect, { people: 25, levels: false, config: { target: LEVELS } });
  const { company } = stage.connector;
  const [one, other, third] = plainPeople(company);
  if (one === undefined || other === undefined || third === undefined) throw new RangeError('too few people');
  const department = unitName(company.departments, one.departmentId);
  const officeIn = (name: string) => company.offices.find((office) => office.name === name)?.id ?? null;
  const place = (person: Person, office: string) =>
    Object.assign(person, { officeId: officeIn(office), departmentId: one.departmentId });
  place(one, 'Berlin');
  place(other, 'Porto');
  place(third, 'London');
  const { platform } = stage;
  const [berlin, porto] = ['BERLIN ', 'porto'].map((name) => platform.addGroup(name, platform.root.id).id);
  const [support, sameName] = [berlin, porto].map((id) => platform.addGroup(department, id ?? '').id);
  const placesOf = (person: Person) => platform.rolesOf(stage.user(person).id).map(({ groupId }) => groupId);
  return { stage, one, other, third, department, berlin, porto, support, sameName, placesOf };
}

describe('levels of HR fields in 360Learning', () => {
  test('two departments of one name in two places are two groups', async ({ connect }) => {
    const { stage, one, other, third, support, sameName, placesOf } = await open(connect);
    await stage.imported();
    expect(placesOf(one)).toEqual([support]);
    expect(placesOf(other)).toEqual([sameName]);
    expect(placesOf(third)).toEqual([stage.platform.root.id]);
    expect((await stage.connector.run(['verify'])).code).toBe(0);
  });

  test('values that no group matches are told with their number by check, the plan and explain', async ({
    connect,
  }) => {
    const { stage, third } = await open(connect);
    const { connector } = stage;
    const inLondon = connector.company.people.filter(({ officeId }) => officeId === third.officeId);
    const said = /(\d+) (?:people have|person has) work_location "London": 360Learning has no group of that name/;
    const { notices } = await stage.json('--dry-run');
    const count = Number(said.exec(notices.join('\n'))?.[1]);
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThanOrEqual(inLondon.length);
    const { code, stdout } = await connector.run(['check']);
    expect(code).toBe(0);
    expect(Number(said.exec(stdout.replace(/\s+/g, ' '))?.[1])).toBe(count);
    await stage.imported();
    // Every night, not only in the one that placed them.
    expect(Number(said.exec((await stage.imported()).notices.join('\n'))?.[1])).toBe(count);
    const explained = await connector.run(['explain', String(third.id), '--fresh']);
    expect(explained.stdout.replace(/\s+/g, ' ')).toMatch(
      /work_location "London": 360Learning has no group of that name/,
    );
  });

  test('the first night after the group was made moves them, and the next one has nothing to do', async ({
    connect,
  }) => {
    const { stage, third, placesOf } = await open(connect);
    const { platform } = stage;
    await stage.imported();
    expect((await stage.imported()).changes).toEqual([]);
    const london = platform.addGroup('london', platform.root.id).id;
    const { changes } = await stage.imported('--allow', 'update=100');
    expect(changes).toContainEqual(
      expect.objectContaining({ kind: 'update', employee: expect.objectContaining({ id: String(third.id) }) }),
    );
    expect(placesOf(third).sort()).toEqual([london, platform.root.id].sort());
    expect((await stage.imported()).changes).toEqual([]);
  });

  test('two groups of one name are named by check, and nobody is placed in either', async ({ connect }) => {
    const { stage, one, berlin, department, placesOf } = await open(connect);
    stage.platform.addGroup(department.toUpperCase(), berlin ?? '');
    const { personio } = stage.connector.sandbox;
    personio.requests.clear();
    const { stdout } = await stage.connector.run(['check']);
    // How many there are, and then everybody once.
    expect(personio.requests.list().filter(({ route }) => route === 'employees')).toHaveLength(2);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/several groups below "BERLIN " \(\w+\) are called/);
    await stage.imported();
    expect(placesOf(one)).toEqual([berlin]);
  });

  test('groups that are called otherwise are named by their path', async ({ connect }) => {
    const { stage, one, other, department, sameName, placesOf } = await open(connect);
    const named = stage.platform.addGroup('Named otherwise', null).id;
    await stage.configure({ target: { ...LEVELS, level_groups: { [`berlin/${department}`]: named } } });
    await stage.imported();
    expect([placesOf(one), placesOf(other)]).toEqual([[named], [sameName]]);
  });

  test('a config of an earlier version is answered with the new form', async ({ connect }) => {
    const { stage } = await open(connect);
    const levels = [{ field: 'department', groups: { Sales: stage.platform.root.id } }];
    await stage.configure({ target: { levels } });
    const { code, stderr } = await stage.connector.run(['import-all']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/levels\[0\].*write levels: \[department\].*level_groups: \{ "Sales": ID/);
  });

  test('a person whose new group is gone stays where they are, and the failure names the group', async ({
    connect,
  }) => {
    const { stage, one, support, department, placesOf } = await open(connect);
    await stage.imported();
    const gone = 'f'.repeat(24);
    await stage.configure({ target: { ...LEVELS, level_groups: { [`Berlin / ${department}`]: gone } } });
    const { changes, exit_code } = await stage.json();
    expect(exit_code).toBe(4);
    const failed = changes.find(({ employee }) => employee.id === String(one.id));
    expect(failed?.error).toMatch(
      new RegExp(`groupNotFound.*${gone} \\(target.level_groups "Berlin / ${department}"\\)`),
    );
    expect(placesOf(one)).toEqual([support]);
  });

  test('somebody moved by hand is brought back, and groups that somebody chose by hand stay', async ({ connect }) => {
    const { stage, one, other, support, sameName, placesOf } = await open(connect);
    const { platform, connector } = stage;
    await stage.imported();
    const project = platform.addGroup('Project', platform.root.id).id;
    platform.join(stage.user(other).id, project, 'learner');
    expect((await connector.run(['verify'])).code).toBe(0);
    platform.memberships.delete(`${support}/learner/${stage.user(one).id}`);
    platform.join(stage.user(one).id, project, 'learner');
    expect((await connector.run(['verify'])).code).toBe(3);
    expect((await connector.json(['verify', '--repair'])).exit_code).toBe(0);
    expect(placesOf(one)).toContain(support);
    expect(placesOf(other).sort()).toEqual([project, sameName].sort());
    expect((await connector.run(['verify'])).code).toBe(0);
  });
});

describe('custom fields in 360Learning', () => {
  test('are made for days where HR has days, although the mapping gives no type', async ({ connect }) => {
    const mapping = {
      custom_fields: { 'Certified on': 'dynamic_5678901', Entry: 'start_date', Site: 'work_location' },
    };
    const stage = await Learning360.open(connect, { people: 12, config: { mapping } });
    const { stdout } = await stage.connector.run(['check']);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/Certified on does not exist yet, and will be made for days/);
    await stage.imported();
    const made = [...stage.platform.customFields.values()].map(({ name, type }) => `${name}: ${type}`).sort();
    expect(made).toEqual(['Certified on: date', 'Entry: date', 'Site: string']);
    await stage.expectQuiet();
  });

  test('that were renamed show as drift, and check names the new name', async ({ connect }) => {
    const stage = await Learning360.open(connect, { people: 12 });
    const { platform, connector } = stage;
    await stage.imported();
    const badge = [...platform.customFields.values()].find(({ name }) => name === 'Badge');
    if (badge === undefined) throw new RangeError('no badge');
    platform.customFields.set(badge.id, { ...badge, name: 'Badge number' });
    expect((await connector.run(['check'])).stdout).toContain('did you mean "Badge number"?');
    const { code, stdout } = await connector.run(['verify', '--json']);
    expect(code).toBe(3);
    const { drift } = JSON.parse(stdout);
    expect(drift.length).toBeGreaterThan(3);
    expect(Object.keys(drift[0].fields)).toEqual(['custom_fields.Badge']);
  });

  test('that the mapping calls by another name leave whom hrsync wrote, and one that it names no more stays', async ({
    connect,
  }) => {
    const stage = await Learning360.open(connect, { people: 12 });
    const { platform } = stage;
    await stage.imported();
    const users = [...platform.users.values()];
    const values = () => users.map((user) => stage.values(user));
    const before = values();
    const custom_fields = {
      'Badge number': { from: 'dynamic_1234567', type: 'integer' },
      'Certified on': { from: 'dynamic_5678901', type: 'date' },
    };
    await stage.configure({ mapping: { custom_fields } });
    const { changes, exit_code } = await stage.imported();
    expect(exit_code).toBe(0);
    expect(changes.length).toBeGreaterThan(3);
    const renamed = before.map(({ Badge, ...rest }) =>
      Badge === undefined ? rest : { ...rest, 'Badge number': Badge },
    );
    expect(values()).toEqual(renamed);
    expect(values().some((held) => held['Cost centre'] !== undefined)).toBe(true);
    await stage.configure({ mapping: { custom_fields: { Badge: custom_fields['Badge number'] } } });
    await stage.imported();
    expect(values()).toEqual(before);
    await stage.expectQuiet();
  });
});
