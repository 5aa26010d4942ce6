import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { importAll } from '../../src/cli/commands/import-all.js';
import { serve } from '../../src/cli/commands/serve.js';
import { runCommand } from '../../src/cli/execute.js';
import { configTextOf } from '../../src/cli/init/config-text.js';
import type { CommandBody } from '../../src/cli/process.js';
import { adapterSettings } from '../../src/config/adapter-settings.js';
import { configJsonSchema } from '../../src/config/json-schema.js';
import type { Adapters } from '../../src/config/load.js';
import { sandboxConfig } from '../../src/sandbox/config.js';
import { startSystems } from '../../src/sandbox/index.js';
import type { SourceDefinition } from '../../src/sources/source.js';
import type { TargetDefinition } from '../../src/targets/target.js';
import { classroom } from '../support/made-up/classroom.js';
import { rollbook } from '../support/made-up/rollbook.js';
import { MADE_UP_SYSTEMS } from '../support/made-up/stand-ins.js';

const ADAPTERS: Adapters = {
  sources: { rollbook: async () => rollbook as SourceDefinition },
  targets: { classroom: async () => classroom as TargetDefinition },
};
const PASSWORD = 'a password of one line';
const EVERYTHING = importAll({ only: [], allow: {} });

/** A sandbox of the two made-up systems, and what runs a command on it. */
async function rehearsal(more = '') {
  const sandbox = await startSystems(MADE_UP_SYSTEMS, { company: { size: 30 } });
  const folder = await mkdtemp(join(tmpdir(), 'hrsync-new-'));
  onTestFinished(async () => {
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const file = join(folder, 'hrsync.yaml');
  await writeFile(file, `${sandboxConfig(sandbox, 'rollbook', 'classroom')}${more}`, { mode: 0o600 });
  const run = (body: CommandBody) => {
    const written = { stdout: '', stderr: '' };
    const interrupts: (() => void)[] = [];
    const stream = (name: keyof typeof written) => ({
      write(text: string) {
        written[name] += text;
      },
    });
    const host = {
      ...{ argv: [], env: {}, stdout: stream('stdout'), stderr: stream('stderr'), cwd: () => folder },
      on: (event: string, listener: (error: unknown) => void) => {
        if (event === 'SIGTERM') interrupts.push(() => listener(null));
      },
      off: () => undefined,
    };
    const code = runCommand(host, { color: false, config: file }, Promise.resolve(body), ADAPTERS);
    return { written, code, interrupt: () => interrupts.map((each) => each()) };
  };
  return { sandbox, run };
}

describe('an adapter that nobody has heard of', () => {
  it('runs its first import through the pipeline, between stand-ins that only its folder knows', async () => {
    const { sandbox, run } = await rehearsal();
    const first = run(EVERYTHING);
    expect(await first.code, first.written.stderr).toBe(0);
    const active = sandbox.company.people.filter(({ status, email }) => status === 'active' && email !== null);
    const wanted = active.filter(({ email }) => !email?.includes('-personio-login@'));
    const open = [...sandbox.classroom.pupils.values()].filter((pupil) => pupil.open);
    expect(open.map(({ external_id }) => Number(external_id)).toSorted()).toEqual(
      wanted.map(({ id }) => id).toSorted(),
    );
    sandbox.classroom.requests.clear();
    const second = run(EVERYTHING);
    expect(await second.code, second.written.stderr).toBe(0);
    expect(sandbox.classroom.requests.writes()).toEqual([]);
  });

  it('has its events received at /webhooks/TYPE, as its definition proves and reads them', async () => {
    const block = `\nserve:\n  port: 0\n  rollbook: { password: ${PASSWORD} }\nschedule: { import_all: never, sync: never }\n`;
    const { sandbox, run } = await rehearsal(block);
    const first = run(EVERYTHING);
    expect(await first.code, first.written.stderr).toBe(0);
    const server = run(serve());
    const said = async (pattern: RegExp): Promise<string> => {
      for (;;) {
        const found = pattern.exec(server.written.stderr)?.[1];
        if (found !== undefined) return found;
        await wait(20);
      }
    };
    const url = await said(/listening on (\S+) for Rollbook;/);
    const deliver = (body: string, password: string) =>
      fetch(`${url}/webhooks/rollbook`, { method: 'POST', body, headers: { 'X-Password': password } });
    const [pupil] = sandbox.classroom.pupils.values();
    const person = Number(pupil?.external_id);
    sandbox.hr.apply({ kind: 'change_name', person, lastName: 'Wedded' });
    expect((await deliver(JSON.stringify([String(person)]), 'another')).status).toBe(401);
    await said(/(its X-Password is not serve\.rollbook\.password)/);
    expect((await deliver('{}', PASSWORD)).status).toBe(400);
    expect((await deliver(JSON.stringify([String(person)]), PASSWORD)).status).toBe(204);
    while (pupil?.last_name !== 'Wedded') await wait(50);
    server.interrupt();
    expect(await server.code).toBe(0);
  });

  it('is in the control API, under its name, with what it adds', async () => {
    const { sandbox } = await rehearsal();
    const at = async (path: string) => (await fetch(`${sandbox.control.url}${path}`)).json();
    expect(await at('')).toMatchObject({
      classroom: { pupils: 0 },
      systems: [{ name: 'rollbook' }, { name: 'classroom' }],
    });
    expect(await at('/classroom/pupils')).toEqual({ pupils: [] });
    expect(await at('/rollbook/settings')).toEqual({ key: 'made-up-key' });
  });

  it('has its settings, events and fields in the schema of a config and in what init asks', async () => {
    const schema = JSON.stringify(await configJsonSchema(ADAPTERS.sources, ADAPTERS.targets));
    expect(schema).toContain('"const":"rollbook"');
    expect(schema).toContain('"password"');
    const settings = { source: adapterSettings(rollbook), target: adapterSettings(classroom) };
    const answers = { name: 'acme', timezone: 'Etc/UTC', source: 'rollbook', target: 'classroom' };
    const { filter = [] } = rollbook;
    const text = configTextOf({
      answers,
      set: {},
      proposed: { source: {}, target: {} },
      settings,
      filter,
      rules: [],
      further: [],
    });
    expect(text).toMatch(/ {2}type: classroom\n {2}base_url: \$\{CLASSROOM_BASE_URL\}\n {2}key: \$\{CLASSROOM_KEY\}\n/);
    expect(text).toContain('  filter:\n    - { field: work_email, not_matching: "nobody@" }\n');
  });
});
