import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { callCommand } from '../support/command.js';

const guide = (...args: readonly string[]) => callCommand(['guide', ...args], { folder: tmpdir(), env: {} });

describe('hrsync guide', () => {
  it('lists topics, sources and targets without a config', async () => {
    const { code, stdout, stderr } = await guide();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const topic of ['night', 'personio', '360learning']) expect(stdout).toMatch(new RegExp(`^${topic} {2}`, 'm'));
  });

  it('shows the guide of an adapter from the package, in any case, without escape codes where nobody watches', async () => {
    const { code, stdout } = await guide('Personio');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Personio\n=+\n/);
    expect(stdout).toContain('API credentials');
    expect(stdout).not.toContain(String.fromCharCode(27));
  });

  it('gives programs the Markdown', async () => {
    const { stdout } = await guide('night', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ format: 1, guide: { topic: 'night' } });
    expect(JSON.parse(stdout).guide.text).toMatch(/^# Every night\n/);
  });

  it('suggests the nearest name for one that is none, and follows no path', async () => {
    expect(await guide('recovry')).toMatchObject({ code: 2, stderr: expect.stringContaining('hrsync guide recovery') });
    expect(await guide('../../package')).toMatchObject({ code: 2, stdout: '' });
  });
});
