import { describe, expect } from 'vitest';
import type { FaultOrder } from '../../src/sandbox/index.js';
import { type Connect, type Connector, day, test } from '../support/connector.js';
import { activeAccounts, expectedAccounts } from '../support/expected.js';
import { rowsOfPart } from '../support/part.js';
import { hire, plainPerson, topManager, unitName } from '../support/people.js';

type Fault = FaultOrder['fault'];

const NEWCOMERS = ['Ada', 'Grace', 'Alan'];
const MAILS = NEWCOMERS.map((name) => `${name.toLowerCase()}@acme.example`);
const scopeLost = { error: 'This endpoint requires scope "users:update"' };

/** A connector that is in step, and then three join, one is promoted, a department renamed, one leaves, one returns. */
async function changedCompany(connect: Connect, withReturner = true): Promise<Connector> {
  const connector = await connect({ people: 30 });
  await connector.imported();
  for (const name of NEWCOMERS) {
    const { id } = hire(connector, name, day(0));
    connector.hr.apply({ kind: 'change_manager', person: id, to: topManager(connector.company).id });
    connector.hr.apply({ kind: 'set_custom', person: id, key: 'dynamic_1234567', value: 7 });
  }
  const promoted = plainPerson(connector.company);
  const leaver = plainPerson(connector.company, 1);
  const returner = plainPerson(connector.company, 2);
  connector.hr.apply({ kind: 'set_status', person: returner.id, status: 'inactive' });
  if (withReturner) await connector.imported('--only', String(returner.id));
  connector.hr.apply({ kind: 'set_status', person: returner.id, status: 'active' });
  connector.hr.apply({ kind: 'promote', person: promoted.id, to: 'Principal' });
  const department = unitName(connector.company.departments, promoted.departmentId);
  connector.hr.apply({ kind: 'rename_department', department, to: 'A New Name' });
  connector.hr.apply({ kind: 'terminate', person: leaver.id, on: day(-1) });
  return connector;
}

/** Holds Learn Amp to what it would be had nothing ever gone wrong: nobody twice, nobody mailed twice. */
function expectAsIfNothingHadHappened({ company, lms, sandbox, mailed }: Connector): void {
  expect(activeAccounts(sandbox)).toEqual(expectedAccounts(company, day(0)));
  expect(mailed.toSorted()).toEqual(MAILS.toSorted());
  const addresses = lms.list().map(({ email }) => email.toLowerCase());
  expect(new Set(addresses).size).toBe(addresses.length);
  const teams = [...lms.teams.values()].map(({ name }) => name);
  expect(new Set(teams).size).toBe(teams.length);
}

/** Sets faults; where one of them is silence, it is not waited for as long as usual. */
async function trouble(connector: Connector, orders: readonly FaultOrder[]): Promise<void> {
  for (const order of orders) connector.sandbox.learnamp.faults.add(order);
  const isSilent = orders.some((order) => order.fault.kind.startsWith('timeout'));
  if (isSilent) await connector.configure({ target: { timeout_seconds: 1 } });
}

const fault = (route: string, what: Fault, times = 1): FaultOrder => ({ match: { route }, times, fault: what });
const status = (code: number, more: object = {}): Fault => ({ kind: 'status', status: code, ...more });

const resolved: readonly (readonly [what: string, order: FaultOrder])[] = rowsOfPart([
  // The account is found, but its manager and custom values are not shown: they are written once more, at once.
  ['a 500 after an account was made', fault('users.create', { kind: 'error_after_commit' })],
  ['silence after an account was made', fault('users.create', { kind: 'timeout_after_commit' })],
  ['a connection cut after an account was made', fault('users.create', { kind: 'reset_after_commit' })],
  ['an answer cut off after an account was made', fault('users.create', { kind: 'truncated_json' })],
  ['an answer in ISO-8859-1 after an account was made', fault('users.create', { kind: 'wrong_charset' })],
  ['two 429 in the way of new accounts', fault('users.create', status(429), 2)],
  ['a 429 with Retry-After', fault('users.create', status(429, { retryAfter: 1 }))],
  ['a 500 before an update', fault('users.update', status(500))],
  ['a 500 after an update', fault('users.update', { kind: 'error_after_commit' })],
  ['silence after an update', fault('users.update', { kind: 'timeout_after_commit' })],
  ['a connection cut before an update', fault('users.update', { kind: 'reset_before_commit' })],
  ['a 502 after a deactivation', fault('users.deactivate', { kind: 'error_after_commit', status: 502 })],
  ['a connection cut after a deactivation', fault('users.deactivate', { kind: 'reset_after_commit' })],
  ['a 500 after a reactivation', fault('users.reactivate', { kind: 'error_after_commit' })],
  ['a connection cut after a team was made', fault('teams.create', { kind: 'reset_after_commit' })],
  ['a 500 before a team is made', fault('teams.create', status(500))],
  ['an HTML page in place of the list of teams', fault('teams.list', { kind: 'html' })],
  ['a 503 in place of the list of people', fault('users.list', status(503))],
  ['tokens that are revoked half-way', { ...fault('users.get', { kind: 'revoke_tokens' }), from: 2 }],
  ['tokens that are revoked at a new account', fault('users.create', { kind: 'revoke_tokens' })],
  ['a 500 at the token', fault('token', status(500))],
]);

