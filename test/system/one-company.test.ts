import { expect } from 'vitest';
import type { CompanyEvent, Person } from '../../src/sandbox/index.js';
import { type Connector, day, test } from '../support/connector.js';
import { csvId } from '../support/csv.js';
import type { RunDocument } from '../support/document.js';
import { HR_SIDES, type HrSide } from '../support/hr-side.js';
import { hire, plainPeople } from '../support/people.js';

/** A plan without what each HR system has of its own: ids become the numbers of the made-up company. */
function plain(connector: Connector, side: HrSide, { changes, scheduled, skipped, summary }: RunDocument) {
  const idOf = (person: Person): string => {
    if (side.type === 'kombo') return connector.sandbox.kombo.idOf(person);
    return side.type === 'csv' ? csvId(person) : String(person.id);
  };
  const numbers = new Map(connector.company.people.map((person) => [idOf(person), `person ${person.id}`]));
  const named = (value: unknown): unknown => {
    if (typeof value === 'string') return numbers.get(value) ?? value;
    if (Array.isArray(value)) return value.map(named);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, named(one)]));
  };
  const byWhom = <One extends { employee: { id: string } }>(all: readonly One[]) =>
    all
      .toSorted((a, b) => String(named(a.employee.id)).localeCompare(String(named(b.employee.id))))
      .map((one) => named(one));
  const wanted = changes.map(({ account: _, ...change }) => change);
  const skips = skipped.map(({ employee, reason }) => ({ employee, reason }));
  return { changes: byWhom(wanted), scheduled: byWhom(scheduled), skipped: byWhom(skips), summary };
}

/** Something of everything that HR does. */
function events(connector: Connector): readonly CompanyEvent[] {
  const [a, b, c, d, e] = plainPeople(connector.company).map(({ id }) => id);
  if (a === undefined || b === undefined || c === undefined || d === undefined || e === undefined)
    throw new Error('the company is too small');
  return [
    { kind: 'promote', person: a, to: 'Principal' },
    { kind: 'terminate', person: b, on: day(-1) },
    { kind: 'change_email', person: c, to: 'moved@acme.example' },
    { kind: 'change_name', person: d, lastName: 'Wedded' },
    { kind: 'change_manager', person: e, to: a },
    { kind: 'rename_department', department: 'Engineering', to: 'Product & Engineering' },
  ];
}

async function plansFrom(side: HrSide, connector: Connector) {
  // BambooHR's own list takes one cost centre a person.
  for (const person of connector.company.people) person.costCenterIds = person.costCenterIds.slice(0, 1);
  const night = async (...flags: readonly string[]) => {
    await side.show(connector, new Date());
    return connector.json(['import-all', ...flags]);
  };
  const first = plain(connector, side, await night('--dry-run'));
  await night();
  for (const event of events(connector)) connector.hr.apply(event);
  hire(connector, 'Newby', day(0));
  hire(connector, 'Later', day(20));
  return { first, second: plain(connector, side, await night('--dry-run')) };
}

test('one company gives the same plans, but for ids, whichever HR system it is read from', async ({ connect }) => {
  const plans = new Map<string, Awaited<ReturnType<typeof plansFrom>>>();
  for (const side of HR_SIDES) {
    plans.set(side.name, await plansFrom(side, await side.open(connect, 'learnamp', { company: { size: 60 } })));
  }
  const [reference] = plans.values();
  expect(reference?.first.summary.create).toBeGreaterThan(40);
  expect(reference?.second.summary).toMatchObject({ create: 1, deactivate: 1 });
  for (const [name, plan] of plans) expect(plan, name).toEqual(reference);
});
