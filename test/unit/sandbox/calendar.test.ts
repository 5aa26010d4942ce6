import { beforeEach, describe, expect, it } from 'vitest';
import { applyEvent, moveTo } from '../../../src/sandbox/company/calendar.js';
import { UnknownInCompanyError } from '../../../src/sandbox/company/change.js';
import { type Company, findPerson, type Person } from '../../../src/sandbox/company/company.js';
import type { CompanyEvent } from '../../../src/sandbox/company/events.js';
import { makeCompany } from '../../../src/sandbox/company/make-company.js';

const today = '2026-11-24';
const at = new Date('2026-11-24T10:00:00Z');
const id = 1050;
let company: Company;

beforeEach(() => {
  company = makeCompany({ size: 100, seed: 1, today });
});

function happen(event: CompanyEvent): Person {
  const person = applyEvent(company, event, at);
  if (person === null) throw new Error('nobody is left');
  return person;
}

describe('what happens in HR', () => {
  it('hires people, who are onboarding until their first day', () => {
    const hired = happen({
      kind: 'hire',
      firstName: 'Zoë',
      lastName: 'Neu',
      email: 'zoe@acme.example',
      on: '2026-12-01',
    });
    expect(hired).toMatchObject({ id: 1101, status: 'onboarding', hireDate: '2026-12-01' });
    moveTo(company, '2026-11-30');
    expect(hired.status).toBe('onboarding');
    moveTo(company, '2026-12-01');
    expect(hired.status).toBe('active');
    expect(hired.changedAt).toEqual({});
  });

  it('moves hire dates and withdraws hires', () => {
    happen({ kind: 'hire', firstName: 'A', lastName: 'B', on: '2026-12-01' });
    expect(happen({ kind: 'move_hire_date', person: 1101, to: '2026-11-20' }).status).toBe('active');
    expect(happen({ kind: 'withdraw_hire', person: 1101, how: 'inactive' }).status).toBe('inactive');
    expect(applyEvent(company, { kind: 'withdraw_hire', person: 1101 }, at)).toBeNull();
    expect(findPerson(company, 1101)).toBeNull();
  });

  it('lets people go on the day after their last, and takes that back', () => {
    const leaver = happen({ kind: 'terminate', person: id, on: '2026-11-30' });
    moveTo(company, '2026-11-30');
    expect(leaver.status).toBe('active');
    moveTo(company, '2026-12-01');
    expect(leaver.status).toBe('inactive');
    expect(happen({ kind: 'withdraw_termination', person: id })).toMatchObject({
      status: 'active',
      terminationDate: null,
    });
    expect(happen({ kind: 'terminate', person: id, on: '2026-11-01' }).status).toBe('inactive');
  });

  it('rehires under a new id that takes the address, and marks the old one', () => {
    const { email, lastName } = happen({ kind: 'terminate', person: id, on: '2026-11-01' });
    const rehired = happen({ kind: 'rehire', person: id });
    expect(rehired).toMatchObject({
      id: 1101,
      email,
      lastName,
      status: 'active',
      hireDate: today,
      terminationDate: null,
    });
    const local = email?.split('@')[0];
    expect(findPerson(company, id)?.email).toMatch(new RegExp(`^${local}_[a-z0-9]{5}@acme\\.example$`));
    expect(happen({ kind: 'rehire', person: 1101, mark: 'end' }).email).toBe(email);
    expect(findPerson(company, 1101)?.email).toMatch(/@acme\.example_[a-z0-9]{5}$/);
  });

  it('begins a rehire after the old employment where that still runs', () => {
    happen({ kind: 'terminate', person: id, on: '2026-12-31' });
    expect(happen({ kind: 'rehire', person: id })).toMatchObject({ hireDate: '2027-01-01', status: 'onboarding' });
  });

  it('swaps the addresses of two people', () => {
    const [one, other] = [findPerson(company, 1060)?.email, findPerson(company, 1061)?.email];
    happen({ kind: 'swap_emails', person: 1060, with: 1061 });
    expect([findPerson(company, 1061)?.email, findPerson(company, 1060)?.email]).toEqual([one, other]);
  });

  it('remembers when which field changed, and only if it did', () => {
    happen({ kind: 'promote', person: id, to: 'Director' });
    applyEvent(company, { kind: 'promote', person: id, to: 'Director' }, new Date('2026-11-25T10:00:00Z'));
    happen({ kind: 'set_custom', person: id, key: 'dynamic_1234567', value: 7 });
    expect(findPerson(company, id)?.changedAt).toEqual({
      position: at.toISOString(),
      dynamic_1234567: at.toISOString(),
    });
  });

  it('renames a department without touching its people', () => {
    const department = company.departments[0];
    applyEvent(company, { kind: 'rename_department', department: 'Engineering', to: 'Technology' }, at);
    expect(department?.name).toBe('Technology');
    expect(company.people.every((person) => Object.keys(person.changedAt).length === 0)).toBe(true);
  });

  it('changes names, departments, managers, status, and clears fields', () => {
    expect(happen({ kind: 'change_name', person: id, lastName: 'Wed', email: 'wed@acme.example' })).toMatchObject({
      lastName: 'Wed',
      email: 'wed@acme.example',
    });
    const sales = company.departments.find(({ name }) => name === 'Sales');
    expect(happen({ kind: 'change_department', person: id, to: 'Sales' }).departmentId).toBe(sales?.id);
    expect(happen({ kind: 'change_manager', person: id, to: 1001 }).supervisorId).toBe(1001);
    expect(happen({ kind: 'set_status', person: id, status: 'leave' }).status).toBe('leave');
    expect(happen({ kind: 'clear', person: id, field: 'officeId' }).officeId).toBeNull();
    expect(happen({ kind: 'change_email', person: id, to: null }).email).toBeNull();
  });

  it('refuses to go back in time, and events about nobody', () => {
    expect(() => moveTo(company, '2026-11-23')).toThrow(RangeError);
    expect(() => applyEvent(company, { kind: 'delete', person: 1 }, at)).toThrow(UnknownInCompanyError);
    expect(() => happen({ kind: 'change_department', person: id, to: 'Nowhere' })).toThrow(/there is Engineering/);
  });
});