const left: readonly (readonly [what: string, code: number, ...orders: FaultOrder[]])[] = rowsOfPart([
  ['a 500 before an account is made', 4, fault('users.create', status(500))],
  ['silence before an account is made', 4, fault('users.create', { kind: 'timeout_before_commit' })],
  ['a connection cut before an account is made', 4, fault('users.create', { kind: 'reset_before_commit' })],
  ['an HTML page in place of a new account', 4, fault('users.create', { kind: 'html' })],
  ['an empty answer in place of a new account', 4, fault('users.create', { kind: 'empty_body' })],
  ['HTML pages in place of updates', 4, fault('users.update', { kind: 'html' }, 4)],
  [
    'an account made without an answer, and nobody to ask',
    4,
    fault('users.create', { kind: 'reset_after_commit' }),
    { ...fault('users.get', { kind: 'html' }, 99), from: NEWCOMERS.length + 3 },
  ],
  ['a scope that was taken away', 8, fault('users.update', status(403, { body: scopeLost }))],
  ['credentials that are refused half-way', 8, fault('users.update', status(401), 99)],
  ['a token that cannot be had', 8, fault('token', status(401, { body: { error: 'invalid_client' } }), 99)],
]);

describe.concurrent('trouble with Learn Amp', () => {
  test.for(resolved)('%s: resolved within the run', async ([, order], { connect }) => {
    const connector = await changedCompany(connect, order.match?.route === 'users.reactivate');
    await trouble(connector, [order]);
    await connector.imported();
    expect(connector.sandbox.learnamp.faults.list()[0]?.struck).toBeGreaterThan(0);
    expectAsIfNothingHadHappened(connector);
    // What could not be read back is written once more.
    await connector.imported();
    expectAsIfNothingHadHappened(connector);
  });

  test.for(left)('%s: told by the exit code, and mended by the next run', async ([, code, ...orders], { connect }) => {
    const connector = await changedCompany(
      connect,
      orders.some(({ match }) => match?.route === 'users.update'),
    );
    await trouble(connector, orders);
    const ended = await connector.run(['import-all']);
    expect(ended.code, ended.stderr).toBe(code);
    for (const { struck } of connector.sandbox.learnamp.faults.list()) expect(struck).toBeGreaterThan(0);
    expect(ended.stderr).toMatch(/error acme: |does not show all of it; the rest is written once more/);
    connector.sandbox.learnamp.faults.clear();
    await connector.imported();
    expectAsIfNothingHadHappened(connector);
  });

  test.for<[what: string, route: string]>([
    ['whose account is whose', 'users.list'],
    ['what rights an account has', 'users.get'],
  ])(
    'who left loses the account in a night that cannot ask %s, and nobody else is touched',
    async ([, route], { connect }) => {
      const connector = await changedCompany(connect);
      const before = Object.keys(activeAccounts(connector.sandbox)).length;
      connector.sandbox.learnamp.faults.add(fault(route, { kind: 'html' }, 999));
      const ended = await connector.run(['import-all']);
      expect(ended.code, ended.stderr).toBe(4);
      expect(connector.mailed).toEqual([]);
      expect(Object.keys(activeAccounts(connector.sandbox)).length).toBe(before - 1);
      connector.sandbox.learnamp.faults.clear();
      await connector.imported();
      expectAsIfNothingHadHappened(connector);
    },
  );

  test('a deactivation that Learn Amp says was made already counts as done', async ({ connect }) => {
    const connector = await changedCompany(connect);
    connector.sandbox.learnamp.settings.change({ alreadySoStatus: 422 });
    connector.sandbox.learnamp.faults.add(fault('users.deactivate', { kind: 'reset_after_commit' }));
    connector.sandbox.learnamp.faults.add(fault('users.reactivate', { kind: 'error_after_commit' }));
    await connector.imported();
    expectAsIfNothingHadHappened(connector);
  });

  test('a limit on requests is obeyed and slows nothing but the run', async ({ connect }) => {
    const connector = await changedCompany(connect);
    connector.sandbox.learnamp.settings.change({ requestsPerSecond: 10, retryAfterSeconds: 1 });
    await connector.imported();
    expectAsIfNothingHadHappened(connector);
  });

  test('a first import that is struck again and again ends as one that was not', async ({ connect }) => {
    const connector = await connect({ people: 30 });
    const { faults } = connector.sandbox.learnamp;
    const kinds = ['error_after_commit', 'reset_after_commit', 'reset_before_commit', 'truncated_json'] as const;
    for (const [index, kind] of kinds.entries()) {
      for (const from of [1, 6, 11]) faults.add({ ...fault('users.create', { kind }), from: from + index });
    }
    await connector.run(['import-all']);
    await connector.imported();
    expect(activeAccounts(connector.sandbox)).toEqual(expectedAccounts(connector.company, day(0)));
    expect(connector.mailed).toEqual([]);
  });
});
