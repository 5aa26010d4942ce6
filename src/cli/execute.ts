import type { Config } from '../config/config.js';
import { type Adapters, type LoadOptions, loadConfig, lookAtConfig } from '../config/load.js';
import { HrsyncError } from '../errors.js';
import { EXIT } from '../exit.js';
import { createReporter } from '../report/create-reporter.js';
import { jsonText } from '../report/json-text.js';
import type { ReporterOptions } from '../report/options.js';
import { Output, redactor } from '../report/output.js';
import { onInterrupt } from './interrupt.js';
import { nameOurFiles } from './our-files.js';
import type { CommandBody, CommandWorld, GlobalFlags, HostProcess } from './process.js';

const PIPE_WIDTH = 200;

/**
 * Runs a command: reporter, signals, and the one catch-all that turns every error into words and an exit code. A config may
 * name the adapters of this product, unless others are handed in.
 */
export async function runCommand(
  host: HostProcess,
  flags: GlobalFlags,
  body: Promise<CommandBody>,
  adapters?: Adapters,
): Promise<number> {
  const secrets: string[] = [];
  const options = reporterOptions(host, flags, secrets);
  const reporter = createReporter(options);
  const redact = redactor(secrets);
  const stop = new AbortController();
  const unlisten = onInterrupt(host, () => {
    reporter.note('stopping after what is under way; once more to stop at once');
    stop.abort();
  });
  const place: LoadOptions = { path: flags.config, environment: host.env, workingDirectory: host.cwd(), adapters };
  const accept = (config: Config): Config => {
    secrets.push(...config.secrets);
    for (const warning of config.warnings) reporter.note(warning);
    return config;
  };
  const world: CommandWorld = {
    host,
    flags,
    reporter,
    newReporter: () => createReporter(options),
    signal: stop.signal,
    // Where nobody watches, a table is not cut to a screen: what is searched for in it must be there.
    width: host.stdout.columns || PIPE_WIDTH,
    colour: options.colour,
    now: options.now,
    redact,
    async loadConfig(draft) {
      return accept(await loadConfig({ ...place, environment: { ...host.env, ...draft?.variables }, draft }));
    },
    async loadConfigAt(path, namedBy) {
      return accept(await loadConfig({ ...place, path, namedBy }));
    },
    async lookAtConfig() {
      const look = await lookAtConfig(place);
      secrets.push(...(look.config?.secrets ?? []));
      return look;
    },
    print({ text, json, troubles = [] }) {
      host.stdout.write(flags.json ? `${jsonText(json, redact, 2)}\n` : redact(text));
      if (flags.json) for (const trouble of troubles) reporter.note(trouble, { urgent: true });
    },
    async stream({ text, json }) {
      // Secrets are taken out of the values of a document: in the written text one might tear a hole into the syntax.
      const output = new Output(host.stdout, flags.json ? (piece) => piece : redact);
      await output.sendAll(flags.json ? json(redact) : text());
    },
  };
  try {
    // Flags that do not fit together are refused before there is a command to run.
    return await (await body)(world);
  } catch (error) {
    if (!(error instanceof HrsyncError)) await nameOurFiles(error);
    reporter.failed(error);
    return error instanceof HrsyncError ? error.exitCode : EXIT.unexpected;
  } finally {
    unlisten();
  }
}

function reporterOptions(host: HostProcess, flags: GlobalFlags, secrets: readonly string[]): ReporterOptions {
  const terminal = host.stderr.isTTY === true;
  const dumb = 'NO_COLOR' in host.env || host.env['TERM'] === 'dumb';
  return {
    stdout: host.stdout,
    stderr: host.stderr,
    // Who asks for a log in a form for programs gets a log, at a terminal too.
    mode: flags.json ? 'json' : terminal && flags.logFormat !== 'json' ? 'human' : 'lines',
    logFormat: flags.logFormat ?? 'text',
    colour: flags.color && terminal && host.stdout.isTTY === true && !dumb,
    width: host.stdout.columns || 80,
    verbose: flags.verbose ?? false,
    quiet: flags.quiet ?? false,
    now: () => new Date(),
    secrets,
  };
}
