import { readFileSync } from 'node:fs';
import type { HostProcess } from '../../src/cli/process.js';
import { runSession } from '../../src/cli/session.js';
import { loadConfig } from '../../src/config/load.js';
import { HrsyncError } from '../../src/errors.js';
import { createReporter } from '../../src/report/create-reporter.js';
import { importOf } from '../../src/sync/run-kind.js';
import { SECRETS } from './config.js';
import type { Connector } from './connector.js';
import { type RunDocument, runDocument } from './document.js';

/** Runs `import-all` by a clock of one's own, and gives its document. */
export async function importAt(
  connector: Connector,
  now: () => Date,
  /** Whether the sandbox goes by the same clock, or keeps the right time. */
  { sandbox = 'same' }: { readonly sandbox?: 'same' | 'right' } = {},
): Promise<RunDocument> {
  const { configFile, folder } = connector;
  const begun = now();
  if (sandbox === 'same') connector.clock = () => begun;
  const written = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof written) => ({
    write(text: string) {
      written[name] += text;
      return true;
    },
  });
  const host: HostProcess = {
    argv: [],
    env: SECRETS,
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    cwd: () => folder,
    on: () => undefined,
    off: () => undefined,
  };
  const { stdout, stderr } = host;
  const reporter = createReporter({
    ...{ stdout, stderr, mode: 'json', colour: false, width: 80, verbose: false, quiet: false },
    ...{ now, secrets: Object.values(SECRETS) },
  });
  const signal = new AbortController().signal;
  const config = () => loadConfig({ path: configFile, environment: SECRETS, workingDirectory: folder });
  await runSession(
    {
      ...{ host, flags: { color: false }, reporter, signal, width: 80, colour: false, now },
      redact: (text) => text,
      newReporter: () => reporter,
      loadConfig: config,
      loadConfigAt: config,
      loadFleet: () => Promise.reject(new Error('there is no fleet here')),
      lookAtConfig: async () => ({ config: await config(), commands: [] }),
      print: () => undefined,
      stream: async () => undefined,
    },
    {
      ...{ command: 'import-all', dryRun: false, kind: importOf([]), allow: {} },
      detailedExitCode: false,
    },
  )
    .catch((error: unknown) => {
      if (!(error instanceof HrsyncError)) throw error;
      throw new Error(`${error.message}\n${written.stderr}\n${readFileSync(configFile, 'utf8')}`);
    })
    .finally(() => {
      connector.clock = () => new Date();
    });
  return runDocument(written.stdout);
}
