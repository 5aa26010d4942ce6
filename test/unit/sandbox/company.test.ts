import { describe, expect, it } from 'vitest';
import { findPerson } from '../../../src/sandbox/company/company.js';
import { makeCompany } from '../../../src/sandbox/company/make-company.js';

const today = '2026-11-24';
const company = makeCompany({ size: 400, seed: 1, today });

describe('a made-up company', () => {
  it('is the same for the same recipe, and another for another seed', () => {
    expect(makeCompany({ size: 400, seed: 1, today })).toEqual(company);
    expect(makeCompany({ size: 400, seed: 2, today }).people).not.toEqual(company.people);
  });

  it('has one person without supervisor, and no circle above anybody', () => {
    expect(company.people.filter((person) => person.supervisorId === null)).toHaveLength(1);
    for (const person of company.people) expect(person.supervisorId ?? 0).toBeLessThan(person.id);
    expect(company.people.every(({ supervisorId }) => supervisorId === null || findPerson(company, supervisorId))).toBe(
      true,
    );
  });

  it('gives everybody an ASCII address of their own, but two who have none', () => {
    const addresses = company.people.flatMap((person) => (person.email === null ? [] : [person.email]));
    expect(addresses).toHaveLength(398);
    expect(new Set(addresses).size).toBe(398);
    for (const address of addresses) expect(address).toMatch(/^[a-z][a-z0-9.-]*@acme\.example$/);
  });

  it('is mostly made of people who should have an account, and holds every other kind', () => {
    const here = company.people.filter(({ status, email }) => status !== 'inactive' && email !== null);
    const wanted = here.filter(({ email }) => !email?.includes('-personio-login@'));
    expect(wanted.length / company.people.length).toBeGreaterThan(0.88);
    expect(wanted.length / company.people.length).toBeLessThan(0.95);
    expect(here.length).toBeGreaterThan(wanted.length);
    const some = (test: (person: (typeof company.people)[number]) => boolean) => company.people.some(test);
    expect(some(({ status }) => status === 'leave')).toBe(true);
    expect(some(({ status, hireDate }) => status === 'onboarding' && (hireDate ?? '') > today)).toBe(true);
    expect(some(({ status, terminationDate }) => status === 'inactive' && (terminationDate ?? today) < today)).toBe(
      true,
    );
    expect(some(({ status, terminationDate }) => status === 'active' && (terminationDate ?? '') > today)).toBe(true);
    expect(some(({ status, contractEndDate }) => status === 'active' && contractEndDate !== null)).toBe(true);
  });

  it('has names that are not ASCII, dates before today for those who work, and two legal entities', () => {
    expect(company.people.some(({ lastName }) => /[А-я]/.test(lastName))).toBe(true);
    expect(company.people.some(({ lastName }) => /[äöüß]/.test(lastName))).toBe(true);
    expect(company.people.filter((p) => p.status === 'active').every((p) => (p.hireDate ?? today) < today)).toBe(true);
    expect(company.legalEntities).toHaveLength(2);
    expect(company.departments.length).toBeGreaterThanOrEqual(8);
    expect(company.departments.length).toBeLessThanOrEqual(12);
  });

  it('can be as small as nobody, or one', () => {
    expect(makeCompany({ size: 0, seed: 1, today }).people).toEqual([]);
    expect(makeCompany({ size: 1, seed: 1, today }).people[0]?.supervisorId).toBeNull();
  });
});
