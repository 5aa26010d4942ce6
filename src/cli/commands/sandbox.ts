import { resolve } from 'node:path';
import { UsageError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import { type AnySandbox, type SandboxOptions, sandboxConfig, startSandbox } from '../../sandbox/index.js';
import { PORTS, portsFrom } from '../../sandbox/ports.js';
import { untilInterrupted } from '../interrupt.js';
import { writeNewFile } from '../new-file.js';
import { shellWord } from '../next-command.js';
import type { CommandBody } from '../process.js';
import { legend, takeKeys } from '../sandbox/keys.js';
import { announce } from '../sandbox/running.js';

interface SandboxFlags {
  readonly people: number;
  readonly seed: number;
  readonly port?: number | undefined;
  readonly source: string;
  readonly target: string;
  readonly writeConfig?: string | undefined;
}

/** Runs the stand-ins until a signal ends them, or a key at the terminal. */
export function sandbox(flags: SandboxFlags): CommandBody {
  return async (world) => {
    const running = await start(flags);
    const forget = await announce(world.host, running.control.url);
    try {
      const config = flags.writeConfig === undefined ? null : resolve(world.host.cwd(), flags.writeConfig);
      if (config !== null) await writeNewFile(config, sandboxConfig(running, flags.source, flags.target));
      world.print({ text: text(running, flags.writeConfig ?? null), json: json(running, config) });
      const keys = takeKeys(world, running);
      if (keys !== null) world.host.stderr.write(legend());
      await (keys ?? untilInterrupted(world.signal));
      return EXIT.done;
    } finally {
      await forget();
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
  const next =
    config === null
      ? 'A whole config:  hrsync sandbox config --source TYPE --target TYPE --out sandbox.yaml'
      : `In another terminal:  hrsync import-all --dry-run --config ${shellWord(config)}`;
  return `A made-up company of ${company.people.length} people, on this machine only

HR systems, as lines of a config
${sources.map((system) => line('source', system)).join('\n')}

Learning platforms
${targets.map((system) => line('target', system)).join('\n')}

Everything on a page:  ${control.url.replace(/_sandbox$/, '')}   (control API: ${control.url})
${next}
Let things happen:  hrsync sandbox event leave     Let things fail:  hrsync sandbox fault
Ctrl-C ends it; nothing is kept.
`;
}

function line(
  section: string,
  { title, name, url, access }: AnySandbox['sources'][number] | AnySandbox['targets'][number],
): string {
  const keys = Object.entries({ type: name, base_url: url, ...access }).map(([key, value]) => `${key}: ${value}`);
  return `  ${section}: { ${keys.join(', ')} }   # ${title}`;
}
