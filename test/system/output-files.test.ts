import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { BIN } from '../support/built.js';
import { SECRETS } from '../support/config.js';
import { test } from '../support/connector.js';

describe('a file that a run writes', () => {
  test('takes the place of nothing that the run works with', async ({ connect }) => {
    const connector = await connect({ people: 12 });
    await connector.imported();
    const { stateFile, configFile, folder } = connector;
    await symlink(stateFile, join(folder, 'link.db'));
    expect((await connector.run(['plan', '--out', 'plan.json'])).code).toBe(0);
    const kept = async () => [await readFile(configFile, 'utf8'), await readFile(join(folder, 'plan.json'), 'utf8')];
    const before = await kept();
    for (const args of [
      ['plan', '--out', stateFile],
      ['plan', '--out', `${stateFile}-wal`],
      ['plan', '--out', configFile],
      ['plan', '--html', 'link.db'],
      ['plan', '--html', 'same', '--csv', './same'],
      ['import-all', '--metrics', stateFile],
      ['revert', '1', '--out', 'hrsync.yaml'],
      ['apply', 'plan.json', '--html', 'plan.json'],
    ]) {
      const { code, stderr } = await connector.run(args);
      expect([args, code, stderr]).toEqual([args, 2, expect.stringContaining('name another file')]);
    }
    expect(await kept()).toEqual(before);
    expect((await connector.imported()).run).toBe(2);
  });

  test('and what is printed count: a full disk is no success', async ({ connect }) => {
    const connector = await connect({ people: 12 });
    const full = await open('/dev/full', 'w');
    const child = spawn(process.execPath, [BIN, 'import-all', '--json'], {
      cwd: connector.folder,
      env: { PATH: process.env['PATH'], ...SECRETS },
      stdio: ['ignore', full.fd, 'pipe'],
    });
    let stderr = '';
    child.stderr?.on('data', (text) => {
      stderr += text;
    });
    const [code] = await once(child, 'close');
    await full.close();
    expect([code, stderr]).toEqual([1, expect.stringMatching(/could not be written: .*ENOSPC/)]);
    // The run itself came to its end.
    expect((await connector.imported()).changes).toEqual([]);
  });
});
