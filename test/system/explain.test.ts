import { describe, expect } from 'vitest';
import * as z from 'zod';
import { type Connector, day, test } from '../support/connector.js';
import { errorDocument } from '../support/document.js';
import { hire, plainPerson } from '../support/people.js';

const explanationSchema = z.looseObject({
  person: z.object({ id: z.string() }),
  verdict: z.object({ kind: z.string(), sentence: z.string() }),
  mapping: z.array(z.looseObject({ field: z.string(), line: z.number().nullable() })),
  changes: z.array(z.looseObject({ kind: z.string(), because: z.string(), fields: z.unknown() })).nullable(),
  skipped: z.array(z.looseObject({ reason: z.string(), message: z.string() })).nullable(),
  scheduled: z.array(z.looseObject({ kind: z.string(), on: z.string() })),
  history: z.array(z.looseObject({ kind: z.string(), outcome: z.string().nullable() })),
});

async function explained(connector: Connector, ...args: readonly string[]) {
  const { code, stdout, stderr } = await connector.run(['explain', ...args, '--json']);
  expect(code, stderr).toBe(0);
  return explanationSchema.parse(JSON.parse(stdout));
}

/** Holds what is explained of somebody to what a dry run for them says, and gives the verdict. */
async function agreed(connector: Connector, person: { readonly id: number }) {
  const id = String(person.id);
  const [run, told] = [
    await connector.json(['import-all', '--dry-run', '--only', id]),
    await explained(connector, id, '--fresh'),
  ];
  const theirs = <Item extends { readonly employee: { readonly id: string } }>(items: readonly Item[]) =>
    items.filter(({ employee }) => employee.id === id);
  expect(told.changes).toEqual(
    theirs(run.changes).map(({ kind, invites, fields, because, account }) => ({
      kind,
      invites,
      fields,
      because,
      account,
    })),
  );
  expect(told.skipped).toEqual(theirs(run.skipped));
  expect(told.scheduled).toEqual(theirs(run.scheduled));
  for (const { because } of theirs(run.changes).slice(0, 1)) expect(told.verdict.sentence).toContain(because);
  for (const { message } of theirs(run.skipped)) expect(told.verdict.sentence).toContain(message);
  return told.verdict;
}

