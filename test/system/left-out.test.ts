import { describe, expect } from 'vitest';
import { makeCompany } from '../../src/sandbox/company/make-company.js';
import type { Company } from '../../src/sandbox/index.js';
import { importAt } from '../support/clock.js';
import { configText, SECRETS } from '../support/config.js';
import { type Connector, day, test } from '../support/connector.js';
import { plainPeople } from '../support/people.js';

/** A company of other people under other employee ids. */
function otherCompany(size: number): Company {
  const company = makeCompany({ size, seed: 7, today: day(0) });
  const shifted = (id: number | null) => (id === null ? null : id + 900_000);
  const people = company.people.map((person) => ({
    ...person,
    id: person.id + 900_000,
    supervisorId: shifted(person.supervisorId),
  }));
  return { ...company, people, nextId: company.nextId + 900_000 };
}

/** The limit of a kind in a document. */
function limitOf(
  document: { safety: { limits: readonly { kind: string; planned: number; allowed: number }[] } },
  kind: string,
) {
  return document.safety.limits.find((limit) => limit.kind === kind);
}

describe('a night that would leave nearly everybody out is refused, with the cause', () => {
  test('when a filter lists a legal entity that was renamed', async ({ connect }) => {
    const connector = await connect({ people: 60 });
    const entities = connector.company.legalEntities.map(({ name }) => name);
    await connector.configure({ employees: { filter: [{ field: 'legal_entity', in: entities }] } });
    await connector.imported();
    for (const unit of entities)
      connector.hr.apply({ kind: 'rename_unit', of: 'legal_entity', unit, to: `${unit} SE` });
    connector.takeRequests();
    for (let night = 0; night < 2; night += 1) {
      const { code, stderr } = await connector.run(['import-all', '--quiet']);
      expect(code).toBe(5);
      expect(stderr).toContain(`no employee has legal_entity "${entities[0]}" any more`);
      expect(stderr).toMatch(/employees\.filter \(line \d+\)/);
      expect(stderr).toMatch(/--allow left_out=\d+/);
    }
    expect(connector.takeWrites()).toEqual([]);
    const flag = /--allow (left_out=\d+)/.exec((await connector.run(['import-all'])).stderr)?.[1] ?? '';
    await connector.imported('--allow', flag);
    await connector.imported();
  });

  test('when the first import maps the e-mail address from a field that holds none', async ({ connect }) => {
    const connector = await connect({ people: 60, config: { mapping: { email: 'first_name' } } });
    const { code, stderr } = await connector.run(['import-all']);
    expect(code).toBe(5);
    expect(stderr).toMatch(/mapping\.email \(line \d+\)/);
    expect(connector.takeWrites()).toEqual([]);
  });

  test('when a first import keeps everybody out by a filter', async ({ connect }) => {
    const filter = [{ field: 'legal_entity', in: ['Acme Misspelt'] }];
    const connector = await connect({ people: 60, config: { employees: { filter } } });
    const { code, stderr } = await connector.run(['import-all']);
    expect(code).toBe(5);
    expect(stderr).toContain('no employee has legal_entity "Acme Misspelt"');
  });

  test('but a pilot for one department is no mistake', async ({ connect }) => {
    const connector = await connect({ people: 60 });
    const [department] = connector.company.departments;
    await connector.configure({ employees: { filter: [{ field: 'department', in: [department?.name ?? ''] }] } });
    const { summary } = await connector.imported();
    expect(summary.create).toBeGreaterThan(0);
    expect(summary.skipped).toBeGreaterThan(30);
  });

  test('at one more than a tenth, and not at a tenth, counting those only who were served before', async ({
    connect,
  }) => {
    const connector = await connect({ people: 60 });
    const { summary } = await connector.imported();
    const allowed = Math.floor(summary.create / 10);
    const people = plainPeople(connector.company);
    const silence = (from: number, to: number) => {
      for (const { id } of people.slice(from, to)) connector.hr.apply({ kind: 'change_email', person: id, to: null });
    };
    silence(0, allowed);
    expect(limitOf(await connector.imported(), 'left_out')).toMatchObject({ planned: allowed, allowed });
    silence(allowed, 2 * allowed + 1);
    const refused = await connector.json(['import-all']);
    expect(refused.exit_code).toBe(5);
    expect(limitOf(refused, 'left_out')).toMatchObject({ planned: allowed + 1, allowed });
    await connector.imported('--allow', `left_out=${allowed + 1}`);
    expect(limitOf(await connector.imported(), 'left_out')).toMatchObject({ planned: 0 });
  });

  test('also person by person in runs between nights', async ({ connect }) => {
    const connector = await connect({ people: 60, config: { safety: { max_left_out: 1 } } });
    await connector.imported();
    const [one, other] = plainPeople(connector.company);
    connector.hr.apply({ kind: 'change_email', person: one?.id ?? 0, to: null });
    expect((await connector.json(['sync'])).exit_code).toBe(0);
    connector.hr.apply({ kind: 'change_email', person: other?.id ?? 0, to: null });
    expect((await connector.json(['sync'])).exit_code).toBe(5);
  });
});

