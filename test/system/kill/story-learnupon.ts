import type { CompanyEvent } from '../../../src/sandbox/index.js';
import { type Connector, day } from '../../support/connector.js';
import { portalUser } from '../../support/learnupon.js';
import { hire, plainPerson } from '../../support/people.js';
import type { Story } from './situation.js';
import { companyOf, staffWithoutAddress } from './story.js';

/** A night on which invitations are to be sent, withdrawn and taken up, beside what else there is to do. */
export const invitedNight: Story = {
  company: companyOf(12),
  async tell({ connector }) {
    const { company, hr, sandbox } = connector;
    hr.moveTo(day(0));
    const [moves, leaves, returns, renamed] = [0, 1, 2, 3].map((index) => plainPerson(company, index).id);
    const before = ['Accepts', 'Withdrawn', 'Waits'].map((name) => hire(connector, name, day(0)));
    const giveAddress = staffWithoutAddress(connector, 'Oldtimer');
    const oldtimer = company.people.at(-1)?.id ?? 0;
    await connector.imported();
    hr.apply({ kind: 'set_status', person: returns ?? 0, status: 'inactive' });
    await connector.imported();
    const department = company.departments.find(({ id }) => id !== plainPerson(company, 0).departmentId);
    const events: readonly CompanyEvent[] = [
      { kind: 'change_department', person: moves ?? 0, to: department?.name ?? '' },
      { kind: 'change_email', person: renamed ?? 0, to: 'wedded@acme.example' },
      { kind: 'set_status', person: leaves ?? 0, status: 'inactive' },
      { kind: 'set_status', person: returns ?? 0, status: 'active' },
      { kind: 'change_name', person: before[0]?.id ?? 0, lastName: 'Wedded' },
      { kind: 'terminate', person: before[1]?.id ?? 0, on: day(-1) },
    ];
    for (const event of events) hr.apply(event);
    const accepted = sandbox.portal.openInvite('accepts@acme.example');
    if (accepted === null) throw new Error('nobody was invited');
    sandbox.portal.accept(accepted);
    hire(connector, 'New', day(0));
    giveAddress();
    hr.apply({ kind: 'change_department', person: oldtimer, to: department?.name ?? '' });
    sandbox.portal.add({ email: 'known@acme.example', first_name: 'Before', last_name: 'Newcomer' });
    hire(connector, 'Known', day(-40));
  },
  kinds: ['adopt', 'create', 'create with mail', 'deactivate', 'reactivate', 'update'],
  fewest: 9,
};

/** A night on which one account is made closed, and one is opened on its day: nobody can read back its manager. */
export const openingNight: Story = {
  company: companyOf(10),
  async tell({ connector }) {
    const { company, hr } = connector;
    hr.moveTo(day(0));
    const early = hire(connector, 'Early', day(5)).id;
    hr.apply({ kind: 'change_manager', person: early, to: plainPerson(company, 0).id });
    await connector.imported();
    expectClosed(connector, 'early@acme.example');
    hr.apply({ kind: 'move_hire_date', person: early, to: day(0) });
    hire(connector, 'Later', day(6));
  },
  kinds: ['create', 'reactivate with mail'],
  fewest: 2,
};

function expectClosed(connector: Connector, email: string): void {
  if (portalUser(connector, email).enabled) throw new Error(`${email} is open before the day`);
}
