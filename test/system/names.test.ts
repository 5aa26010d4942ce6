import { describe, expect } from 'vitest';
import { test } from '../support/connector.js';
import { connectPortal, portalUser, takePortalWrites } from '../support/learnupon.js';
import { plainPerson, unitName } from '../support/people.js';

describe.concurrent('names', () => {
  test('of teams and places that differ in capitals alone are one: no drift, no update, no second team', async ({
    connect,
  }) => {
    const connector = await connect();
    await connector.imported();
    for (const team of connector.lms.teams.values()) team.name = team.name.toUpperCase();
    for (const account of connector.lms.list()) {
      if (account.location !== null) connector.lms.change(account, { location: account.location.toUpperCase() });
    }
    const teams = connector.lms.teams.size;
    expect(teams).toBeGreaterThan(1);
    expect((await connector.run(['verify'])).code).toBe(0);
    connector.takeWrites();
    await connector.imported();
    expect(connector.takeWrites()).toEqual([]);
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'change_name', person: person.id, firstName: 'Renamed' });
    const other = connector.company.departments.find(({ id }) => id !== person.departmentId);
    connector.hr.apply({ kind: 'change_department', person: person.id, to: other?.name ?? '' });
    await connector.imported();
    expect(connector.lms.teams.size).toBe(teams);
    const { primaryTeamId } = connector.account(person);
    expect(connector.lms.teams.get(primaryTeamId ?? 0)?.name).toBe(other?.name.toUpperCase());
  });

  test('of groups in LearnUpon likewise, and one with a comma in it is one', async ({ connect }) => {
    const target = { groups: 'own', owned_groups: ['*'] };
    const mapping = { groups: { from: 'department', type: 'multi_choice' } };
    const connector = await connectPortal(connect, { target, mapping });
    const person = plainPerson(connector.company);
    const department = unitName(connector.company.departments, person.departmentId);
    connector.hr.apply({ kind: 'rename_department', department, to: 'Research, Development' });
    await connector.imported();
    const { portal } = connector.sandbox;
    const titles = () => portal.groupsOf(portalUser(connector, person.email).id).map(({ title }) => title);
    expect(titles()).toEqual(['Research, Development']);
    for (const group of portal.groups.values()) group.title = group.title.toUpperCase();
    expect((await connector.run(['verify'])).code).toBe(0);
    takePortalWrites(connector);
    await connector.imported();
    expect(takePortalWrites(connector)).toEqual([]);
  });

  test('of custom fields in another spelling are refused with the one that is meant', async ({ connect }) => {
    const mapping = {
      custom_fields: { 'cost center': 'cost_center', Badges: 'dynamic_1234567', Xylophone: 'last_name' },
    };
    const connector = await connectPortal(connect, { mapping });
    const { code, stdout, stderr } = await connector.run(['import-all']);
    expect(code).toBe(2);
    for (const said of ['did you mean "Cost centre"?', 'did you mean "Badge"?']) expect(stderr).toContain(said);
    expect(stderr).toContain('has no field "Xylophone": make it there');
    expect(`${stdout}${stderr}`.match(/did you mean/g)).toHaveLength(2);
    expect(takePortalWrites(connector)).toEqual([]);
    expect((await connector.run(['check'])).stdout).toContain('did you mean "Cost centre"?');
  });
});
