import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import * as z from 'zod';
import { byHand } from '../support/by-hand.js';
import { type Connect, type Connector, day, test } from '../support/connector.js';
import { errorDocument } from '../support/document.js';
import { expectedAccounts, heldAccounts } from '../support/expected.js';
import { hire, middleManager, plainPeople, plainPerson } from '../support/people.js';

const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]);
const count = z.int().nonnegative();
const driftSchema = z.strictObject({
  format: z.literal(1),
  connector: z.string(),
  started_at: z.iso.datetime(),
  finished_at: z.iso.datetime(),
  exit_code: count,
  target: z.strictObject({ type: z.string(), accounts: count, compared: count }),
  summary: z.strictObject({ in_step: count, gone: count, deactivated: count, active: count, changed: count }),
  drift: z.array(
    z.strictObject({
      kind: z.enum(['gone', 'deactivated', 'active', 'changed']),
      employee: z.strictObject({ id: z.string(), email: z.string().nullable(), name: z.string().nullable() }),
      account: z.string(),
      state: z.strictObject({ before: z.string(), now: z.string() }).nullable(),
      fields: z.record(z.string(), z.strictObject({ before: value, now: value })),
    }),
  ),
  notices: z.array(z.string()),
});

/** Runs `verify --json`, which must agree with the exit code, send nothing and leave the state as it is. */
async function verified(connector: Connector) {
  const state = await readFile(connector.stateFile);
  connector.takeRequests();
  const { code, stdout, stderr } = await connector.run(['verify', '--json']);
  const document = driftSchema.parse(JSON.parse(stdout), { error: () => `${stderr}${stdout}` });
  expect(document.exit_code).toBe(code);
  expect(document.drift).toHaveLength(document.target.compared - document.summary.in_step);
  expect(connector.takeWrites()).toEqual([]);
  expect((await readFile(connector.stateFile)).equals(state)).toBe(true);
  return document;
}

const inStep = (connector: Connector) => expectedAccounts(connector.company, day(0));

