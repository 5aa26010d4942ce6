import { day } from '../../support/connector.js';
import { plainPerson } from '../../support/people.js';
import type { Stage360 } from './on-360learning.js';
import type { Story } from './situation.js';

/** A night on which somebody moves, leaves, comes back, is there already and is new. */
export const everyKindOfNight: Story<Stage360> = {
  company: { size: 14, today: day(0) },
  async tell({ connector, learning }) {
    const { hr, company } = connector;
    const [moves, leaves, returns] = [0, 1, 2].map((index) => plainPerson(company, index).id);
    await learning.imported();
    hr.apply({ kind: 'set_status', person: returns ?? 0, status: 'inactive' });
    await learning.imported();
    hr.apply({ kind: 'set_status', person: returns ?? 0, status: 'active' });
    hr.apply({ kind: 'set_status', person: leaves ?? 0, status: 'inactive' });
    hr.apply({ kind: 'change_department', person: moves ?? 0, to: company.departments[2]?.name ?? '' });
    hr.apply({ kind: 'set_custom', person: moves ?? 0, key: 'dynamic_1234567', value: 77 });
    for (const firstName of ['New', 'Known']) {
      hr.apply({ kind: 'hire', firstName, lastName: 'One', email: `${firstName}@acme.example`, supervisor: 1001 });
    }
    learning.platform.add({ mail: 'known@acme.example', firstName: 'Before', lastName: 'One' }, 'active');
  },
  kinds: ['adopt', 'create with mail', 'deactivate', 'reactivate', 'update'],
  fewest: 5,
};
