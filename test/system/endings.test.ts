import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { importAt } from '../support/clock.js';
import { type Connector, day, test } from '../support/connector.js';
import type { RunDocument } from '../support/document.js';
import { Learning360 } from '../support/learning360.js';
import { hire, middleManager, plainPeople, plainPerson } from '../support/people.js';

const at = (offset: number) => new Date(`${day(offset)}T12:00:00Z`);
const refusal = { kind: 'status', status: 422, body: { error: 'the account is locked' } } as const;

/** The endings of a run with what became of them. */
const endings = ({ changes }: RunDocument) =>
  changes.filter(({ kind }) => kind === 'deactivate').map(({ outcome }) => outcome);

function leave(connector: Connector, id: number): void {
  connector.hr.apply({ kind: 'set_status', person: id, status: 'inactive' });
}

async function statusOf(connector: Connector, ...flags: string[]) {
  return JSON.parse((await connector.run(['status', '--json', ...flags])).stdout);
}

describe('an ending never waits', () => {
  test('for the rest of somebody whose updates failed: it comes in the night that knows of it', async ({ connect }) => {
    const connector = await connect();
    await importAt(connector, () => at(0));
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'promote', person: person.id, to: 'Lead' });
    const { faults } = connector.sandbox.learnamp;
    const taken = { kind: 'status', status: 422, body: { error: 'job title is invalid' } } as const;
    faults.add({ match: { route: 'users.update' }, times: null, fault: taken });
    for (const night of [1, 2, 3, 5, 9, 14]) {
      const { changes } = await importAt(connector, () => at(night));
      expect(changes, `night ${night}`).toMatchObject([{ kind: 'update', outcome: 'failed' }]);
    }
    expect((await importAt(connector, () => at(15))).changes).toMatchObject([{ outcome: 'deferred' }]);
    leave(connector, person.id);
    expect(await importAt(connector, () => at(16))).toMatchObject({
      exit_code: 0,
      changes: [{ kind: 'deactivate', outcome: 'done' }],
    });
    expect(connector.account(person).status).toBe('deactivated');
  });

  test('after it failed itself: every run tries again, and both say so until it is done', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    leave(connector, person.id);
    const { faults } = connector.sandbox.learnamp;
    faults.add({ match: { route: 'users.deactivate' }, times: null, fault: refusal });
    const metrics = ['--metrics', 'run.prom'];
    for (const tries of [1, 2, 3]) {
      const failed = await connector.json([tries === 2 ? 'sync' : 'import-all', ...metrics]);
      expect(failed).toMatchObject({ exit_code: 4, changes: [{ kind: 'deactivate', outcome: 'failed' }] });
      expect((await statusOf(connector)).failing).toMatchObject([{ kind: 'deactivate', attempts: tries }]);
    }
    expect(await statusOf(connector)).toMatchObject({
      endings_overdue: [
        {
          employee: { id: String(person.id) },
          since: day(0),
          because: 'HR status is inactive',
          why: expect.stringContaining('the account is locked'),
        },
      ],
    });
    const told = (await connector.run(['status'])).stdout;
    expect(told).toMatch(/^acme\n {2}Overdue +1 account is open that should have ended\n/);
    expect(told.indexOf('Open although')).toBeLessThan(told.indexOf('Keeps failing'));
    expect(told).toMatch(new RegExp(`Open although.*\n.*\n#${person.id} .*${day(0)}`));
    const why = (await connector.run(['explain', String(person.id)])).stdout;
    expect(why).toMatch(/open although it should have ended on/);
    const prometheus = () => readFile(join(connector.folder, 'run.prom'), 'utf8');
    expect(await prometheus()).toContain('hrsync_endings_overdue{connector="acme"} 1\n');
    faults.clear();
    await connector.imported(...metrics);
    expect(await statusOf(connector)).toMatchObject({ endings_overdue: [], failing: [] });
    expect(await prometheus()).toContain('hrsync_endings_overdue{connector="acme"} 0\n');
  });

  test('for creations that the LMS refuses one after the other', async ({ connect }) => {
    const stage = await Learning360.open(connect, { people: 60, config: { safety: { max_deactivations: '100%' } } });
    const { connector } = stage;
    await stage.imported();
    const leavers = plainPeople(connector.company).slice(0, 12);
    for (const { id } of leavers) leave(connector, id);
    for (let index = 0; index < 14; index++) hire(connector, `New${index}`, day(0));
    const { faults } = connector.sandbox['360learning'];
    const noSeats = { error: { code: 'noSeatsLeft', message: 'Buy more seats' } };
    const fault = { kind: 'status', status: 400, body: noSeats } as const;
    faults.add({ match: { route: 'users.create' }, times: null, fault });
    const night = await stage.json();
    expect(night.exit_code).toBe(4);
    expect(endings(night)).toEqual(leavers.map(() => 'done'));
    for (const person of leavers) expect(['deactivated', 'deleted']).toContain(stage.user(person).status);
    const open = (document: RunDocument) => document.changes.filter(({ kind }) => kind === 'create').length;
    expect(open(night)).toBe(14);
    faults.clear();
    for (const { employee } of night.changes.filter(({ kind }) => kind === 'create'))
      await stage.imported('--only', employee.id);
    expect((await stage.imported()).changes).toEqual([]);
  });

  test.for([403, 500])(
    'for creations that are answered with %i, before or after the endings',
    async (code, { connect }) => {
      const connector = await connect({ config: { target: { concurrency: 1 } } });
      await connector.imported();
      const boss = middleManager(connector.company);
      const [plain] = plainPeople(connector.company).filter(({ supervisorId }) => supervisorId !== boss.id);
      if (plain === undefined) throw new Error('too few people');
      for (const { id } of [boss, plain]) leave(connector, id);
      for (let index = 0; index < 11; index++) hire(connector, `New${index}`, day(0));
      const fault = { kind: 'status', status: code } as const;
      connector.sandbox.learnamp.faults.add({ match: { route: 'users.create' }, times: null, fault });
      const night = await connector.json(['import-all']);
      expect(endings(night)).toEqual(['done', 'done']);
      expect(connector.account(boss).status).toBe('deactivated');
    },
  );

  test('in line: those that free nobody go first, and a manager goes once the reports have another one', async ({
    connect,
  }) => {
    const connector = await connect({ config: { target: { concurrency: 1 } } });
    await connector.imported();
    const boss = middleManager(connector.company);
    const reports = connector.company.people.filter(({ supervisorId }) => supervisorId === boss.id);
    const plain = plainPeople(connector.company).filter(({ supervisorId }) => supervisorId !== boss.id);
    const [one, other, promoted, next] = plain;
    if (!one || !other || !promoted || !next) throw new Error('too few people');
    for (const { id } of [boss, one, other]) leave(connector, id);
    for (const { id } of reports) connector.hr.apply({ kind: 'change_manager', person: id, to: next.id });
    connector.hr.apply({ kind: 'promote', person: promoted.id, to: 'Lead' });
    hire(connector, 'Ada', day(0));
    const { changes } = await connector.imported();
    const order = changes.map(({ employee }) => Number(employee.id));
    const place = ({ id }: { readonly id: number }) => order.indexOf(id);
    expect([place(one), place(other)].toSorted()).toEqual([0, 1]);
    for (const report of reports) expect(place(report)).toBeLessThan(place(boss));
    expect(place(boss)).toBeLessThan(place(promoted));
    expect(changes.at(-1)).toMatchObject({ kind: expect.stringMatching(/create|update/) });
  });

  test('for a mapping that does not fit any more', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const [leaver, promoted] = plainPeople(connector.company);
    if (!leaver || !promoted) throw new Error('too few people');
    leave(connector, leaver.id);
    connector.hr.apply({ kind: 'promote', person: promoted.id, to: 'Lead' });
    await connector.configure({ mapping: { hire_date: 'department' } });
    const { code, stderr } = await connector.run(['import-all']);
    expect(code, stderr).toBe(2);
    expect(stderr).toContain('hire_date');
    expect(connector.account(leaver).status).toBe('deactivated');
    expect(connector.account(promoted).jobTitle).not.toBe('Lead');
    const rehearsed = await connector.run(['import-all', '--dry-run']);
    expect(rehearsed.code).toBe(2);
    await connector.configure({});
    await connector.imported();
    expect(connector.account(promoted).jobTitle).toBe('Lead');
  });

  test('when the night broke off before it came to it: the state knows, and a run between nights ends it', async ({
    connect,
  }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    leave(connector, person.id);
    await connector.configure({ safety: { max_deactivations: 0 } });
    expect((await connector.run(['import-all'])).code).toBe(5);
    expect(await statusOf(connector)).toMatchObject({
      endings_overdue: [{ employee: { id: String(person.id) }, why: 'refused by safety' }],
    });
    await connector.configure({});
    expect(endings(await connector.json(['sync']))).toEqual(['done']);
    expect((await statusOf(connector)).endings_overdue).toEqual([]);
  });

  test('any longer for somebody who came back', async ({ connect }) => {
    const connector = await connect();
    const returner = plainPerson(connector.company);
    await connector.imported();
    leave(connector, returner.id);
    await connector.configure({ safety: { max_deactivations: 0 } });
    expect((await connector.run(['import-all'])).code).toBe(5);
    expect((await statusOf(connector)).endings_overdue).toMatchObject([{ employee: { id: String(returner.id) } }]);
    await connector.configure({});
    connector.hr.apply({ kind: 'set_status', person: returner.id, status: 'active' });
    await connector.imported();
    expect((await statusOf(connector)).endings_overdue).toEqual([]);
  });
});