describe('addresses', () => {
  test('of everybody that move to another domain overnight are refused', async ({ connect }) => {
    const connector = await connect({ people: 60 });
    const { summary } = await connector.imported();
    const allowed = Math.floor(summary.create / 10);
    const people = plainPeople(connector.company);
    const move = (count: number) => {
      for (const { id, email } of people.slice(0, count))
        connector.hr.apply({ kind: 'change_email', person: id, to: email?.replace('@', `@${count}.`) ?? null });
    };
    move(allowed);
    expect(limitOf(await connector.imported(), 'email')).toMatchObject({ planned: allowed, allowed });
    move(allowed + 1);
    connector.takeRequests();
    const { code, stderr } = await connector.run(['import-all']);
    expect(code).toBe(5);
    expect(stderr).toContain(`--allow email=${allowed + 1}`);
    expect(connector.takeWrites()).toEqual([]);
    await connector.imported('--allow', `email=${allowed + 1}`);
  });
});

describe('whose company it is', () => {
  test('credentials of another company on the same host are refused before anything is sent', async ({ connect }) => {
    const ours = await connect({ people: 60 });
    const other = await connect({ sandbox: { company: otherCompany(60) } });
    await ours.imported();
    ours.takeRequests();
    // The host is the same to the state; what answers there is the other company.
    const text = configText({ ...ours.sandbox, personio: other.sandbox.personio });
    await ours.configure(text);
    const { code, stderr } = await ours.run(['import-all']);
    expect([code, stderr]).toEqual([6, expect.stringContaining('another company')]);
    expect(ours.takeWrites()).toEqual([]);
  });

  test('new credentials of the same company are accepted and told once', async ({ connect }) => {
    const connector = await connect({
      sandbox: {
        personio: {
          credentials: ['hr-client', 'hr-client-2'].map((clientId) => ({
            clientId,
            clientSecret: SECRETS.HR_SECRET,
          })),
        },
      },
    });
    await connector.imported();
    await connector.configure({ source: { client_id: 'hr-client-2' } });
    expect((await connector.imported()).notices.join()).toContain('the credentials for Personio are new');
    expect((await connector.imported()).notices.join()).not.toContain('are new');
  });

  test('new credentials for a Learn Amp that holds other people are refused', async ({ connect }) => {
    const ours = await connect();
    const keys = { client_id: 'lms-key-2' };
    const other = await connect({
      sandbox: { learnamp: { keys: [{ clientId: keys.client_id, clientSecret: SECRETS.LMS_SECRET }] } },
    });
    await ours.imported();
    for (const { email, firstName, lastName } of ours.lms.list())
      other.lms.add({ email: `other.${email}`, firstName, lastName }, 'confirmed');
    await ours.configure(configText({ ...ours.sandbox, learnamp: other.sandbox.learnamp }, { target: keys }));
    const { code, stderr } = await ours.run(['import-all']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('another company')]);
  });
});

test('the HR system of another company that counts its people alike is refused, however small both are', async ({
  connect,
}) => {
  for (const people of [15, 60]) {
    const ours = await connect({ people });
    const company = makeCompany({ size: people, seed: 7, today: day(0) });
    for (const person of company.people) {
      person.firstName = `Otto${person.id}`;
      person.lastName = `Other${person.id}`;
      person.email = `otto${person.id}@other.example`;
    }
    const other = await connect({ sandbox: { company } });
    await ours.imported();
    ours.takeRequests();
    await ours.configure(configText({ ...ours.sandbox, personio: other.sandbox.personio }));
    const { code, stdout } = await ours.run(['import-all']);
    expect(code, stdout).toBe(5);
    expect(ours.takeWrites()).toEqual([]);
  }
});

