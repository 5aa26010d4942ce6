import { mkdirSync } from 'node:fs';
import { readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect } from 'vitest';
import { type Connector, test } from '../support/connector.js';
import { rowsOfPart } from '../support/part.js';

/** Plants a link to a file of somebody else, and tells what that file holds afterwards. */
async function plant({ folder }: Connector, path: string): Promise<() => Promise<string>> {
  const victim = join(folder, 'victim.txt');
  await writeFile(victim, 'precious');
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  await symlink(victim, join(folder, path));
  return () => readFile(victim, 'utf8');
}

describe('a link that somebody planted', () => {
  test.for(rowsOfPart(['', '-wal', '-shm', '-journal', '.lock', '.lock-holder']))(
    'as the state%s is refused by a run, and nothing is written through it',
    async (ending, { connect }) => {
      const connector = await connect({ people: 12 });
      const victim = await plant(connector, `state/acme.db${ending}`);
      const { code, stderr } = await connector.run(['import-all']);
      expect(code).toBe(1);
      expect(stderr).toMatch(/acme\.db[.a-z-]* is a symbolic link/);
      expect(stderr).toContain('write the path that it stands for under "state"');
      expect(await victim()).toBe('precious');
      expect(connector.takeRequests()).toEqual([]);
    },
  );

  test('as the state is refused by commands that only read', async ({ connect }) => {
    const connector = await connect({ people: 12 });
    await plant(connector, 'state/acme.db-wal');
    await writeFile(connector.stateFile, 'x');
    for (const command of [['status'], ['runs'], ['import-all', '--dry-run'], ['invite', 'list']]) {
      const { code, stderr } = await connector.run(command);
      expect({ command, code, stderr }).toEqual({ command, code: 1, stderr: expect.stringContaining('symbolic link') });
    }
  });

  test.for([
    ['import-all', '--metrics'],
    ['import-all', '--html'],
    ['import-all', '--csv'],
    ['plan', '--out'],
  ] as const)('where %s %s writes is refused before the run', async ([command, flag], { connect }) => {
    const connector = await connect({ people: 12 });
    const victim = await plant(connector, 'out');
    const { code, stderr } = await connector.run([command, flag, 'out']);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('out is a symbolic link') });
    expect(await victim()).toBe('precious');
    expect(connector.takeRequests()).toEqual([]);
  });

  test('where init writes a config is refused', async ({ connect }) => {
    const connector = await connect({ people: 12 });
    const victim = await plant(connector, 'out');
    const ends = ['--source', 'personio', '--target', 'learnamp', '--name', 'acme', '--timezone', 'UTC'];
    const { code, stderr } = await connector.run(['init', ...ends, '--out', 'out']);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('out exists already') });
    expect(await victim()).toBe('precious');
  });
});

test('a file that a run writes is for its owner alone whatever the umask, metrics aside', async ({ connect }) => {
  const connector = await connect({ people: 12 });
  const { folder } = connector;
  const files = ['--html', 'a.html', '--csv', 'a.csv', '--metrics', 'a.prom'];
  const before = process.umask(0);
  try {
    const { child, ended } = connector.start(['import-all', ...files]);
    expect(child.pid).toBeGreaterThan(0);
    expect((await ended).code).toBe(0);
  } finally {
    process.umask(before);
  }
  const modes = async (at: string) =>
    Promise.all(
      (await readdir(join(folder, at))).map(async (name) => {
        const { mode } = await stat(join(folder, at, name));
        return [name, (mode & 0o777).toString(8)] as const;
      }),
    );
  const inState = await modes('state');
  expect(inState.filter(([, mode]) => mode !== '600')).toEqual([]);
  expect(Object.fromEntries(await modes('.'))).toMatchObject({
    'a.html': '600',
    'a.csv': '600',
    'a.prom': '644',
    state: '700',
  });
});
