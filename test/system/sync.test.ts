import { describe, expect } from 'vitest';
import { createRandom, type Random } from '../../src/sandbox/company/random.js';
import type { CompanyEvent } from '../../src/sandbox/index.js';
import { connectBamboohr } from '../support/connect-bamboohr.js';
import { type Connect, type Connector, day, test } from '../support/connector.js';
import { activeAccounts, expectedAccounts } from '../support/expected.js';
import { connectKombo } from '../support/kombo.js';
import { hire, plainPeople, plainPerson, topManager } from '../support/people.js';

describe.concurrent('hrsync sync', () => {
  test('reads everybody before anybody has', async ({ connect }) => {
    const connector = await connect();
    const { source, notices } = await connector.json(['sync']);
    expect(source).toMatchObject({ complete: true, employees: connector.company.people.length });
    expect(notices.join()).toContain('no run has read everybody yet');
    expect(activeAccounts(connector.sandbox)).toEqual(expectedAccounts(connector.company, day(0)));
  });

  test('reads and carries out what changed, and says when everybody was read', async ({ connect }) => {
    const connector = await connect();
    const { started_at } = await connector.imported();
    const promoted = plainPerson(connector.company);
    connector.hr.apply({ kind: 'promote', person: promoted.id, to: 'Principal' });
    hire(connector, 'Ada', day(0));
    const document = await connector.json(['sync']);
    expect(document).toMatchObject({ exit_code: 0, source: { complete: false }, summary: { create: 1, update: 1 } });
    expect(document.source.employees).toBeLessThan(connector.company.people.length);
    expect(document.notices.join()).toContain(`the last complete read began at ${started_at.slice(0, 10)}`);
    expect(connector.mailed).toEqual(['ada@acme.example']);
    expect((await connector.json(['sync'])).changes).toEqual([]);
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('gives an address to nobody while somebody who did not change wants it too', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const [ada, grace] = [hire(connector, 'Ada', day(0)), hire(connector, 'Grace', day(0))];
    connector.hr.apply({ kind: 'change_email', person: grace.id, to: ada.email ?? '' });
    expect((await connector.imported()).skipped.filter(({ reason }) => reason === 'duplicate_email')).toHaveLength(2);
    const document = await connector.json(['sync', '--only', String(ada.id)]);
    expect(document.skipped).toMatchObject([{ employee: { id: String(ada.id) }, reason: 'duplicate_email' }]);
    expect(document.changes).toEqual([]);
    expect(connector.mailed).toEqual([]);
  });

  test('carries out what the calendar makes due although nobody changed', async ({ connect }) => {
    // Nothing that HR says after this day is found by its filter.
    const connector = await connect({ sandbox: { personio: { updatedSinceLagSeconds: 10_000_000 } } });
    await connector.imported();
    const leaver = plainPerson(connector.company);
    connector.hr.apply({ kind: 'terminate', person: leaver.id, on: day(0) });
    hire(connector, 'Ada', day(1));
    await connector.imported();
    expect(connector.mailed).toEqual([]);
    const { changes } = await connector.json(['sync', '--dry-run', '--as-of', day(1)]);
    expect(changes.map(({ kind, because }) => [kind, because])).toEqual([
      ['deactivate', expect.any(String)],
      ['create', expect.any(String)],
    ]);
  });

  test('concludes nothing from absence, and takes nothing from people who did not come', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const [gone, holder] = [plainPerson(connector.company), plainPerson(connector.company, 1)];
    const newcomer = hire(connector, 'Ada', day(0));
    connector.hr.apply({ kind: 'change_email', person: newcomer.id, to: holder.email });
    connector.hr.apply({ kind: 'delete', person: gone.id });
    const { changes, skipped } = await connector.json(['sync']);
    expect(changes).toEqual([]);
    expect(skipped.map(({ reason }) => reason)).toEqual(['duplicate_email']);
    expect(connector.account(gone).status).not.toBe('deactivated');
  });

  test('asks again about people whom a run left undone', async ({ connect }) => {
    const connector = await connect({ sandbox: { personio: { updatedSinceLagSeconds: 10_000_000 } } });
    await connector.imported();
    const promoted = plainPerson(connector.company);
    connector.hr.apply({ kind: 'promote', person: promoted.id, to: 'Principal' });
    await connector.configure({ safety: { max_updates: 0 } });
    expect((await connector.json(['import-all'])).exit_code).toBe(5);
    const { exit_code, changes } = await connector.json(['sync', '--allow', 'update=1']);
    expect([exit_code, changes.length]).toEqual([0, 1]);
  });

  test('shares its limits with the other runs of the day that read only some', async ({ connect }) => {
    const connector = await connect({ config: { safety: { max_deactivations: 2 } } });
    await connector.imported();
    const codes: number[] = [];
    for (const index of [0, 1, 2]) {
      connector.hr.apply({ kind: 'terminate', person: plainPerson(connector.company, index).id, on: day(-1) });
      codes.push((await connector.json(['sync'])).exit_code);
    }
    expect(codes).toEqual([0, 0, 5]);
    expect((await connector.json(['import-all'])).exit_code).toBe(0);
  });

  test('with --only asks for that person alone', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const { id } = plainPerson(connector.company);
    const { stdout } = await connector.run(['sync', '--dry-run', '--only', String(id)]);
    expect(stdout).toContain('nothing to do: 1 employee read, 1 account in step');
  });
});

