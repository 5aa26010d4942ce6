import { describe, expect } from 'vitest';
import { addAccount } from '../support/accounts.js';
import { type Connector, test } from '../support/connector.js';
import { runDocument } from '../support/document.js';
import { connectPair, members, SOURCES, TARGETS, type Target } from '../support/pairs.js';

/** An account and what it may do, as the platform has them. */
function heldBy({ sandbox, lms }: Connector, target: Target, id: string): unknown {
  const { platform } = sandbox['360learning'];
  if (target === 'learnamp') return lms.find(Number(id));
  if (target === 'scim') return sandbox.scim.directory.users.get(id);
  if (target === 'learnupon') return sandbox.portal.users.get(Number(id));
  if (target === 'moodle') {
    const { site } = sandbox.moodle;
    return { user: site.users.get(Number(id)), role: site.admins.has(Number(id)) ? 'administrator' : 'none' };
  }
  return { user: platform.users.get(id), roles: platform.rolesOf(id) };
}

describe('the command sandbox', () => {
  test('runs a company to rehearse with, until a signal ends it', async ({ connect }) => {
    const connector = await connect({ people: 15 });
    const running = connector.start(['sandbox', '--people', '25', '--write-config', 'rehearsal.yaml']);
    const first = await new Promise((resolve) => running.child.stdout?.once('data', resolve));
    expect(String(first)).toContain('A made-up company of 25 people');
    const rehearsal = ['--config', 'rehearsal.yaml', '--json'];
    const { summary, exit_code } = runDocument((await connector.run(['import-all', ...rehearsal])).stdout);
    expect(exit_code).toBe(0);
    expect(summary.create).toBeGreaterThan(15);
    expect(runDocument((await connector.run(['import-all', ...rehearsal])).stdout).changes).toEqual([]);
    running.child.kill('SIGINT');
    expect((await running.ended).code).toBe(0);
    expect(connector.takeRequests()).toEqual([]);
  });

  test('imitates the learning platform that is asked for', async ({ connect }) => {
    const connector = await connect({ people: 15 });
    const flags = ['--people', '5', '--target', '360learning', '--write-config', 'rehearsal.yaml'];
    const running = connector.start(['sandbox', ...flags]);
    const first = await new Promise((resolve) => running.child.stdout?.once('data', resolve));
    expect(String(first)).toMatch(/target: \{ type: 360learning, base_url: http/);
    const dry = await connector.run(['import-all', '--dry-run', '--config', 'rehearsal.yaml', '--json']);
    const { changes } = runDocument(dry.stdout);
    expect(changes.length).toBeGreaterThan(2);
    for (const { fields } of changes) expect(fields['group']?.after).toMatch(/^[0-9a-f]{24}$/);
    running.child.kill('SIGINT');
    await running.ended;
    const { code, stderr } = await connector.run(['sandbox', '--target', 'elsewhere']);
    expect(code).toBe(2);
    expect(stderr).toContain('360learning');
  });

  for (const target of TARGETS) {
    test(`an account with rights in ${target} that nobody in HR has stays as it is`, async ({ connect }) => {
      const connector = await connectPair(connect, SOURCES[0], target, { company: { size: 5 } });
      const role = {
        ...{ learnamp: 'admin', '360learning': 'admin', learnupon: 'manager' },
        ...{ scim: 'Administrator', moodle: 'administrator' },
      }[target];
      const id = addAccount(connector, target, { email: 'boss@acme.example', role });
      const held = () => JSON.stringify(heldBy(connector, target, id));
      const before = held();
      expect(before).toContain(role);
      await connector.run(['import-all']);
      expect(members(connector, target).length).toBeGreaterThan(3);
      expect(held()).toBe(before);
    });
  }

  test('a config that is there already is not written over', async ({ connect }) => {
    const connector = await connect({ people: 15 });
    const { code, stderr } = await connector.run(['sandbox', '--people', '25', '--write-config', 'hrsync.yaml']);
    expect(code).toBe(2);
    expect(stderr).toContain('exists already');
    await connector.imported();
  });
});
