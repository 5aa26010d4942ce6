import { existsSync } from 'node:fs';
import { copyFile, readFile, rm } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { type Connector, test } from '../support/connector.js';

/** A state of last week, put in the place of one whose run was killed: the log of that run still lies beside it. */
async function restoreBesideLog(connector: Connector): Promise<void> {
  const { stateFile, company, hr } = connector;
  await connector.imported();
  const backup = `${connector.folder}/backup.db`;
  await copyFile(stateFile, backup);
  for (const title of ['Lead', 'Chief']) {
    for (const { id } of company.people) hr.apply({ kind: 'promote', person: id, to: title });
    await connector.imported();
  }
  for (const { id } of company.people) hr.apply({ kind: 'promote', person: id, to: 'Killed' });
  const writes = () => connector.sandbox.learnamp.requests.writes().length;
  const before = writes();
  const running = connector.start(['import-all']);
  while (writes() < before + 20) await new Promise((resolve) => setTimeout(resolve, 1));
  running.child.kill('SIGKILL');
  await running.ended;
  expect(existsSync(`${stateFile}-wal`)).toBe(true);
  await copyFile(backup, stateFile);
  connector.takeRequests();
}

describe('a backup that was put beside the log of the former state', () => {
  test('is refused by runs and by commands that only read, which name the two files to remove', async ({ connect }) => {
    const connector = await connect({ people: 80 });
    const { stateFile } = connector;
    await restoreBesideLog(connector);
    for (const command of [['status'], ['runs'], ['import-all', '--dry-run'], ['import-all'], ['invite', 'list']]) {
      const { code, stderr } = await connector.run(command);
      expect({ command, code, stderr }).toEqual({
        command,
        code: 1,
        stderr: expect.stringContaining(`remove ${stateFile}-wal and ${stateFile}-shm`),
      });
    }
    expect(connector.takeWrites()).toEqual([]);
    // Whoever looked at them has left both as they were.
    expect((await readFile(stateFile)).equals(await readFile(`${connector.folder}/backup.db`))).toBe(true);
    for (const ending of ['-wal', '-shm']) await rm(`${stateFile}${ending}`);
    expect((await connector.run(['status'])).code).toBe(0);
  });
});