describe('verify', () => {
  test('finds every kind of drift and nothing that is not mapped, and --repair mends it', async ({ connect }) => {
    const connector = await connect({ config: { mapping: { department: null } } });
    const created = (await connector.imported()).summary.create;
    expect(await verified(connector)).toMatchObject({ exit_code: 0, drift: [], summary: { in_step: created } });
    const quiet = await connector.run(['verify']);
    expect(quiet).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^acme: no drift: \d+ accounts compared .*\n$/),
    });
    expect(quiet.stderr).toBe('');

    const [edited, moved, ended, deleted, renumbered, untouched] = plainPeople(connector.company);
    if (!edited || !moved || !ended || !deleted || !renumbered || !untouched) throw new Error('too few people');
    const ids = [edited, moved, ended, deleted, renumbered, untouched].map((person) => connector.account(person).id);
    const mails = connector.mailed.length;
    await byHand(connector, 'PATCH', `${ids[0]}`, { jobTitle: 'Made up', location: null, department: 'Not mapped' });
    await byHand(connector, 'PATCH', `${ids[1]}`, { email: 'moved@acme.example' });
    await byHand(connector, 'POST', `${ids[2]}/deactivate`);
    await byHand(connector, 'DELETE', `${ids[3]}`);
    await byHand(connector, 'PATCH', `${ids[4]}`, { integrationExternalId: 'X-1' });
    await byHand(connector, 'PATCH', `${ids[5]}`, { department: 'Not mapped either' });
    const stranger = { email: 'stranger@acme.example', firstName: 'A', lastName: 'Stranger' };
    connector.lms.add(stranger, 'confirmed');

    const found = await verified(connector);
    expect(found.exit_code).toBe(3);
    expect(found.summary).toEqual({ in_step: created - 5, changed: 3, deactivated: 1, gone: 1, active: 0 });
    const drift = Object.fromEntries(found.drift.map((one) => [one.employee.id, one]));
    expect(drift[edited.id]).toMatchObject({
      kind: 'changed',
      account: String(ids[0]),
      state: null,
      fields: { job_title: { before: edited.position, now: 'Made up' }, primary_location: { now: null } },
    });
    expect(Object.keys(drift[edited.id]?.fields ?? {})).toHaveLength(2);
    expect(drift[moved.id]?.fields).toEqual({ email: { before: moved.email, now: 'moved@acme.example' } });
    expect(drift[ended.id]).toMatchObject({ kind: 'deactivated', state: { before: 'active', now: 'deactivated' } });
    expect(drift[deleted.id]).toMatchObject({ kind: 'gone', state: { before: 'active', now: 'gone' } });
    expect(drift[renumbered.id]?.fields).toEqual({ external_id: { before: String(renumbered.id), now: 'X-1' } });

    const text = await connector.run(['verify']);
    expect(text.code).toBe(3);
    for (const word of ['Changed in the LMS 3', 'Gone from the LMS 1', 'Deactivated in the LMS 1', 'Made up']) {
      expect(text.stdout).toContain(word);
    }
    expect(Math.max(...text.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);

    const rehearsed = await connector.json(['verify', '--repair', '--dry-run']);
    expect(rehearsed).toMatchObject({ exit_code: 3, dry_run: true });
    expect(rehearsed.changes.map(({ employee }) => employee.id).toSorted()).toEqual(Object.keys(drift).toSorted());
    expect((await verified(connector)).drift).toHaveLength(5);

    const repaired = await connector.json(['verify', '--repair']);
    expect(repaired.exit_code).toBe(0);
    expect(repaired.changes.map(({ kind, outcome }) => `${kind} ${outcome}`).toSorted()).toEqual([
      'create done',
      'reactivate done',
      'update done',
      'update done',
      'update done',
    ]);
    expect(repaired.changes.find(({ employee }) => employee.id === String(edited.id))?.fields).toMatchObject({
      job_title: { before: 'Made up', after: edited.position },
    });
    expect(connector.mailed).toHaveLength(mails);
    expect(connector.lms.findByEmail(stranger.email)).toMatchObject(stranger);
    expect(connector.account(edited).department).toBe('Not mapped');
    expect(connector.account(untouched).department).toBe('Not mapped either');
    const held = Object.entries(heldAccounts(connector)).map(([id, account]) => [id, { ...account, department: null }]);
    const wanted = Object.entries(inStep(connector)).map(([id, account]) => [id, { ...account, department: null }]);
    expect(Object.fromEntries(held)).toEqual(Object.fromEntries(wanted));
    expect((await verified(connector)).exit_code).toBe(0);
    expect((await connector.imported()).changes).toEqual([]);
    const again = await connector.run(['verify', '--repair', '--json']);
    expect(driftSchema.parse(JSON.parse(again.stdout)).drift).toEqual([]);
  });

  test('a repair touches only those who drifted, and wants what HR says now', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const [drifted, other] = plainPeople(connector.company);
    if (!drifted || !other) throw new Error('too few people');
    for (const { id } of [drifted, other]) connector.hr.apply({ kind: 'promote', person: id, to: 'Lead' });
    await byHand(connector, 'PATCH', `${connector.account(drifted).id}`, { jobTitle: 'Lead', location: 'Elsewhere' });
    const { changes } = await connector.json(['verify', '--repair']);
    expect(changes).toMatchObject([{ kind: 'update', employee: { id: String(drifted.id) } }]);
    expect(Object.keys(changes[0]?.fields ?? {})).toEqual(['primary_location']);
    expect(connector.account(other).jobTitle).not.toBe('Lead');
    expect((await connector.imported()).changes).toMatchObject([{ employee: { id: String(other.id) } }]);
  });

  test('a leaver whom somebody let in again is drift, and ends again', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'set_status', person: person.id, status: 'inactive' });
    await connector.imported();
    const { id } = connector.account(person);
    await byHand(connector, 'POST', `${id}/reactivate`);
    const { drift } = await verified(connector);
    expect(drift).toMatchObject([{ kind: 'active', state: { before: 'deactivated', now: 'active' } }]);
    expect((await connector.json(['verify', '--repair'])).changes).toMatchObject([{ kind: 'deactivate' }]);
    expect(connector.account(person).status).toBe('deactivated');
    expect((await verified(connector)).exit_code).toBe(0);
  });

  test('a repair beyond the limits sends nothing and says what would allow it', async ({ connect }) => {
    const connector = await connect({ config: { safety: { max_updates: 2 } } });
    await connector.imported();
    const people = plainPeople(connector.company).slice(0, 3);
    for (const person of people) {
      await byHand(connector, 'PATCH', `${connector.account(person).id}`, { jobTitle: 'Made up' });
    }
    connector.takeRequests();
    const refused = await connector.run(['verify', '--repair']);
    expect(refused.code).toBe(5);
    expect(refused.stderr).toContain('--allow update=3');
    expect(connector.takeWrites()).toEqual([]);
    const { exit_code, changes } = await connector.json(['import-all', '--allow', 'update=3']);
    expect(exit_code).toBe(0);
    expect(changes).toHaveLength(3);
    expect((await verified(connector)).exit_code).toBe(0);
  });

  test('without a state there is nothing to compare with, and flags of --repair stand by it alone', async ({
    connect,
  }) => {
    const connector = await connect({ people: 20 });
    const { code, stdout } = await connector.run(['verify', '--json']);
    expect(code).toBe(1);
    expect(errorDocument(stdout).error).toMatchObject({ name: 'StateError', what: expect.stringContaining('acme.db') });
    expect((await connector.run(['verify', '--repair', '--dry-run'])).code).toBe(1);
    expect(connector.takeRequests()).toEqual([]);
    for (const flags of [['--dry-run'], ['--allow', 'update=3']]) {
      expect((await connector.run(['verify', ...flags])).code).toBe(2);
    }
  });

  test('an LMS that does not answer ends it with 4, one that refuses the credentials with 8', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    await connector.imported();
    const refused = await connector.run(['verify', '--json'], { LMS_SECRET: 'wrong-two-8Uj' });
    expect(refused.code).toBe(8);
    expect(errorDocument(refused.stdout).error.name).toBe('CredentialsError');
    connector.sandbox.learnamp.faults.add({ times: null, fault: { kind: 'html' } });
    expect((await connector.run(['verify'])).code).toBe(4);
  });
});

