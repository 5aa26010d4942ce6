import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../../src/sandbox/index.js';
import { Connector, day } from '../../support/connector.js';
import { isWanted } from '../../support/expected.js';
import { Learning360 } from '../../support/learning360.js';

describe('the first import from Personio into 360Learning', () => {
  let connector: Connector;
  let stage: Learning360;
  let stranger: string;
  let staff: readonly Person[];

  beforeAll(async () => {
    stage = await Learning360.open(
      async (options) => {
        connector = await Connector.open(options);
        return connector;
      },
      { people: 40 },
    );
    const { platform } = stage;
    stranger = platform.add({ mail: 'guest@partner.example', firstName: 'Gerda', lastName: 'Guest' }, 'active').id;
    platform.addCustomField('T-shirt', 'string');
    connector.hr.apply({
      kind: 'hire',
      firstName: 'Olga',
      lastName: 'Onboarding',
      email: 'olga@acme.example',
      on: day(30),
    });
    staff = connector.company.people.filter((person) => isWanted(person, day(30)));
    await stage.imported();
  });
  afterAll(() => connector.close());

  const department = ({ departmentId }: Person) =>
    connector.company.departments.find(({ id }) => id === departmentId)?.name ?? '';

  it('brings the default fields: employee id, first name, last name, e-mail, title and manager', () => {
    const ids = new Set(staff.map(({ id }) => id));
    for (const person of staff) {
      const user = stage.user(person);
      expect(user).toMatchObject({
        ...{ mail: person.email, firstName: person.firstName, lastName: person.lastName, job: person.position },
        ...{ status: 'invited', lang: 'en' },
      });
      const { supervisorId } = person;
      const manager = supervisorId !== null && ids.has(supervisorId) ? [stage.user({ id: supervisorId }).id] : [];
      expect([...stage.platform.managersOf(user.id)]).toEqual(manager);
    }
  });

  it('makes accounts for onboarding, active and on-leave people only', () => {
    const { people } = connector.company;
    expect(new Set(staff.map(({ status }) => status))).toEqual(new Set(['onboarding', 'active', 'leave']));
    const bearers = [...stage.platform.externalIds.values()].map(({ value }) => Number(value)).sort();
    expect(bearers).toEqual(staff.map(({ id }) => id).sort());
    expect(people.some(({ status }) => status === 'inactive')).toBe(true);
  });

  it('places people by the levels of the org chart, everybody else in the top group, and makes no group', () => {
    const groups = stage.groups();
    const placed = staff.map((person) => {
      const roles = stage.platform.rolesOf(stage.user(person).id);
      const group = groups[department(person)] ?? stage.platform.root.id;
      expect(roles, department(person)).toEqual([{ groupId: group, role: 'learner' }]);
      return group;
    });
    expect(new Set(placed).size).toBeGreaterThan(3);
    expect(placed).toContain(stage.platform.root.id);
    expect(stage.platform.groups.size).toBe(connector.company.departments.length + 1);
  });

  it('makes custom fields that are missing, for days and for texts', () => {
    const made = [...stage.platform.customFields.values()].map(({ name, type }) => `${name}: ${type}`);
    expect(made.sort()).toEqual(['Badge: string', 'Certified on: date', 'Cost centre: string', 'T-shirt: string']);
    for (const person of staff) {
      const { dynamic_1234567: badge, dynamic_5678901: certified } = person.custom;
      const values = stage.values(stage.user(person));
      expect(values['Badge']).toBe(badge === null || badge === undefined ? undefined : String(badge));
      expect(values['Certified on']).toBe(certified ?? undefined);
    }
    expect(staff.some(({ custom }) => custom['dynamic_5678901'] !== null)).toBe(true);
  });

  it('mails each of them one invitation, when the account is made', () => {
    const mailed = stage.platform.mails.map(({ to }) => to).sort();
    expect(mailed).toEqual(staff.map(({ email }) => email).sort());
  });

  it('never touches users who exist only in 360Learning', () => {
    expect(stage.platform.users.get(stranger)).toMatchObject({ writes: 0, status: 'active' });
    expect(stage.platform.owner.writes).toBe(0);
  });

  it('leaves nothing to do for a second run, which does not even ask', () => stage.expectQuiet());
});
