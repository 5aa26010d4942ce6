import { day } from '../../support/connector.js';
import { hire, plainPerson } from '../../support/people.js';
import { onScim } from './on-scim.js';
import type { KillPoint, Story } from './situation.js';
import { companyOf } from './story.js';
import { describeWrites } from './writes.js';

/** A night on which somebody moves to another group and address, leaves, comes back, is there already and is new. */
const everyKindOfNight: Story = {
  company: companyOf(12),
  async tell({ connector }) {
    const { company, hr, sandbox } = connector;
    hr.moveTo(day(0));
    const [moves, leaves, returns] = [0, 1, 2].map((index) => plainPerson(company, index).id);
    await connector.imported();
    hr.apply({ kind: 'set_status', person: returns ?? 0, status: 'inactive' });
    await connector.imported();
    const department = company.departments.find(({ id }) => id !== plainPerson(company, 0).departmentId);
    hr.apply({ kind: 'change_department', person: moves ?? 0, to: department?.name ?? '' });
    hr.apply({ kind: 'change_email', person: moves ?? 0, to: 'moved@acme.example' });
    hr.apply({ kind: 'set_status', person: leaves ?? 0, status: 'inactive' });
    hr.apply({ kind: 'set_status', person: returns ?? 0, status: 'active' });
    sandbox.scim.directory.addUser({
      ...{ userName: 'known@acme.example', active: true, name: { givenName: 'Before', familyName: 'Newcomer' } },
      emails: [{ value: 'known@acme.example', type: 'work', primary: true }],
    });
    for (const name of ['New', 'Known']) hire(connector, name, day(0));
  },
  kinds: ['adopt', 'create with mail', 'deactivate', 'reactivate', 'update'],
  fewest: 5,
};

/** Kills runs into a SCIM portal at each write, all at one moment: files of their own run side by side. */
export function describeScim(moment: KillPoint['moment']): void {
  describeWrites(moment, { what: 'every kind of change by SCIM', open: onScim, story: everyKindOfNight, fewest: 8 });
}
