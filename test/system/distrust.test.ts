import { existsSync } from 'node:fs';
import { chmod, chown, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { configText, SECRETS } from '../support/config.js';
import { type Connector, test } from '../support/connector.js';

/** The usual config with a command that leaves a mark and prints the secret. */
function withCommand({ sandbox }: Connector): string {
  const command = `$\{cmd:touch ran; echo ${SECRETS.LMS_SECRET}}`.replace('\\', '');
  return configText(sandbox).replace(/\$\{LMS_SECRET\}/, JSON.stringify(command).slice(1, -1));
}

const hasRun = ({ folder }: Connector) => existsSync(join(folder, 'ran'));

describe('a config with a command', () => {
  test('runs it where nobody else may write the file', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    await connector.configure(withCommand(connector));
    expect((await connector.run(['check'])).code).toBe(0);
    expect(hasRun(connector)).toBe(true);
  });

  test('that others may write is refused before the command runs, by every command', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    await connector.configure(withCommand(connector));
    await chmod(connector.configFile, 0o666);
    for (const command of [['import-all'], ['status'], ['check'], ['explain', '1']]) {
      const { code, stderr } = await connector.run(command);
      expect({ command, code }).toEqual({ command, code: 2 });
      expect(stderr).toMatch(
        /hrsync\.yaml:\d+:\d+ +target\.client_secret.*names a command, which is not run: every user/s,
      );
      expect(stderr).toContain('chmod go-w');
    }
    expect(hasRun(connector)).toBe(false);
  });

  test('that is no valid config is refused before the command runs', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    await connector.configure(`${withCommand(connector)}\nnmae: x\n`);
    expect((await connector.run(['import-all'])).code).toBe(2);
    expect(hasRun(connector)).toBe(false);
  });

  test.runIf(process.geteuid?.() === 0)(
    'of another user runs nothing as you, and HRSYNC_CONFIG goes before it',
    async ({ connect }) => {
      const connector = await connect({ people: 20 });
      const own = join(connector.folder, 'own.yaml');
      await rename(connector.configFile, own);
      await connector.configure(withCommand(connector));
      await chown(connector.configFile, 12_345, 12_345);
      const { code, stderr } = await connector.run(['import-all', '--dry-run']);
      expect(code).toBe(2);
      expect(stderr).toContain('belongs to another user');
      expect((await connector.run(['import-all', '--dry-run'], { HRSYNC_CONFIG: own })).code).toBe(0);
      expect(hasRun(connector)).toBe(false);
    },
  );
});