describe('a repair after a night that was refused', () => {
  /** A connector whose night refused to end some reports of a manager, and to make somebody. */
  async function refusedNight(connect: Connect, how: 'deactivate' | 'DELETE') {
    const connector = await connect({ people: 60 });
    await connector.imported();
    const manager = middleManager(connector.company);
    const reports = connector.company.people.filter(
      ({ supervisorId, status }) => supervisorId === manager.id && status === 'active',
    );
    const [leaver, promoted, moved] = reports;
    if (!leaver || !promoted || !moved) throw new Error('too few reports');
    connector.hr.apply({ kind: 'set_status', person: leaver.id, status: 'inactive' });
    connector.hr.apply({ kind: 'promote', person: promoted.id, to: 'Lead' });
    const other = connector.company.people.find(({ supervisorId }) => supervisorId === null);
    connector.hr.apply({ kind: 'change_manager', person: moved.id, to: other?.id ?? null });
    hire(connector, 'Newcomer', day(0));
    const elsewhere = plainPeople(connector.company).find(({ supervisorId }) => supervisorId !== manager.id);
    if (!elsewhere || !other) throw new Error('too few people');
    connector.hr.apply({ kind: 'set_status', person: elsewhere.id, status: 'inactive' });
    await connector.configure({ safety: { max_deactivations: 0 } });
    expect((await connector.run(['import-all'])).code).toBe(5);
    await connector.configure({});
    const { id } = connector.account(manager);
    if (how === 'DELETE') await byHand(connector, 'DELETE', `${id}`);
    else await byHand(connector, 'POST', `${id}/deactivate`);
    return { connector, manager, reports, leaver, promoted, moved, elsewhere, other };
  }

  test.for(['deactivate', 'DELETE'] as const)(
    'opens the account that was closed (%s), gives the reports their manager back, and leaves the rest to the night',
    async (how, { connect }) => {
      const { connector, manager, reports, leaver, promoted, moved, elsewhere, other } = await refusedNight(
        connect,
        how,
      );
      const before = new Map(reports.map((one) => [one.id, { ...connector.account(one) }]));
      const repaired = await connector.json(['verify', '--repair']);
      expect(repaired.exit_code).toBe(0);
      const [first, ...rest] = repaired.changes;
      expect(first).toMatchObject({
        kind: how === 'DELETE' ? 'create' : 'reactivate',
        employee: { id: String(manager.id) },
      });
      for (const { kind, fields } of rest) {
        expect(kind).toBe('update');
        expect(Object.keys(fields)).toEqual(['manager']);
      }
      expect(rest.map(({ employee }) => Number(employee.id)).toSorted()).toEqual(
        reports.map(({ id }) => id).toSorted(),
      );
      for (const report of reports) {
        const { jobTitle, status } = connector.account(report);
        expect({ jobTitle, status }).toEqual({
          jobTitle: before.get(report.id)?.jobTitle,
          status: before.get(report.id)?.status,
        });
        const boss = report === moved ? other : manager;
        expect(connector.account(report).managerId, `${report.id}`).toBe(connector.account(boss).id);
      }
      expect(connector.account(elsewhere).status).not.toBe('deactivated');
      expect(connector.lms.findByEmail('newcomer@acme.example')).toBeNull();
      expect((await verified(connector)).exit_code).toBe(0);
      await connector.imported();
      expect(connector.account(leaver).status).toBe('deactivated');
      expect(connector.account(promoted).jobTitle).toBe('Lead');
      expect((await connector.imported()).changes).toEqual([]);
    },
  );

  test('ends nobody whose values were edited by hand', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'set_status', person: person.id, status: 'inactive' });
    await byHand(connector, 'PATCH', `${connector.account(person).id}`, { jobTitle: 'Made up' });
    expect((await connector.json(['verify', '--repair'])).changes).toEqual([]);
    expect((await connector.imported()).changes).toMatchObject([{ kind: 'deactivate', outcome: 'done' }]);
  });
});

