import { resolve } from 'node:path';
import { UsageError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import { type Sandbox, startSandbox } from '../../sandbox/index.js';
import { writeNewFile } from '../new-file.js';
import type { CommandBody } from '../process.js';
import { type SANDBOX_SOURCES, type SANDBOX_TARGETS, sandboxConfig } from '../sandbox-config.js';
import { untilInterrupted } from '../session.js';

interface SandboxFlags {
  readonly people: number;
  readonly seed: number;
  readonly port?: number | undefined;
  readonly source: (typeof SANDBOX_SOURCES)[number];
  readonly target: (typeof SANDBOX_TARGETS)[number];
  readonly writeConfig?: string | undefined;
}

/** Runs the stand-ins until a signal ends them. */
export function sandbox(flags: SandboxFlags): CommandBody {
  return async (world) => {
    const running = await start(flags);
    try {
      const config = flags.writeConfig === undefined ? null : resolve(world.host.cwd(), flags.writeConfig);
      if (config !== null) await writeNewFile(config, sandboxConfig(running, flags.source, flags.target));
      const { company, personio, kombo, learnamp, '360learning': learning360, learnupon, control } = running;
      const json = {
        format: 1,
        people: company.people.length,
        personio: { url: personio.url, client_id: personio.clientId, client_secret: personio.clientSecret },
        kombo: { url: kombo.url, api_key: kombo.apiKey, integration_id: kombo.integrationId },
        learnamp: { url: learnamp.url, client_id: learnamp.clientId, client_secret: learnamp.clientSecret },
        '360learning': {
          url: learning360.url,
          client_id: learning360.clientId,
          client_secret: learning360.clientSecret,
        },
        learnupon: { url: learnupon.url, username: learnupon.username, password: learnupon.password },
        control: { url: control.url },
        config,
      };
      world.print({ text: text(running, config), json });
      await untilInterrupted(world.signal);
      return EXIT.done;
    } finally {
      await running.stop();
    }
  };
}

async function start({ people, seed, port }: SandboxFlags): Promise<Sandbox> {
  try {
    return await startSandbox({
      company: { size: people, seed },
      ...(port !== undefined && {
        ports: {
          personio: port,
          learnamp: port + 1,
          control: port + 2,
          kombo: port + 3,
          '360learning': port + 4,
          learnupon: port + 5,
        },
      }),
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new UsageError(`port ${port ?? ''} or one of the five after it is in use: choose another with --port`, {
        cause: error,
      });
    }
    throw error;
  }
}

function text(
  { company, personio, kombo, learnamp, '360learning': learning360, learnupon, control }: Sandbox,
  config: string | null,
): string {
  return `A made-up company of ${company.people.length} people, on this machine only

  Personio    ${personio.url}   client_id ${personio.clientId}, client_secret ${personio.clientSecret}
  Kombo       ${kombo.url}   api_key ${kombo.apiKey}, integration_id ${kombo.integrationId}
  Learn Amp   ${learnamp.url}   client_id ${learnamp.clientId}, client_secret ${learnamp.clientSecret}
  360Learning ${learning360.url}   client_id ${learning360.clientId}, client_secret ${learning360.clientSecret}
  LearnUpon   ${learnupon.url}   username ${learnupon.username}, password ${learnupon.password}
  Control     ${control.url}   look inside, let things happen, order faults

${config === null ? 'Add --write-config FILE for a config to go with it.' : `Now, in another terminal:  hrsync import-all --dry-run --config ${config}`}
Ctrl-C ends it; nothing is kept.
`;
}