/** A connector of each source that can be asked for some people. */
const SOURCES = {
  'Personio by v1': (connect: Connect) => connect(),
  'Personio by v2': (connect: Connect) =>
    connect({
      sandbox: { personio: { personsRefillPerSecond: null, otherRefillPerSecond: null } },
      config: { source: { api: 'v2' } },
    }),
  Kombo: (connect: Connect) => connectKombo(connect),
  BambooHR: (connect: Connect) => connectBamboohr(connect),
};

describe.concurrent.for(Object.entries(SOURCES))('hrsync sync from %s', ([name, open]) => {
  test('reads those who changed and leaves the others alone', async ({ connect }) => {
    const connector = await open(connect);
    await connector.imported();
    connector.hr.apply({ kind: 'promote', person: plainPerson(connector.company).id, to: 'Principal' });
    hire(connector, 'Ada', day(0));
    const document = await connector.json(['sync']);
    expect(document).toMatchObject({ exit_code: 0, source: { complete: false }, summary: { create: 1, update: 1 } });
    expect(document.source.employees).toBeLessThan(10);
    expect((await connector.json(['sync'])).changes).toEqual([]);
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('any number of times, then import-all, ends as import-all alone', async ({ connect }) => {
    const [with_, without] = [await open(connect), await open(connect)];
    const random = createRandom(name.length);
    await with_.imported();
    await without.imported();
    for (let night = 0; night < 2; night += 1) {
      for (let happening = 0; happening < 8; happening += 1) {
        const event = somethingHappens(with_, random);
        for (const { hr } of [with_, without]) hr.apply(event);
        if (random.chance(0.5)) expect((await with_.json(['sync', '--allow', 'email=40'])).exit_code).toBe(0);
      }
      for (const connector of [with_, without])
        await connector.imported('--allow', 'deactivate=40', '--allow', 'email=40');
      expect(activeAccounts(with_)).toEqual(activeAccounts(without));
      expect([...with_.mailed].sort()).toEqual([...without.mailed].sort());
    }
    expect((await with_.imported()).changes).toEqual([]);
  });
});

/** One of the things that happen in HR, to somebody. */
function somethingHappens({ company }: Connector, random: Random): CompanyEvent {
  const people = plainPeople(company);
  const person = random.pick(people).id;
  const departments = company.departments.map((unit) => unit.name);
  const name = `N${random.integer(1, 1_000_000)}`;
  return random.pick<CompanyEvent>([
    { kind: 'promote', person, to: name },
    { kind: 'change_department', person, to: random.pick(departments) },
    { kind: 'change_manager', person, to: topManager(company).id },
    { kind: 'change_email', person, to: `${name.toLowerCase()}@acme.example` },
    { kind: 'swap_emails', person, with: random.pick(people).id },
    { kind: 'set_status', person, status: 'inactive' },
    { kind: 'clear', person, field: 'officeId' },
    { kind: 'rename_department', department: random.pick(departments), to: name },
    { kind: 'hire', firstName: name, lastName: 'New', email: `${name.toLowerCase()}@acme.example`, on: day(0) },
    { kind: 'delete', person },
  ]);
}
