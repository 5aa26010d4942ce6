import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { byHand } from '../support/by-hand.js';
import { test } from '../support/connector.js';
import { Learning360 } from '../support/learning360.js';
import { plainPeople, plainPerson } from '../support/people.js';

const nightly = { document: { drift: { repair: 'nightly' } } };

describe('drift.repair: nightly', () => {
  test('puts mapped values back that were changed by hand, with what HR says now, and nothing else', async ({
    connect,
  }) => {
    const connector = await connect({ config: { mapping: { department: null }, ...nightly } });
    await connector.imported();
    const [edited, closed, promoted] = plainPeople(connector.company);
    if (!edited || !closed || !promoted) throw new Error('too few people');
    await byHand(connector, 'PATCH', `${connector.account(edited).id}`, { jobTitle: 'Made up', department: 'By hand' });
    await byHand(connector, 'PATCH', `${connector.account(promoted).id}`, { location: 'By hand' });
    await byHand(connector, 'POST', `${connector.account(closed).id}/deactivate`);
    connector.hr.apply({ kind: 'promote', person: promoted.id, to: 'Lead' });
    const state = await readFile(connector.stateFile);
    connector.takeRequests();
    const rehearsed = await connector.json(['import-all', '--dry-run']);
    expect(connector.takeWrites()).toEqual([]);
    expect((await readFile(connector.stateFile)).equals(state)).toBe(true);
    const { changes, notices } = await connector.imported();
    expect(rehearsed.changes.map(({ employee, fields }) => [employee.id, fields])).toEqual(
      changes.map(({ employee, fields }) => [employee.id, fields]),
    );
    const moved = Object.fromEntries(changes.map(({ employee, fields }) => [employee.id, Object.keys(fields).sort()]));
    expect(moved).toEqual({ [edited.id]: ['job_title'], [promoted.id]: ['job_title', 'primary_location'] });
    expect(connector.account(edited)).toMatchObject({ jobTitle: edited.position, department: 'By hand' });
    expect(connector.account(closed).status).toBe('deactivated');
    expect(notices.join()).toMatch(/2 accounts hold values that somebody changed.*1 account was closed.*hrsync verify/);
    connector.takeRequests();
    expect((await connector.imported()).changes).toEqual([]);
    expect(connector.takeWrites()).toEqual([]);
  });

  test('is asked for: without it, with other fields, and between nights a value stays as it is', async ({
    connect,
  }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    await byHand(connector, 'PATCH', `${connector.account(person).id}`, { jobTitle: 'Made up' });
    connector.takeRequests();
    expect((await connector.imported()).changes).toEqual([]);
    expect(connector.takeRequests()).toEqual([]);
    await connector.configure({ document: { drift: { repair: 'nightly', fields: ['primary_location', 'manager'] } } });
    expect((await connector.imported()).changes).toEqual([]);
    await connector.configure(nightly);
    expect((await connector.json(['sync'])).changes).toEqual([]);
    expect((await connector.imported('--only', String(plainPerson(connector.company, 1).id))).changes).toEqual([]);
    await connector.configure({ document: { drift: { repair: 'nightly', fields: ['job_title'] } } });
    expect((await connector.imported()).changes).toMatchObject([{ employee: { id: String(person.id) } }]);
    expect(connector.account(person).jobTitle).toBe(person.position);
  });

  test('keeps to the limits, and a saved plan holds what it mends', async ({ connect }) => {
    const connector = await connect({ config: { safety: { max_updates: 1 }, ...nightly } });
    await connector.imported();
    const people = plainPeople(connector.company).slice(0, 2);
    for (const person of people)
      await byHand(connector, 'PATCH', `${connector.account(person).id}`, { jobTitle: 'Made up' });
    expect((await connector.run(['import-all'])).code).toBe(5);
    for (const person of people) expect(connector.account(person).jobTitle).toBe('Made up');
    await connector.configure(nightly);
    const [one] = people;
    if (one === undefined) throw new Error('too few people');
    expect((await connector.run(['plan', '--out', 'p.json'])).code).toBe(0);
    await byHand(connector, 'PATCH', `${connector.account(one).id}`, { jobTitle: 'Made up anew' });
    expect((await connector.run(['apply', 'p.json'])).code).toBe(9);
    await byHand(connector, 'PATCH', `${connector.account(one).id}`, { jobTitle: 'Made up' });
    expect((await connector.run(['apply', 'p.json'])).code).toBe(0);
    for (const person of people) expect(connector.account(person).jobTitle).toBe(person.position);
  });

  test('that cannot read the LMS ends leavers all the same, and says that it compared nothing', async ({ connect }) => {
    const connector = await connect({ config: nightly });
    await connector.imported();
    const leaver = plainPerson(connector.company);
    connector.hr.apply({ kind: 'set_status', person: leaver.id, status: 'inactive' });
    const fault = { kind: 'status', status: 500 } as const;
    connector.sandbox.learnamp.faults.add({ match: { route: 'users.list' }, times: null, fault });
    const night = await connector.json(['import-all']);
    expect(night).toMatchObject({ exit_code: 4, changes: [{ kind: 'deactivate', outcome: 'done' }] });
    expect(night.notices.join()).toContain('Learn Amp was not compared whole');
    expect(connector.account(leaver).status).toBe('deactivated');
  });

  test('brings back a custom value that somebody removed in 360Learning', async ({ connect }) => {
    const stage = await Learning360.open(connect, { config: nightly });
    const { connector, platform } = stage;
    await stage.imported();
    const stripped = plainPeople(connector.company).find((person) => stage.values(stage.user(person))['Badge']);
    if (!stripped) throw new Error('nobody has a badge');
    const values = stage.values(stage.user(stripped));
    const field = [...platform.customFields.values()].find(({ name }) => name === 'Badge');
    platform.valuesOf(stage.user(stripped).id).delete(field?.id ?? '');
    const { changes } = await stage.imported();
    expect(changes).toMatchObject([{ kind: 'update', employee: { id: String(stripped.id) } }]);
    expect(stage.values(stage.user(stripped))).toEqual(values);
    expect((await stage.imported()).changes).toEqual([]);
  });

  test('takes values along where a field of 360Learning was renamed: the old one leaves whom hrsync wrote', async ({
    connect,
  }) => {
    const stage = await Learning360.open(connect, { people: 12, config: nightly });
    const { connector, platform } = stage;
    await stage.imported();
    const badge = [...platform.customFields.values()].find(({ name }) => name === 'Badge');
    const holders = [...platform.users.values()].filter(({ id }) => platform.valuesOf(id).has(badge?.id ?? ''));
    const [byHand, ...others] = holders;
    if (badge === undefined || byHand === undefined || others.length < 3) throw new RangeError('too few badges');
    const before = new Map(holders.map((user) => [user.id, stage.values(user)]));
    platform.customFields.set(badge.id, { ...badge, name: 'Badge number' });
    platform.valuesOf(byHand.id).set(badge.id, 'by hand');
    const dry = await stage.json('--dry-run');
    expect(dry.notices.join()).toContain('wrote in custom field "Badge number" move to "Badge"');
    expect((await stage.imported()).changes).toHaveLength(holders.length);
    for (const user of others) expect(stage.values(user)).toEqual(before.get(user.id));
    expect(stage.values(byHand)).toEqual({ ...before.get(byHand.id), 'Badge number': 'by hand' });
    // From here on the other field is somebody else's, whatever stands in it.
    for (const user of holders) platform.valuesOf(user.id).set(badge.id, before.get(user.id)?.['Badge'] ?? '');
    const [person] = plainPeople(connector.company).filter((one) => others.includes(stage.user(one)));
    if (person === undefined) throw new RangeError('nobody has a badge');
    connector.hr.apply({ kind: 'set_custom', person: person.id, key: 'dynamic_1234567', value: 4711 });
    expect((await stage.imported()).changes).toHaveLength(1);
    const held = before.get(stage.user(person).id);
    expect(stage.values(stage.user(person))).toEqual({ ...held, Badge: '4711', 'Badge number': held?.['Badge'] });
    expect((await stage.imported()).changes).toEqual([]);
  });
});
