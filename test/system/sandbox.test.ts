import { describe, expect } from 'vitest';
import { test } from '../support/connector.js';
import { runDocument } from '../support/document.js';

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

  test('a config that is there already is not written over', async ({ connect }) => {
    const connector = await connect({ people: 15 });
    const { code, stderr } = await connector.run(['sandbox', '--people', '25', '--write-config', 'hrsync.yaml']);
    expect(code).toBe(2);
    expect(stderr).toContain('exists already');
    await connector.imported();
  });
});
