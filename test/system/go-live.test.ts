import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect } from 'vitest';
import { day, test } from '../support/connector.js';
import { expectedAccounts, heldAccounts } from '../support/expected.js';
import { plainPeople, plainPerson, topManager, unitName } from '../support/people.js';

describe('what is tried before go-live', () => {
  test('all active people appear, with their data in the right fields', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    expect(heldAccounts(connector)).toEqual(expectedAccounts(connector.company, day(0)));
  });

  test('an edit in HR shows up, and only what was edited is written', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    const before = { ...connector.account(person) };
    connector.takeRequests();
    connector.hr.apply({ kind: 'promote', person: person.id, to: 'Principal Engineer' });
    const { changes } = await connector.imported();
    expect(changes).toMatchObject([
      {
        kind: 'update',
        employee: { id: String(person.id) },
        account: String(before.id),
        fields: { job_title: { before: before.jobTitle, after: 'Principal Engineer' } },
        because: 'job_title changed',
      },
    ]);
    expect(Object.keys(changes[0]?.fields ?? {})).toEqual(['job_title']);
    expect(connector.takeWrites()).toHaveLength(1);
    expect({ ...connector.account(person), updatedAt: '' }).toEqual({
      ...before,
      jobTitle: 'Principal Engineer',
      updatedAt: '',
    });
  });

  test('a cleared field is cleared in Learn Amp', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'clear', person: person.id, field: 'position' });
    connector.hr.apply({ kind: 'clear', person: person.id, field: 'officeId' });
    connector.hr.apply({ kind: 'clear', person: person.id, field: 'departmentId' });
    await connector.imported();
    expect(connector.account(person)).toMatchObject({ jobTitle: null, location: null, primaryTeamId: null });
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('a value that is kept when empty stays in Learn Amp', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPeople(connector.company).find(({ custom }) => custom['dynamic_1234567'] !== null);
    if (person === undefined) throw new Error('nobody has a badge');
    const badge = String(person.custom['dynamic_1234567']);
    connector.hr.apply({ kind: 'set_custom', person: person.id, key: 'dynamic_1234567', value: null });
    expect((await connector.imported()).changes).toEqual([]);
    expect(connector.account(person).customFields['Badge']).toBe(badge);
  });

  test('a new employee shows up and is invited once', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const hired = { firstName: 'Ada', lastName: 'Lovelace', email: 'ada.lovelace@acme.example', on: day(0) };
    const ada = connector.hr.apply({ kind: 'hire', ...hired, supervisor: topManager(connector.company).id });
    const { summary } = await connector.imported();
    expect(summary).toMatchObject({ create: 1, invite: 1, update: 0 });
    expect(heldAccounts(connector)).toEqual(expectedAccounts(connector.company, day(0)));
    expect(ada && connector.account(ada).status).toBe('invite_pending');
    expect((await connector.imported()).changes).toEqual([]);
    expect(connector.mailed).toEqual(['ada.lovelace@acme.example']);
  });

  test('a leaver is deactivated, keeps the learning record, and is not touched again', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    const { id } = connector.account(person);
    connector.hr.apply({ kind: 'terminate', person: person.id, on: day(-1) });
    const { changes } = await connector.imported();
    expect(changes).toMatchObject([{ kind: 'deactivate', employee: { id: String(person.id) }, outcome: 'done' }]);
    expect(connector.account(person)).toMatchObject({ id, status: 'deactivated' });
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('a renamed department moves its people to the team of the new name', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const { departments } = connector.company;
    const department = unitName(departments, plainPerson(connector.company).departmentId);
    connector.hr.apply({ kind: 'rename_department', department, to: `${department} & Partners` });
    const dry = await connector.json(['import-all', '--dry-run']);
    expect(dry.notices.join()).toContain(`${department} & Partners`);
    const { changes } = await connector.imported();
    expect(changes.length).toBeGreaterThan(0);
    for (const { kind, fields } of changes) {
      expect({ kind, fields }).toEqual({
        kind: 'update',
        fields: { primary_team: { before: department, after: `${department} & Partners` } },
      });
    }
    expect(heldAccounts(connector)).toEqual(expectedAccounts(connector.company, day(0)));
  });
});

