import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { ConfigChanges } from '../support/config.js';
import { type Connector, day, test } from '../support/connector.js';
import { runDocument } from '../support/document.js';
import { hire, middleManager, plainPeople, plainPerson } from '../support/people.js';

type Switches = Readonly<Partial<Record<'create' | 'update' | 'deactivate' | 'invite', boolean>>>;
const rollout = (switches: Switches, further: ConfigChanges = {}): ConfigChanges => {
  return { ...further, document: { rollout: switches } };
};

const night = (connector: Connector, ...flags: readonly string[]) => connector.json(['import-all', ...flags]);
const heldKinds = ({ held_back: held }: Awaited<ReturnType<typeof night>>) =>
  held?.changes.map(({ kind, employee, error }) => `${kind} ${employee.id} ${error}`) ?? [];

const leave = ({ hr }: Connector, { id }: { readonly id: number }) =>
  hr.apply({ kind: 'terminate', person: id, on: day(-1) });

describe('rollout', () => {
  test('shows nothing of itself while everything is on', async ({ connect }) => {
    const connector = await connect();
    expect(await night(connector)).not.toHaveProperty('held_back');
    const { stdout } = await connector.run(['status', '--json']);
    expect(JSON.parse(stdout)).not.toHaveProperty('rollout_off');
  });

  test('with creations off makes no account, exits with 0, and makes them once they are on', async ({ connect }) => {
    const connector = await connect({ config: rollout({ create: false }) });
    const first = await night(connector);
    expect(first).toMatchObject({ exit_code: 0, summary: { create: 0, failed: 0 } });
    expect(first.held_back?.create).toBe(first.held_back?.changes.length);
    expect(connector.takeWrites()).toEqual([]);
    await connector.configure({});
    const second = await night(connector);
    expect(second).toMatchObject({ exit_code: 0, summary: { create: first.held_back?.create } });
    expect(second).not.toHaveProperty('held_back');
  });

  test('with endings off keeps leavers open, loudly, and ends them once they are on', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const leaver = plainPerson(connector.company);
    leave(connector, leaver);
    await connector.configure(rollout({ deactivate: false }));
    connector.takeRequests();
    for (const flags of [[], ['--quiet']]) {
      const { code, stderr } = await connector.run(['import-all', ...flags]);
      expect(code).toBe(0);
      expect(stderr).toContain('rollout.deactivate is off: 1 account of a leaver stays open in Learn Amp');
    }
    expect(connector.takeWrites()).toEqual([]);
    const status = JSON.parse((await connector.run(['status', '--json'])).stdout);
    expect(status).toMatchObject({
      rollout_off: ['deactivate'],
      endings_overdue: [{ employee: { id: String(leaver.id) }, why: 'rollout.deactivate is off' }],
    });
    await connector.configure({});
    expect(await night(connector)).toMatchObject({ exit_code: 0, summary: { deactivate: 1 } });
  });

  test('leaves the manager alone whose ending is held back', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    leave(connector, middleManager(connector.company));
    await connector.configure(rollout({ deactivate: false }));
    const { changes, held_back: held } = await night(connector);
    expect(changes.filter(({ fields }) => 'manager' in fields)).toEqual([]);
    expect(held?.deactivate).toBe(1);
  });

  test('lets no limit judge what it holds back', async ({ connect }) => {
    const connector = await connect({ people: 60 });
    await connector.imported();
    for (const person of plainPeople(connector.company).slice(0, 12)) leave(connector, person);
    expect(await night(connector)).toMatchObject({ exit_code: 5 });
    await connector.configure(rollout({ deactivate: false }));
    const held = await night(connector);
    expect(held).toMatchObject({ exit_code: 0, safety: { verdict: 'go' }, held_back: { deactivate: 12 } });
    await connector.configure({});
    expect(await night(connector)).toMatchObject({ exit_code: 5 });
  });

  test('with updates off writes to no account that exists and links none', async ({ connect }) => {
    const connector = await connect({ config: rollout({ update: false }) });
    const person = plainPerson(connector.company);
    const { firstName, lastName, email } = person;
    connector.lms.add({ email: email ?? '', firstName, lastName }, 'confirmed');
    const first = await night(connector);
    expect(heldKinds(first)).toEqual([`adopt ${person.id} rollout.update is off`]);
    person.position = 'Head of Paper';
    const other = plainPerson(connector.company, 1);
    other.position = 'Head of Ink';
    connector.takeRequests();
    expect(heldKinds(await night(connector)).toSorted()).toEqual(
      [`adopt ${person.id} rollout.update is off`, `update ${other.id} rollout.update is off`].toSorted(),
    );
    expect(connector.takeWrites()).toEqual([]);
  });

  test('gives nobody the address of an account whose update it holds back', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const moved = plainPerson(connector.company);
    const address = moved.email;
    moved.email = 'moved@acme.example';
    const newcomer = hire(connector, 'Nora', day(0));
    newcomer.email = address;
    await connector.configure(rollout({ update: false }));
    const document = await night(connector);
    expect(document.exit_code).toBe(0);
    expect(heldKinds(document).toSorted()).toEqual(
      [
        `create ${newcomer.id} rollout.update is off, so #${moved.id} keeps the address`,
        `update ${moved.id} rollout.update is off`,
      ].toSorted(),
    );
  });

  test('with invitations off mails nobody, and mails once they are on', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const newcomer = hire(connector, 'Nora', day(0));
    const mailed = connector.mailed.length;
    await connector.configure(rollout({ invite: false }));
    expect(heldKinds(await night(connector))).toEqual([`create ${newcomer.id} rollout.invite is off`]);
    expect(connector.mailed).toHaveLength(mailed);
    await connector.configure({});
    expect(await night(connector)).toMatchObject({ exit_code: 0, summary: { create: 1, invite: 1 } });
    expect(connector.mailed.at(-1)).toBe('nora@acme.example');
  });

  test('lets one person be invited by hand all the same', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    hire(connector, 'Nora', day(5));
    await connector.configure(rollout({ create: false, invite: false }));
    const { code } = await connector.run(['invite', 'send', 'nora@acme.example']);
    expect(code).toBe(0);
    expect(connector.mailed.at(-1)).toBe('nora@acme.example');
  });

  test('makes a plan stale that was saved before', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    leave(connector, plainPerson(connector.company));
    await connector.run(['plan', '--out', 'plan.json']);
    await connector.configure(rollout({ deactivate: false }));
    const { code, stderr } = await connector.run(['apply', join(connector.folder, 'plan.json')]);
    expect(code).toBe(9);
    expect(stderr).toContain('rollout has changed');
  });

  test('is told by plans, explain and the config', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const leaver = plainPerson(connector.company);
    leave(connector, leaver);
    await connector.configure(rollout({ deactivate: false }));
    const { stdout, stderr } = await connector.run(['import-all', '--dry-run']);
    expect(stdout).toMatch(/Held back by rollout\n {2}Deactivate 1\n/);
    expect(stdout).toContain(`#${leaver.id}`);
    expect(stderr).toContain('rollout.deactivate is off: accounts of leavers stay open');
    const explained = await connector.run(['explain', String(leaver.id), '--fresh']);
    expect(explained.stdout).toContain('rollout.deactivate is off, or the next import would do it');
    const { code } = await connector.run(['import-all', '--dry-run', '--detailed-exitcode']);
    expect(code).toBe(0);
    expect(runDocument((await connector.run(['sync', '--json'])).stdout)).toMatchObject({ exit_code: 0 });
  });
});