describe('an account that somebody deleted by hand', () => {
  test('of a manager is made anew, and their reports get them back', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    await byHand(connector, 'DELETE', `${connector.account(middleManager(connector.company)).id}`);
    expect((await verified(connector)).drift).toMatchObject([{ kind: 'gone' }]);
    await connector.json(['verify', '--repair']);
    expect(heldAccounts(connector)).toEqual(inStep(connector));
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('ends its person quietly, and an update says what mends it', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const [leaver, changed] = plainPeople(connector.company);
    if (!leaver || !changed) throw new Error('too few people');
    for (const person of [leaver, changed]) await byHand(connector, 'DELETE', `${connector.account(person).id}`);
    connector.hr.apply({ kind: 'set_status', person: leaver.id, status: 'inactive' });
    connector.hr.apply({ kind: 'promote', person: changed.id, to: 'Lead' });
    const { exit_code, changes } = await connector.json(['import-all']);
    expect(exit_code).toBe(4);
    expect(changes).toContainEqual(expect.objectContaining({ kind: 'deactivate', outcome: 'done' }));
    const failed = changes.find(({ kind }) => kind === 'update');
    expect(failed).toMatchObject({
      outcome: 'failed',
      error: expect.stringMatching(/no account \d+ .*verify --repair/),
    });
    // Although the person rests after the failure.
    const { changes: mended } = await connector.json(['verify', '--repair']);
    expect(mended).toMatchObject([{ kind: 'create', invites: false, outcome: 'done' }]);
    expect((await connector.imported()).changes).toEqual([]);
    expect((await verified(connector)).exit_code).toBe(0);
  });
});