describe('accounts that hrsync does not manage', () => {
  test('a person who exists only in Learn Amp is never touched', async ({ connect }) => {
    const connector = await connect();
    const { lms, hr, company } = connector;
    const trainer = lms.add({ email: 'trainer@partner.example', firstName: 'Tara', lastName: 'Trainer' }, 'confirmed');
    const contractor = lms.add(
      { email: 'c@partner.example', firstName: 'C', lastName: 'D', integrationExternalId: 'partner-7' },
      'confirmed',
    );
    const owner = lms.find(1);
    const before = JSON.stringify([trainer, contractor, owner]);
    await connector.imported();
    const one = plainPerson(company);
    const other = plainPerson(company, 1);
    hr.apply({ kind: 'terminate', person: one.id, on: day(-1) });
    hr.apply({ kind: 'delete', person: other.id });
    hr.apply({ kind: 'hire', firstName: 'Tara', lastName: 'Trainer', email: 'tara@acme.example', on: day(0) });
    for (let run = 0; run < 3; run++) await connector.imported();
    expect(JSON.stringify([trainer, contractor, owner])).toBe(before);
    expect(connector.mailed).toEqual(['tara@acme.example']);
  });

  test('an account with the same employee id is adopted, and nothing unmanaged of it changes', async ({ connect }) => {
    const connector = await connect();
    const person = plainPerson(connector.company);
    const team = connector.lms.addTeam({
      ...{ name: 'First aiders', integrationExternalId: null, managerId: null },
      ...{ secondaryManagerIds: [], parentTeamId: null, tags: [] },
    });
    const held = connector.lms.add(
      {
        email: 'old.address@acme.example',
        ...{ firstName: 'Old', lastName: 'Name', integrationExternalId: String(person.id) },
        ...{ language: 'de', occupationRole: 'Engineer', secondaryTeamIds: [team.id] },
        customFields: { Notes: 'by hand', 'Leave date': '2030-01-01' },
      },
      'confirmed',
    );
    const { changes } = await connector.imported();
    const adoption = changes.find(({ employee }) => employee.id === String(person.id));
    expect(adoption).toMatchObject({ kind: 'adopt', account: String(held.id), invites: false });
    expect(held).toMatchObject({
      ...{ email: person.email, firstName: person.firstName, jobTitle: person.position, status: 'confirmed' },
      ...{ role: 'viewer', language: 'de', occupationRole: 'Engineer', secondaryTeamIds: [team.id] },
    });
    expect(held.customFields).toMatchObject({ Notes: 'by hand', 'Leave date': '2030-01-01' });
    expect(connector.lms.list().filter(({ email }) => email === person.email)).toHaveLength(1);
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('an account with the same address in capitals is adopted and not doubled', async ({ connect }) => {
    const connector = await connect();
    const person = plainPerson(connector.company);
    const { email, firstName, lastName } = person;
    const held = connector.lms.add({ email: (email ?? '').toUpperCase(), firstName, lastName }, 'confirmed');
    const accounts = Object.keys(expectedAccounts(connector.company, day(0))).length;
    await connector.imported();
    expect(held.integrationExternalId).toBe(String(person.id));
    expect(connector.lms.list()).toHaveLength(accounts + connector.lms.staff.length);
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('a deactivated account of somebody who works here is opened again', async ({ connect }) => {
    const connector = await connect();
    const person = plainPerson(connector.company);
    const { firstName, lastName } = person;
    const data = { email: person.email ?? '', firstName, lastName };
    const held = connector.lms.add(data, 'confirmed');
    connector.lms.deactivate(held);
    await connector.imported();
    expect(held).toMatchObject({ status: 'confirmed', integrationExternalId: String(person.id) });
    expect(heldAccounts(connector)).toEqual(expectedAccounts(connector.company, day(0)));
  });

  test('after the state was lost every account is found again, and nobody is mailed twice', async ({ connect }) => {
    const connector = await connect({ config: { invitations: { existing_staff: 'send' } } });
    await connector.imported();
    const mails = connector.mailed.length;
    await rm(dirname(connector.stateFile), { recursive: true });
    const { summary } = await connector.imported();
    expect(summary).toMatchObject({ create: 0, invite: 0, deactivate: 0 });
    expect(summary.adopt).toBe(mails);
    expect(connector.mailed).toHaveLength(mails);
    expect(heldAccounts(connector)).toEqual(expectedAccounts(connector.company, day(0)));
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('two accounts that fit one person are never chosen between', async ({ connect }) => {
    const connector = await connect();
    const person = plainPerson(connector.company);
    const { firstName, lastName } = person;
    const external = { email: 'a@partner.example', firstName, lastName, integrationExternalId: String(person.id) };
    const byId = connector.lms.add(external, 'confirmed');
    const byEmail = connector.lms.add({ email: person.email ?? '', firstName, lastName }, 'confirmed');
    const before = JSON.stringify([byId, byEmail]);
    const { skipped } = await connector.imported();
    expect(skipped.find(({ employee }) => employee.id === String(person.id))).toMatchObject({
      reason: 'ambiguous_match',
    });
    expect(JSON.stringify([byId, byEmail])).toBe(before);
  });
});