describe('explain', () => {
  test('never disagrees with a dry run for the same person, whoever it is', async ({ connect }) => {
    const connector = await connect({ people: 60 });
    const { company, hr, lms } = connector;
    const [same, promoted, failing, leaver, kept, twin, outside, gone] = [0, 1, 2, 3, 4, 5, 6, 7].map((index) =>
      plainPerson(company, index),
    );
    if (!same || !promoted || !failing || !leaver || !kept || !twin || !outside || !gone)
      throw new RangeError('too few');
    await connector.configure({
      employees: { filter: [{ field: 'job_title', not_in: ['Contractor'] }] },
      deactivation: { protect: [kept.email] },
    });
    await connector.imported();
    lms.add({ email: 'taken@acme.example', firstName: 'Out', lastName: 'Sider' }, 'confirmed');
    hr.apply({ kind: 'change_email', person: failing.id, to: 'taken@acme.example' });
    expect((await connector.run(['import-all'])).code).toBe(4);

    const newcomer = hire(connector, 'Nora', day(0));
    const future = hire(connector, 'Ada', day(9));
    const mute = hr.apply({ kind: 'hire', firstName: 'Mute', lastName: 'Newcomer', email: null, on: day(0) });
    const double = hr.apply({ kind: 'hire', firstName: 'Two', lastName: 'Newcomer', email: twin.email, on: day(0) });
    if (mute === null || double === null) throw new Error('nobody was hired');
    hr.apply({ kind: 'promote', person: promoted.id, to: 'Lead' });
    hr.apply({ kind: 'promote', person: outside.id, to: 'Contractor' });
    for (const { id } of [leaver, kept]) hr.apply({ kind: 'terminate', person: id, on: day(-1) });
    hr.apply({ kind: 'delete', person: gone.id });

    expect(await agreed(connector, same)).toMatchObject({ kind: 'in_step' });
    expect(await agreed(connector, promoted)).toMatchObject({
      kind: 'change',
      sentence: expect.stringMatching(/updates it/),
    });
    expect(await agreed(connector, newcomer)).toMatchObject({
      kind: 'change',
      sentence: expect.stringMatching(/makes the account/),
    });
    expect(await agreed(connector, future)).toMatchObject({ kind: 'waits', sentence: expect.stringContaining(day(9)) });
    expect(await agreed(connector, mute)).toMatchObject({
      kind: 'skipped',
      sentence: expect.stringMatching(/work_email is empty/),
    });
    expect(await agreed(connector, double)).toMatchObject({
      kind: 'skipped',
      sentence: expect.stringMatching(/shares the address/),
    });
    expect(await agreed(connector, outside)).toMatchObject({
      kind: 'skipped',
      sentence: expect.stringMatching(/filter keeps/),
    });
    expect(await agreed(connector, leaver)).toMatchObject({
      kind: 'change',
      sentence: expect.stringMatching(/deactivates it/),
    });
    expect(await agreed(connector, kept)).toMatchObject({
      kind: 'skipped',
      sentence: expect.stringMatching(/protect/),
    });
    expect(await agreed(connector, failing)).toMatchObject({
      kind: 'change',
      sentence: expect.stringMatching(/updates it.*failed before, so import-all waits until/),
    });
    const id = String(gone.id);
    expect((await connector.run(['import-all', '--dry-run', '--only', id])).code).toBe(2);
    expect((await explained(connector, id, '--fresh')).verdict).toMatchObject({
      kind: 'missing',
      sentence: expect.stringMatching(/^is not in Personio; has account \d+ in Learn Amp, kept until missing for/),
    });
    const shared = await connector.run(['explain', twin.email ?? '', '--fresh']);
    expect(shared.code).toBe(2);
    expect(shared.stderr).toContain(`(#${twin.id}, #${double.id})`);
  });

  test('answers from the state alone, in the first line and on one screen, and asks neither system', async ({
    connect,
  }) => {
    const connector = await connect({ people: 40 });
    await connector.imported();
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'promote', person: person.id, to: 'Lead' });
    await connector.imported();
    const ada = hire(connector, 'Ada', day(5));
    await connector.imported();
    connector.takeRequests();
    connector.sandbox.personio.requests.clear();
    const { code, stdout } = await connector.run(['explain', (person.email ?? '').toUpperCase()]);
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(new RegExp(`#${person.id} has account \\d+ in Learn Amp\\.$`));
    expect(lines[1]).toMatch(/^From the state as it was after run 3 of .*; --fresh asks Personio$/);
    expect(lines.length).toBeLessThan(40);
    expect(stdout).toMatch(/History +\S+ run 1: create done.*\n +\S+ run 2: update done: job_title\n/);
    const line = (await explained(connector, String(person.id))).mapping.find(
      ({ field }) => field === 'job_title',
    )?.line;
    expect(stdout).toMatch(new RegExp(` ${line}  job_title +job_title +Lead\n`));
    expect((await explained(connector, 'ada@acme.example')).verdict).toEqual({
      kind: 'waits',
      sentence: `has no account in Learn Amp yet: it is made on ${day(5)}, with the invitation`,
    });
    expect((await explained(connector, String(ada.id))).person.id).toBe(String(ada.id));
    expect(connector.takeRequests()).toEqual([]);
    expect(connector.sandbox.personio.requests.list()).toEqual([]);
  });

  test('why somebody has no account is answered offline: filtered out, skipped, and in step again', async ({
    connect,
  }) => {
    const filter = [{ field: 'job_title', not_in: ['Contractor'] }];
    const connector = await connect({ people: 20, config: { employees: { filter } } });
    const { hr } = connector;
    const ada = hire(connector, 'Ada', day(-9));
    hr.apply({ kind: 'promote', person: ada.id, to: 'Contractor' });
    const mute = hr.apply({ kind: 'hire', firstName: 'Mute', lastName: 'Newcomer', email: null, on: day(0) });
    if (mute === null) throw new Error('nobody was hired');
    await connector.imported();
    connector.takeRequests();
    connector.sandbox.personio.requests.clear();
    const { code, stdout } = await connector.run(['explain', 'ada@acme.example']);
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toBe(
      `Ada Newcomer <ada@acme.example> #${ada.id} has no account in Learn Amp and was left alone by run 1: job_title is one of Contractor, so the filter keeps this person out.`,
    );
    expect(stdout.split('\n').length).toBeLessThan(24);
    expect(await explained(connector, String(mute.id))).toMatchObject({
      verdict: { kind: 'skipped', sentence: expect.stringContaining('work_email is empty') },
      skipped: [{ reason: 'no_email' }],
    });
    const status = await connector.run(['status']);
    expect(status.stdout).toMatch(/Left alone +\d+ skipped, \d+ outside the filter/);
    expect(status.stdout).toMatch(
      new RegExp(`Skipped until the cause is gone\n.*\n(.*\n)*#${mute.id} +Mute Newcomer +1 +.*work_email is empty`),
    );
    expect(status.stdout).not.toContain('ada@acme.example');
    expect(connector.takeRequests()).toEqual([]);
    expect(connector.sandbox.personio.requests.list()).toEqual([]);

    hr.apply({ kind: 'promote', person: ada.id, to: 'Engineer' });
    hr.apply({ kind: 'change_email', person: mute.id, to: 'mute@acme.example' });
    await connector.imported('--dry-run');
    expect((await explained(connector, String(ada.id))).verdict.kind).toBe('skipped');
    await connector.imported();
    for (const { id } of [ada, mute]) expect((await explained(connector, String(id))).verdict.kind).toBe('has_account');
  });

  test('calls managers by their names, and by their ids where two bear one name', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    await connector.imported();
    const { company, hr } = connector;
    const [top] = company.people;
    const report = company.people.find(({ supervisorId, status }) => supervisorId === top?.id && status === 'active');
    const other = company.people.find(
      ({ id, status, lastName }) => id !== report?.id && status === 'active' && lastName !== top?.lastName,
    );
    if (!top || !report || !other) throw new RangeError('too few');
    const told = async (...flags: readonly string[]) =>
      (await connector.run(['explain', String(report.id), ...flags])).stdout.replace(/ +/g, ' ');
    expect(await told()).toContain(` manager manager ${top.firstName} ${top.lastName}\n`);
    hr.apply({ kind: 'change_manager', person: report.id, to: other.id });
    expect(await told('--fresh')).toContain(
      `${top.firstName} ${top.lastName} → ${other.firstName} ${other.lastName}\n`,
    );
    hr.apply({ kind: 'change_name', person: other.id, firstName: top.firstName, lastName: top.lastName });
    await connector.imported();
    hr.apply({ kind: 'change_manager', person: report.id, to: top.id });
    expect(await told('--fresh')).toContain(`#${other.id} → #${top.id}\n`);
  });

  test('somebody whom nobody knows is told as such, with exit code 2', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    for (const flags of [[], ['--fresh']]) {
      const { code, stdout } = await connector.run(['explain', 'nobody@acme.example', ...flags, '--json']);
      expect(code).toBe(2);
      expect(errorDocument(stdout)).toMatchObject({ exit_code: 2, error: { name: 'UnknownPersonError' } });
    }
  });
});
