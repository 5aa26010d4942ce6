import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect } from 'vitest';
import * as z from 'zod';
import { type Connector, day, test } from '../support/connector.js';
import { hire, plainPerson } from '../support/people.js';

const employee = z.strictObject({ id: z.string(), email: z.string().nullable(), name: z.string().nullable() });
const run = z.looseObject({ number: z.int(), command: z.string(), exitCode: z.int().nullable() }).nullable();
const statusSchema = z.strictObject({
  format: z.literal(1),
  connector: z.string(),
  endings_overdue: z.array(
    z.strictObject({ employee, since: z.iso.date(), because: z.string(), why: z.string().nullable() }),
  ),
  last_run: run,
  last_complete_run: run,
  accounts: z.strictObject({ active: z.int(), pending: z.int(), deactivated: z.int(), deleted: z.int() }),
  uncertain: z.int(),
  unclear_invitations: z.array(z.looseObject({ employee, state: z.literal('uncertain') })),
  missing: z.array(z.strictObject({ employee, since: z.iso.date(), reads: z.int(), gone_on: z.iso.date().nullable() })),
  scheduled: z.array(z.strictObject({ kind: z.enum(['invite', 'deactivate']), employee, on: z.iso.date() })),
  failing: z.array(z.looseObject({ employee, kind: z.string(), attempts: z.int(), error: z.string() })),
  skipped: z.array(z.strictObject({ employee, reason: z.string(), message: z.string(), run: z.int() })),
  out_of_scope: z.int(),
  too_old: z.boolean(),
});

async function statusOf(connector: Connector) {
  return statusSchema.parse(JSON.parse((await connector.run(['status', '--json'])).stdout));
}

describe('status', () => {
  test('before the first run there is nothing to tell, and no file is made', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    const { code, stdout } = await connector.run(['status']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Last run +none yet/);
    expect(await statusOf(connector)).toMatchObject({ last_run: null, accounts: { active: 0 }, scheduled: [] });
    expect((await connector.run(['status', '--max-age', '26h'])).code).toBe(4);
    expect(existsSync(dirname(connector.stateFile))).toBe(false);
  });

  test('tells of runs, accounts, the calendar and failures, without asking either system', async ({ connect }) => {
    const connector = await connect({ people: 30 });
    const { summary } = await connector.imported();
    const ada = hire(connector, 'Ada', day(5));
    const failing = plainPerson(connector.company);
    connector.lms.add({ email: 'taken@acme.example', firstName: 'Out', lastName: 'Sider' }, 'confirmed');
    connector.hr.apply({ kind: 'change_email', person: failing.id, to: 'taken@acme.example' });
    expect((await connector.run(['import-all'])).code).toBe(4);
    connector.takeRequests();
    connector.sandbox.personio.requests.clear();
    const status = await statusOf(connector);
    expect(status).toMatchObject({
      connector: 'acme',
      last_run: { number: 2, command: 'import-all', exitCode: 4 },
      accounts: { active: summary.create, deactivated: 0 },
      uncertain: 0,
      failing: [{ employee: { id: String(failing.id) }, kind: 'update', attempts: 1 }],
      too_old: false,
    });
    expect(status.scheduled).toContainEqual({
      kind: 'invite',
      employee: { id: String(ada.id), email: 'ada@acme.example', name: 'Ada Newcomer' },
      on: day(5),
    });
    const { stdout } = await connector.run(['status']);
    expect(stdout).toMatch(new RegExp(`Accounts +${summary.create} active, 0 deactivated`));
    expect(stdout).toMatch(new RegExp(`${day(5)} +invite +#${ada.id} +Ada Newcomer +ada@acme.example`));
    expect(stdout).toMatch(new RegExp(`#${failing.id} .*update +1 `));
    expect(connector.takeRequests()).toEqual([]);
    expect(connector.sandbox.personio.requests.list()).toEqual([]);
  });

  test('--max-age tells monitoring by exit code 4 that the last complete run is too old', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    await connector.imported();
    expect((await connector.run(['status', '--max-age', '26h'])).code).toBe(0);
    const { code, stdout } = await connector.run(['status', '--max-age', '0m']);
    expect(code).toBe(4);
    expect(stdout).toContain('too old');
  });

  test('a run that was killed is shown as one that did not finish', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    const { faults } = connector.sandbox.learnamp;
    faults.add({ match: { route: 'users.create' }, from: 3, times: null, fault: { kind: 'timeout_after_commit' } });
    const running = connector.start(['import-all']);
    await expect.poll(() => faults.list()[0]?.struck ?? 0, { timeout: 20_000 }).toBeGreaterThan(0);
    running.child.kill('SIGKILL');
    await running.ended;
    const { stdout } = await connector.run(['status']);
    expect(stdout).toMatch(/Last run +run 1 .*did not finish/);
    expect(stdout).toMatch(/Uncertain +\d+ changes/);
  });
});