describe('status --max-age', () => {
  const green = async (connector: Connector) => (await connector.run(['status', '--max-age', '26h'])).code === 0;

  test('counts only runs that read and planned everybody and had nothing refused', async ({ connect }) => {
    const connector = await connect({ people: 20, config: { safety: { max_creates: 3 } } });
    expect((await connector.run(['import-all'])).code).toBe(5);
    const others = [
      ['invite', '--quiet'],
      ['import-all', '--dry-run'],
      ['import-all', '--only', String(plainPerson(connector.company).id)],
      ['sync', '--only', String(plainPerson(connector.company, 1).id)],
    ];
    for (const args of others) {
      expect([0, 5], args.join(' ')).toContain((await connector.run(args)).code);
      expect(await green(connector), args.join(' ')).toBe(false);
    }
    await connector.configure({});
    await connector.imported();
    expect(await green(connector)).toBe(true);
  });

  test('a repair and a run between nights do not make up for a refused night, an applied plan does', async ({
    connect,
  }) => {
    const connector = await connect({ people: 20 });
    const person = plainPerson(connector.company);
    await connector.configure({ safety: { max_creates: 3 } });
    expect((await connector.run(['import-all'])).code).toBe(5);
    expect((await connector.run(['import-all', '--only', String(person.id)])).code).toBe(0);
    connector.lms.findByExternalId(String(person.id));
    expect((await connector.run(['verify', '--repair'])).code).toBe(0);
    expect(await green(connector)).toBe(false);
    expect((await connector.run(['plan', '--out', 'p.json'])).code).toBe(5);
    expect(await green(connector)).toBe(false);
    expect((await connector.run(['apply', 'p.json'])).code).toBe(0);
    expect(await green(connector)).toBe(true);
  });
});
