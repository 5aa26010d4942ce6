import { resolve } from 'node:path';
import { UsageError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import { type AnySandbox, type SandboxOptions, startSandbox } from '../../sandbox/index.js';
import { PORTS, portsFrom } from '../../sandbox/ports.js';
import { untilInterrupted } from '../interrupt.js';
import { writeNewFile } from '../new-file.js';
import type { CommandBody } from '../process.js';
import { sandboxConfig } from '../sandbox-config.js';

interface SandboxFlags {
  readonly people: number;
  readonly seed: number;
  readonly port?: number | undefined;
  readonly source: string;
  readonly target: string;
  readonly writeConfig?: string | undefined;
}

/** Runs the stand-ins until a signal ends them. */
export function sandbox(flags: SandboxFlags): CommandBody {
  return async (world) => {
    const running = await start(flags);
    try {
      const config = flags.writeConfig === undefined ? null : resolve(world.host.cwd(), flags.writeConfig);
      if (config !== null) await writeNewFile(config, sandboxConfig(running, flags.source, flags.target));
      world.print({ text: text(running, config), json: json(running, config) });
      await untilInterrupted(world.signal);
      return EXIT.done;
    } finally {
      await running.stop();
    }
  };
}

async function start({ people, seed, port }: SandboxFlags): Promise<AnySandbox> {
  const options: SandboxOptions = { company: { size: people, seed } };
  try {
    return await startSandbox(port === undefined ? options : { ...options, ports: portsFrom(port) });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      const reason = `port ${port ?? ''} or one of the ${PORTS - 1} after it is in use: choose another with --port`;
      throw new UsageError(reason, { cause: error });
    }
    throw error;
  }
}

function json({ company, sources, targets, control }: AnySandbox, config: string | null): object {
  const systems = [...sources, ...targets].map(({ name, url, access }) => [name, { url, ...access }]);
  return {
    ...{ format: 1, people: company.people.length },
    ...Object.fromEntries(systems),
    ...{ control: { url: control.url }, config },
  };
}

function text({ company, sources, targets, control }: AnySandbox, config: string | null): string {
  const systems = [...sources, ...targets];
  const width = Math.max(...systems.map(({ title }) => title.length));
  const lines = systems.map(({ title, url, access }) => {
    const keys = Object.entries(access).map(([key, value]) => `${key} ${value}`);
    return `  ${title.padEnd(width)} ${url}   ${keys.join(', ')}`;
  });
  return `A made-up company of ${company.people.length} people, on this machine only

${lines.join('\n')}
  ${'Control'.padEnd(width)} ${control.url}   look inside, let things happen, order faults

${config === null ? 'Add --write-config FILE for a config to go with it.' : `Now, in another terminal:  hrsync import-all --dry-run --config ${config}`}
Ctrl-C ends it; nothing is kept.
`;
}
