import { describe, expect } from 'vitest';
import { day, test } from '../support/connector.js';
import { errorDocument } from '../support/document.js';
import { hire, plainPerson } from '../support/people.js';

describe('runs', () => {
  test('lists the latest runs, and shows one with who was changed, how, why, and with what outcome', async ({
    connect,
  }) => {
    const connector = await connect({ people: 30 });
    expect((await connector.run(['runs'])).stdout).toBe('There was no run yet.\n');
    const { summary } = await connector.imported();
    await connector.imported();
    const [promoted, failing] = [plainPerson(connector.company), plainPerson(connector.company, 1)];
    const { position } = promoted;
    connector.lms.add({ email: 'taken@acme.example', firstName: 'Out', lastName: 'Sider' }, 'confirmed');
    connector.hr.apply({ kind: 'change_email', person: failing.id, to: 'taken@acme.example' });
    connector.hr.apply({ kind: 'promote', person: promoted.id, to: 'Lead' });
    const ada = hire(connector, 'Ada', day(0));
    await connector.run(['import-all']);
    connector.takeRequests();

    const list = (await connector.run(['runs'])).stdout.split('\n');
    expect(list[1]).toMatch(/^ +3 .* import-all .* 4 +\d+ +1 create, 2 update, 1 invitation, 1 failed$/);
    expect(list[2]).toMatch(/^ +2 .* 0 +\d+ +nothing to do$/);
    expect(list[3]).toMatch(new RegExp(`^ +1 .* ${summary.create} create`));

    const { stdout } = await connector.run(['runs', '3']);
    expect(stdout).toMatch(new RegExp(`#${ada.id}   new; .*is mailed an invitation`));
    expect(stdout).toMatch(new RegExp(`#${promoted.id}\n +job_title +.* → Lead\n`));
    expect(stdout).toMatch(new RegExp(`#${failing.id}\n +email +.* → taken@acme.example\n +failed: `));
    expect(stdout).toMatch(/\n3 changes\n$/);
    const document: unknown = JSON.parse((await connector.run(['runs', '3', '--json'])).stdout);
    expect(document).toMatchObject({ format: 1, run: { number: 3, exitCode: 4 } });
    expect(document).toHaveProperty('changes.length', 3);
    expect(document).toHaveProperty(
      'changes',
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'update',
          employee: expect.objectContaining({ id: String(promoted.id) }),
          fields: { job_title: { before: position, after: 'Lead' } },
          outcome: 'done',
          because: 'job_title changed',
        }),
      ]),
    );
    expect((await connector.run(['runs', '2'])).stdout).toMatch(/Nothing was sent\.\n$/);
    const unknown = await connector.run(['runs', '9', '--json']);
    expect(unknown.code).toBe(2);
    expect(errorDocument(unknown.stdout).error.what).toContain('the latest is 3');
    expect((await connector.run(['runs', 'x'])).code).toBe(2);
    expect(connector.takeRequests()).toEqual([]);
  });

  test('says why safety refused a run: figures, people, and the flag that allows it', async ({ connect }) => {
    const connector = await connect({ people: 20, config: { safety: { max_creates: 3 } } });
    expect((await connector.run(['import-all'])).code).toBe(5);
    const { stdout } = await connector.run(['runs', '1']);
    const [, planned] = /REFUSED: (\d+) accounts would be created; at most 3 are allowed/.exec(stdout) ?? [];
    expect(stdout).toMatch(new RegExp(`First: .*#\\d+\\n(.*\\n)*.*\\n +--allow create=${planned}\\n`));
    expect(stdout).toMatch(/Nothing was sent\.\n$/);
    const { run } = JSON.parse((await connector.run(['runs', '1', '--json'])).stdout) as { run: unknown };
    expect(run).toMatchObject({
      exitCode: 5,
      refusal: [{ kind: 'create', planned: Number(planned), allowed: 3, allow: `--allow create=${planned}` }],
    });
    expect(run).toHaveProperty('refusal.0.people.length', 5);
  });
});
