import type { CommandWorld } from '../../src/cli/process.js';
import { runSession } from '../../src/cli/session.js';
import type { Config } from '../../src/config/config.js';
import { createReporter } from '../../src/report/create-reporter.js';
import type { Reporter } from '../../src/report/reporter.js';
import { importOf } from '../../src/sync/run-kind.js';

/** Runs `import-all` on a config and gives the exit code; `watch` hears of what it asks for instead of the reporter. */
export function importAll(
  config: Config,
  how: { readonly dryRun: boolean },
  watch: Partial<Reporter>,
): Promise<number> {
  return runSession(benchWorld(config, watch), {
    command: 'import-all',
    dryRun: how.dryRun,
    kind: importOf([]),
    allow: {},
    detailedExitCode: false,
  });
}

/** The world of a command that runs on such a config: real clock, reports as for cron, thrown away. */
export function benchWorld(config: Config, watch: Partial<Reporter> = {}): CommandWorld {
  const nowhere = { write: () => true };
  const now = () => new Date();
  const reporter = createReporter({
    ...{ stdout: nowhere, stderr: nowhere, mode: 'lines', colour: false, width: 80 },
    ...{ verbose: false, quiet: false, now, secrets: config.secrets },
  });
  return {
    host: {
      argv: [],
      env: {},
      stdout: nowhere,
      stderr: nowhere,
      cwd: () => '.',
      on: () => undefined,
      off: () => undefined,
    },
    flags: { color: false },
    reporter: { ...reporter, ...watch },
    newReporter: () => reporter,
    signal: new AbortController().signal,
    width: 80,
    colour: false,
    now,
    redact: (text) => text,
    loadFleet: () => Promise.reject(new Error('there is no fleet here')),
    loadConfig: async () => config,
    loadConfigAt: async () => config,
    lookAtConfig: async () => ({ config, commands: [] }),
    print: () => undefined,
    stream: async () => undefined,
  };
}
