import type { Config } from '../../config/config.js';
import { connectorConfig, type Fleet } from '../../config/fleet.js';
import { HrsyncError, LockedError } from '../../errors.js';
import { EXIT, isDealtWith } from '../../exit.js';
import type { RunEnd, Task } from '../../fleet/index.js';
import { redactor } from '../../report/output.js';
import { type Job, jobOf, REMEMBERED } from '../../serve/index.js';
import type { FleetStore } from '../../store/fleet.js';
import type { Inbox } from '../../store/inbox.js';
import { openInbox } from '../../store/open.js';
import { connect, withConfig } from '../connect.js';
import { type ConnectorPaces, statePlace } from '../connector.js';
import type { CommandWorld } from '../process.js';
import { kindOf } from '../serve-run.js';
import { runSession } from '../session.js';

/** What a run of a worker needs besides its task. */
export interface TaskPlace {
  readonly world: CommandWorld;
  readonly store: FleetStore;
  readonly worker: string;
  readonly configs: ConfigCache;
  /** The limits that all workers share. */
  readonly pacesOf: (config: Config) => ConnectorPaces;
}

/** How many events one run deals with at most. */
const MOST = 20_000;
/** How long a config is used before its references are followed anew, in ms: secrets are rotated. */
const FRESH = 15 * 60_000;

/** Configs that a worker has read, by connector and version. */
export class ConfigCache {
  readonly #known = new Map<string, { readonly version: number; readonly at: number; readonly config: Config }>();

  constructor(
    private readonly fleet: Fleet,
    private readonly world: Pick<CommandWorld, 'host' | 'now'>,
  ) {}

  async get({
    name,
    version,
    text,
  }: {
    readonly name: string;
    readonly version: number;
    readonly text: string;
  }): Promise<Config> {
    const at = this.world.now().getTime();
    const known = this.#known.get(name);
    if (known !== undefined && known.version === version && at - known.at < FRESH) return known.config;
    const { host } = this.world;
    const config = await connectorConfig(
      this.fleet,
      { name, text },
      { environment: host.env, workingDirectory: host.cwd() },
    );
    this.#known.set(name, { version, at, config });
    return config;
  }

  forget(name: string): void {
    this.#known.delete(name);
  }
}

/** Carries out what a connector owes, as the command for one connector would; null where another process has its turn. */
export async function runTask(place: TaskPlace, task: Task): Promise<RunEnd> {
  const { world, store, worker, configs } = place;
  const { name } = task.candidate;
  const command = COMMANDS[task.kind];
  const startedAt = world.now().toISOString();
  const connector = await store.connector(name);
  // Paused or taken out between the claim and now.
  if (connector === null || connector.retired || connector.paused) return null;
  const begun = { run: false };
  let reporter = world.newReporter();
  try {
    const config = await configs.get(connector);
    const told = world.newReporter({ secrets: config.secrets, connector: name });
    reporter = {
      ...told,
      started(header) {
        begun.run = true;
        told.started(header);
      },
    };
    const known = withConfig({ ...world, reporter, pacesOf: place.pacesOf, redact: redactor(config.secrets) }, config);
    const exitCode = await carryOut(known, config, place, { task, command });
    if (exitCode === EXIT.credentials || exitCode === EXIT.usage) configs.forget(name);
    return { exitCode, broke: false };
  } catch (error) {
    if (error instanceof LockedError) return null;
    configs.forget(name);
    reporter.failed(error);
    const exitCode = error instanceof HrsyncError ? error.exitCode : EXIT.unexpected;
    if (!begun.run) {
      const broken = { command, startedAt, finishedAt: world.now().toISOString(), exitCode, error: nameOf(error) };
      await store.recordBroken(name, { ...broken, worker, version: connector.version });
    }
    return { exitCode, broke: true };
  }
}

/** Which command a run of each kind is. */
const COMMANDS = { manual: 'import-all', night: 'import-all', sync: 'sync', events: 'webhook' } as const;
type Command = (typeof COMMANDS)[keyof typeof COMMANDS];

async function carryOut(
  world: CommandWorld,
  config: Config,
  { worker }: TaskPlace,
  { task, command }: { readonly task: Task; readonly command: Command },
): Promise<number> {
  const run = (job: Job) =>
    runSession(world, {
      ...{ command, kind: kindOf(job, config), dryRun: false, allow: {}, detailedExitCode: false },
      worker: { name: worker, fulfils: task.owed },
    });
  if (command !== 'webhook') return run({ kind: command });
  const inbox = await openInbox(statePlace(connect(config, world), world.now));
  try {
    return await dealWithEvents(inbox, world, run);
  } finally {
    await inbox.close();
  }
}

async function dealWithEvents(
  inbox: Inbox,
  { now }: CommandWorld,
  run: (job: Job) => Promise<number>,
): Promise<number> {
  const events = await inbox.waiting(MOST);
  if (events.length === 0) return EXIT.done;
  const exitCode = await run(jobOf(events));
  if (isDealtWith(exitCode)) {
    await inbox.done(events.map(({ id }) => id));
    await inbox.forget(new Date(now().getTime() - REMEMBERED).toISOString());
  }
  return exitCode;
}

function nameOf(error: unknown): string {
  return error instanceof HrsyncError ? error.name : 'unexpected error';
}
