import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { type Connect, type Connector, day, test } from '../support/connector.js';
import { runDocument } from '../support/document.js';
import { activeAccounts, expectedAccounts } from '../support/expected.js';
import { rowsOfPart } from '../support/part.js';
import { hire, plainPerson, topManager, unitName } from '../support/people.js';

const SLOWLY = { target: { requests_per_second: 60, concurrency: 2 } };
const INVITE_ALL = { invitations: { existing_staff: 'send' } };

/** Waits until something holds, looking as often as it can. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await wait(1);
}

/** Holds Learn Amp to what it would be after runs that nobody interrupted. */
function expectAsIfNeverInterrupted({ company, lms, sandbox }: Connector): void {
  expect(activeAccounts(sandbox)).toEqual(expectedAccounts(company, day(0)));
  const mailed = lms.mails.map(({ to }) => to);
  expect(new Set(mailed).size).toBe(mailed.length);
  const addresses = lms.list().map(({ email }) => email.toLowerCase());
  expect(new Set(addresses).size).toBe(addresses.length);
}

/** How many requests that write have come in. */
const writes = ({ sandbox }: Connector): number => sandbox.learnamp.requests.writes().length;

describe.concurrent('a run that is asked to stop', () => {
  test.for([
    ['SIGINT', []],
    ['SIGTERM', ['--json']],
  ] as const)('%s: finishes what is under way and ends with 130', async ([signal, flags], { connect }) => {
    const connector = await connect({ config: { ...SLOWLY, ...INVITE_ALL } });
    const running = connector.start(['import-all', ...flags]);
    await until(() => writes(connector) >= 12);
    running.child.kill(signal);
    const { code, stdout, stderr } = await running.ended;
    expect(code).toBe(130);
    if (signal === 'SIGTERM') expect(runDocument(stdout).exit_code).toBe(130);
    else expect(stdout).toMatch(/interrupted; it is safe to start again/);
    if (signal === 'SIGINT') expect(stderr).toContain('stopping after what is under way');
    const made = connector.lms.list().length - connector.lms.staff.length;
    expect(made).toBeLessThan(Object.keys(expectedAccounts(connector.company, day(0))).length);
    const { stdout: status } = await connector.run(['status']);
    expect(status).toMatch(new RegExp(`Accounts +${made} active`));
    expect(status).not.toContain('Uncertain');

    await connector.configure(INVITE_ALL);
    const { summary } = await connector.imported();
    expectAsIfNeverInterrupted(connector);
    expect(connector.mailed).toHaveLength(made + summary.create);
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('during the read: nothing is changed', async ({ connect }) => {
    const connector = await connect();
    const { faults } = connector.sandbox.personio;
    faults.add({ match: { route: 'employees' }, times: null, fault: { kind: 'timeout_before_commit' } });
    const running = connector.start(['import-all']);
    await until(() => faults.list()[0]?.struck === 1);
    running.child.kill('SIGINT');
    expect((await running.ended).code).toBe(130);
    expect(connector.takeWrites()).toEqual([]);
    faults.clear();
    await connector.imported();
    expectAsIfNeverInterrupted(connector);
  });

  test('a second signal ends it at once, and the next run asks before it repeats', async ({ connect }) => {
    const connector = await connect({ config: { ...SLOWLY, ...INVITE_ALL } });
    const { faults } = connector.sandbox.learnamp;
    faults.add({ match: { route: 'users.create' }, from: 5, times: null, fault: { kind: 'timeout_after_commit' } });
    const running = connector.start(['import-all']);
    await until(() => (faults.list()[0]?.struck ?? 0) > 0);
    running.child.kill('SIGINT');
    await wait(100);
    running.child.kill('SIGINT');
    expect((await running.ended).code).toBeNull();
    faults.clear();
    await connector.configure(INVITE_ALL);
    await connector.imported();
    expectAsIfNeverInterrupted(connector);
    expect(connector.mailed).toHaveLength(connector.lms.list().length - connector.lms.staff.length);
  });
});

/** A company that is in step, and then something of every kind happens. */
async function eventfulCompany(connect: Connect): Promise<Connector> {
  const connector = await connect({ people: 30 });
  await connector.imported();
  const { company, hr } = connector;
  const promoted = plainPerson(company);
  const leaver = plainPerson(company, 1);
  const rehired = plainPerson(company, 2);
  const one = plainPerson(company, 3);
  const other = plainPerson(company, 4);
  for (const name of ['Ada', 'Grace', 'Alan']) {
    const { id } = hire(connector, name, day(0));
    hr.apply({ kind: 'change_manager', person: id, to: topManager(company).id });
  }
  hr.apply({ kind: 'promote', person: promoted.id, to: 'Principal' });
  const department = unitName(company.departments, promoted.departmentId);
  hr.apply({ kind: 'rename_department', department, to: 'A New Name' });
  hr.apply({ kind: 'swap_emails', person: one.id, with: other.id });
  hr.apply({ kind: 'terminate', person: leaver.id, on: day(-1) });
  hr.apply({ kind: 'terminate', person: rehired.id, on: day(-1) });
  hr.apply({ kind: 'rehire', person: rehired.id, on: day(0) });
  connector.takeRequests();
  return connector;
}

describe.concurrent('a run that is killed', () => {
  test.for(rowsOfPart([1, 3, 5, 7, 9, 11, 13]))(
    'after write %i: the next one ends as if it had never been',
    async (count, { connect }) => {
      const connector = await eventfulCompany(connect);
      const running = connector.start(['import-all']);
      await Promise.race([until(() => writes(connector) >= count), running.ended]);
      running.child.kill('SIGKILL');
      await running.ended;
      const { exit_code } = await connector.imported();
      expect(exit_code).toBe(0);
      await connector.imported();
      expectAsIfNeverInterrupted(connector);
      expect(connector.mailed.toSorted()).toEqual(['ada@acme.example', 'alan@acme.example', 'grace@acme.example']);
      expect((await connector.imported()).changes).toEqual([]);
    },
  );

  test('again and again during the first import: nobody is made or mailed twice', async ({ connect }) => {
    const connector = await connect({ config: INVITE_ALL });
    for (const more of [3, 9, 2, 7]) {
      const before = writes(connector);
      const running = connector.start(['import-all']);
      await Promise.race([until(() => writes(connector) >= before + more), running.ended]);
      running.child.kill('SIGKILL');
      await running.ended;
    }
    await connector.imported();
    await connector.imported();
    expectAsIfNeverInterrupted(connector);
    expect(connector.mailed).toHaveLength(connector.lms.list().length - connector.lms.staff.length);
    expect((await connector.imported()).changes).toEqual([]);
  });
});
