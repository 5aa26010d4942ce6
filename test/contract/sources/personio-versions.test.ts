import { afterEach, describe, expect, it } from 'vitest';
import { addDays } from '../../../src/core/day.js';
import type { Employee } from '../../../src/core/employee.js';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/index.js';
import { personio } from '../../../src/sources/personio/index.js';
import { plainPeople, plainPerson, topManager, unitName } from '../../support/people.js';
import { EXPECTED_FIELDS } from './expected.js';
import { readAll, testWorld } from './stage.js';

const TODAY = '2026-11-20';
const NO_LIMITS = {
  ...{ authPerMinute: null, employeesPerMinute: null, employeesPerSecond: null },
  ...{ personsRefillPerSecond: null, otherRefillPerSecond: null },
} as const;
const FIELDS = [
  ...EXPECTED_FIELDS,
  ...['preferred_name', 'avatar', 'gender', 'employment_type', 'last_working_day', 'contract_end_date'],
  ...['termination_type', 'termination_reason', 'weekly_working_hours', 'hire_date', 'email'],
  ...['dynamic_1234567', 'dynamic_2345678', 'dynamic_3456789', 'dynamic_4567890', 'dynamic_5678901'],
];

const open: Sandbox[] = [];
afterEach(() => Promise.all(open.splice(0).map((sandbox) => sandbox.stop())));

async function start(seed: number, options: SandboxOptions['personio'] = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({
    company: { size: 60, seed, today: TODAY },
    personio: { ...NO_LIMITS, ...options },
  });
  open.push(sandbox);
  return sandbox;
}

function sourceOn({ personio: { url, clientId, clientSecret } }: Sandbox, api: 'v1' | 'v2') {
  const pace = { requests_per_second: 10_000, may_be_empty: ['avatar', 'termination_type', 'termination_reason'] };
  const account = { base_url: url, client_id: clientId, client_secret: clientSecret };
  return personio.open(personio.settings.parse({ ...account, ...pace, api }), testWorld);
}

/** Everybody as one version shows them, in the order of their ids, which is the only order that both keep. */
async function read(sandbox: Sandbox, api: 'v1' | 'v2'): Promise<readonly (readonly [string, object])[]> {
  const { employees, unreadable } = await readAll(sourceOn(sandbox, api), FIELDS);
  expect(unreadable).toEqual([]);
  const byId = (one: Employee, other: Employee) => Number(one.id) - Number(other.id);
  return employees.toSorted(byId).map(({ id, fields }) => [id, { ...fields }] as const);
}

/** A month in which something of every kind happens. */
function letAMonthPass({ company, hr }: Sandbox): void {
  const [promoted, moved, leaver, rehired, one, other, cleared, resting] = plainPeople(company);
  if (!promoted || !moved || !leaver || !rehired || !one || !other || !cleared || !resting) {
    throw new Error('the company is too small');
  }
  const boss = topManager(company).id;
  hr.apply({ kind: 'promote', person: promoted.id, to: 'Principal' });
  hr.apply({ kind: 'change_department', person: moved.id, to: unitName(company.departments, 12) });
  hr.apply({ kind: 'rename_department', department: unitName(company.departments, 11), to: 'A <New> Name' });
  hr.apply({ kind: 'terminate', person: leaver.id, on: addDays(TODAY, 9), lastWorkingDay: addDays(TODAY, 5) });
  hr.apply({ kind: 'terminate', person: rehired.id, on: addDays(TODAY, -3), reason: 'Other' });
  hr.moveTo(addDays(TODAY, 8));
  hr.apply({ kind: 'rehire', person: rehired.id, on: addDays(TODAY, 40), mark: 'end' });
  hr.apply({ kind: 'swap_emails', person: one.id, with: other.id });
  hr.apply({ kind: 'change_manager', person: one.id, to: boss });
  hr.apply({ kind: 'set_status', person: resting.id, status: 'leave' });
  for (const field of ['position', 'supervisorId', 'officeId', 'departmentId', 'hireDate', 'email'] as const) {
    hr.apply({ kind: 'clear', person: cleared.id, field });
  }
  hr.apply({ kind: 'set_custom', person: moved.id, key: 'dynamic_2345678', value: ['Welding', 'SQL'] });
  hr.apply({ kind: 'set_custom', person: moved.id, key: 'dynamic_1234567', value: null });
  hr.apply({ kind: 'hire', firstName: 'Ada', lastName: 'Newcomer', email: 'ada@acme.example', supervisor: boss });
  hr.apply({ kind: 'delete', person: plainPerson(company, 9).id });
  hr.moveTo(addDays(TODAY, 30));
}

describe('both versions of Personio', () => {
  it.each([1, 2, 3, 4, 5])(
    'give the same employees of company %d, before and after a month of events',
    async (seed) => {
      const sandbox = await start(seed);
      const before = await read(sandbox, 'v1');
      expect(await read(sandbox, 'v2')).toEqual(before);
      letAMonthPass(sandbox);
      const after = await read(sandbox, 'v1');
      expect(await read(sandbox, 'v2')).toEqual(after);
      expect(after).not.toEqual(before);
    },
  );

  it.each([
    { emptyValues: 'omitted' },
    { customTypes: 'upper' },
    { customTypes: 'mixed', emptyValues: 'omitted' },
    { nextLinks: 'relative', lastWorkingDayKey: 'last_working_date' },
    { furtherEmployments: 'former' },
    { furtherEmployments: 'withdrawn', emptyValues: 'omitted' },
  ] as const)('give the same where v2 answers with %j', async (ways) => {
    const sandbox = await start(6, ways);
    letAMonthPass(sandbox);
    expect(await read(sandbox, 'v2')).toEqual(await read(sandbox, 'v1'));
  });

  it('are one account: a state file fits both', async () => {
    const sandbox = await start(1);
    expect(sourceOn(sandbox, 'v2').identity).toBe(sourceOn(sandbox, 'v1').identity);
    expect(sourceOn(sandbox, 'v2')).toMatchObject({ type: 'personio', title: 'Personio' });
  });
});