test('a Learn Amp of another company that counts its people alike is refused', async ({ connect }) => {
  const ours = await connect();
  const keys = { client_id: 'lms-key-2' };
  const company = makeCompany({ size: 40, seed: 7, today: day(0) });
  for (const person of company.people) {
    person.firstName = `Otto${person.id}`;
    person.lastName = `Other${person.id}`;
    person.email = `otto${person.id}@other.example`;
  }
  const other = await connect({
    sandbox: {
      company,
      learnamp: { keys: ['lms-key', 'lms-key-2'].map((clientId) => ({ clientId, clientSecret: SECRETS.LMS_SECRET })) },
    },
  });
  await ours.imported();
  await other.imported();
  other.takeRequests();
  await ours.configure(configText({ ...ours.sandbox, learnamp: other.sandbox.learnamp }, { target: keys }));
  const { code, stderr } = await ours.run(['import-all']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('another company')]);
  expect(other.takeWrites()).toEqual([]);
});

test('a subsidiary that vanishes whole is refused although it is less than a tenth of everybody', async ({
  connect,
}) => {
  const company = makeCompany({ size: 120, seed: 1, today: day(0) });
  const small = plainPeople(company).slice(0, 5);
  for (const person of small) person.legalEntityId = 499;
  const legalEntities = [...company.legalEntities, { id: 499, name: 'Acme Tiny' }];
  const connector = await connect({
    sandbox: { company: { ...company, legalEntities } },
    config: { safety: { per: 'legal_entity' } },
  });
  await connector.imported();
  for (const { id } of small.slice(0, 4)) connector.hr.apply({ kind: 'delete', person: id });
  connector.hr.apply({ kind: 'set_status', person: small[4]?.id ?? 0, status: 'inactive' });
  await connector.configure({
    safety: { per: 'legal_entity' },
    deactivation: { missing: { after_runs: 1, after_days: 0 } },
  });
  const { code, stderr } = await connector.run(['import-all']);
  expect(code).toBe(5);
  expect(stderr).toContain('5 accounts of Acme Tiny would be deactivated');
  const document = await connector.imported('--allow', 'deactivate=5');
  expect(document.summary.deactivate).toBe(5);
});

describe('the limit on one subsidiary', () => {
  const people = (small: number) => {
    const company = makeCompany({ size: 120, seed: 1, today: day(0) });
    const plain = plainPeople(company);
    for (const person of plain.slice(0, small)) person.legalEntityId = 499;
    const legalEntities = [...company.legalEntities, { id: 499, name: 'Acme Tiny' }];
    return { company: { ...company, legalEntities }, inside: plain.slice(0, small), outside: plain.slice(small) };
  };
  const leave = (connector: Connector, people: readonly { readonly id: number }[]) => {
    for (const { id } of people) connector.hr.apply({ kind: 'set_status', person: id, status: 'inactive' });
  };

  test('is not used up by what runs between nights ended elsewhere', async ({ connect }) => {
    const { company, inside, outside } = people(25);
    const connector = await connect({ sandbox: { company }, config: { safety: { per: 'legal_entity' } } });
    await connector.imported();
    leave(connector, outside.slice(0, 3));
    expect((await connector.json(['sync'])).summary.deactivate).toBe(3);
    leave(connector, inside.slice(0, 1));
    expect((await connector.json(['sync'])).exit_code).toBe(0);
  });

  test('counts what runs between nights ended there, so that it does not vanish person by person', async ({
    connect,
  }) => {
    const { company, inside } = people(4);
    const connector = await connect({ sandbox: { company }, config: { safety: { per: 'legal_entity' } } });
    await connector.imported();
    for (const person of inside.slice(0, 3)) {
      leave(connector, [person]);
      expect((await connector.json(['sync'])).exit_code).toBe(0);
    }
    leave(connector, inside.slice(3));
    const { code, stderr } = await connector.run(['sync']);
    expect(code).toBe(5);
    expect(stderr).toContain('--allow deactivate=1');
  });
});

test('a clock that is a year ahead ends and invites nobody', async ({ connect }) => {
  const connector = await connect();
  await connector.imported();
  const [leaver] = plainPeople(connector.company);
  connector.hr.apply({ kind: 'terminate', person: leaver?.id ?? 0, on: day(200) });
  await connector.imported();
  connector.takeRequests();
  const ahead = () => new Date(Date.now() + 365 * 86_400_000);
  await expect(importAt(connector, ahead, { sandbox: 'right' })).rejects.toThrow(
    /clock of this machine .* 365\.0 days apart/,
  );
  expect(connector.takeWrites()).toEqual([]);
  await expect(
    importAt(connector, () => new Date(Date.now() + 23 * 3_600_000), { sandbox: 'right' }),
  ).resolves.toMatchObject({ exit_code: 0 });
});
