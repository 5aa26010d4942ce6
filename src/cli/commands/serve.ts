import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { Config } from '../../config/config.js';
import { UsageError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import {
  Alarm,
  createApp,
  createTimetable,
  DoorLog,
  listen,
  Metrics,
  type Place,
  type RunningServer,
  type Watch,
  Worker,
} from '../../serve/index.js';
import type { Inbox, InboxEvent } from '../../store/inbox.js';
import { acquireServerLock, openInbox } from '../../store/open.js';
import { connect } from '../connect.js';
import { type Connector, statePlace } from '../connector.js';
import { ToldCauses } from '../observe/told-causes.js';
import type { CommandBody, CommandWorld } from '../process.js';
import { runJob } from '../serve-run.js';

/** Receives webhooks and keeps the schedule, until a signal ends it. */
export function serve(): CommandBody {
  return async (world) => {
    if (world.flags.json) throw new UsageError('serve goes on and has no one result: leave out --json');
    const config = await world.loadConfig();
    const connector = connect(config, world);
    const place = await placeOf(config);
    const lock = await acquireServerLock(config.state, world.now);
    try {
      const inbox = await openInbox(statePlace(connector, world.now));
      try {
        const signal = AbortSignal.any([world.signal, lock.lost]);
        const code = await receive({ ...world, signal }, connector, inbox, place);
        lock.lost.throwIfAborted();
        return code;
      } finally {
        await inbox.close();
      }
    } finally {
      await lock.release();
    }
  };
}

async function receive(
  world: CommandWorld,
  { config, source }: Connector,
  inbox: Inbox,
  place: Place,
): Promise<number> {
  const { now, signal, reporter } = world;
  const metrics = new Metrics();
  const told = new ToldCauses();
  const alarm = new Alarm();
  const { senders } = config.serve;
  const log = new DoorLog((sentence) => reporter.note(sentence, { atOnce: true }), now, senders);
  const failed = (error: unknown): void => {
    metrics.add('hrsync_errors_total', { where: 'worker' });
    world.newReporter().failed(error);
  };
  const worker = new Worker({
    inbox,
    timetable: createTimetable(config.schedule, config.timezone),
    run: (job) => runJob(world, config, { metrics, told }, job),
    stamp: config.schedule.sync === null ? undefined : source.stamp?.bind(source),
    now,
    pause: (milliseconds) => alarm.pause(milliseconds),
    signal,
    failed,
  });
  const keep = async (events: readonly InboxEvent[]): Promise<boolean> => {
    const isNew = (await inbox.put(events)).includes(true);
    if (isNew) {
      worker.arrived();
      alarm.ring();
    }
    return isNew;
  };
  const saw: DoorLog['saw'] = (from, outcome) => log.saw(from, outcome);
  const app = createApp({ senders, keep, waiting: () => inbox.countWaiting(), metrics, saw, now });
  const server = await open(place, app, watchOf(metrics, log));
  const unguard = outliveStrays(world, metrics, log);
  reporter.note(`listening on ${server.url}${sayCallers(config)}`, { atOnce: true });
  for (const warning of warningsOf(config)) reporter.note(warning, { atOnce: true });
  signal.addEventListener('abort', () => alarm.ring(), { once: true });
  try {
    await worker.work();
    return EXIT.done;
  } finally {
    await server.stop();
    unguard();
  }
}

function watchOf(metrics: Metrics, log: DoorLog): Watch {
  return {
    dropped(why) {
      metrics.add('hrsync_connections_dropped_total', { reason: why });
      log.dropped(why);
    },
    open: (count) => metrics.set('hrsync_connections_open', count),
  };
}

/**
 * Keeps an error that no run caught, such as that of a socket or of a forgotten promise, from ending the process. Each run
 * opens and closes what it works with, so nothing of the error stays behind. Gives a function that ends this.
 */
function outliveStrays({ host, reporter }: CommandWorld, metrics: Metrics, log: DoorLog): () => void {
  const stray = (error: unknown): void => {
    metrics.add('hrsync_errors_total', { where: 'stray' });
    const kind = error instanceof Error ? error.name : typeof error;
    log.say('an unexpected error came up outside of a run; the server goes on; --verbose shows the error');
    reporter.note(`${kind}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`, {
      detail: true,
    });
  };
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) host.on(event, stray);
  return () => {
    for (const event of ['uncaughtException', 'unhandledRejection'] as const) host.off(event, stray);
  };
}

// Read before anything is opened, so that what is wrong with a file is told by its name.
async function placeOf({ serve: { host, port, tls } }: Config): Promise<Place> {
  if (tls === undefined) return { host, port };
  const [cert, key] = [await pemIn(tls.cert_file, 'cert_file'), await pemIn(tls.key_file, 'key_file')];
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    throw new UsageError(`serve.tls: certificate and key do not fit together (${reasonOf(error)})`, { cause: error });
  }
  return { host, port, tls: { cert, key } };
}

async function pemIn(file: string, key: 'cert_file' | 'key_file'): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`serve.tls.${key} cannot be read: ${reasonOf(error)}`, { cause: error });
  });
  if (/-----BEGIN [A-Z ]+-----/.test(text)) return text;
  throw new UsageError(`serve.tls.${key} is no PEM file: ${file} holds no line with -----BEGIN`);
}

async function open(place: Place, app: Parameters<typeof listen>[0], watch: Watch): Promise<RunningServer> {
  try {
    return await listen(app, place, watch);
  } catch (error) {
    const { host, port } = place;
    const reason = `nothing can be served on ${host} port ${port}: ${reasonOf(error)}; see serve in the config`;
    throw new UsageError(reason, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function sayCallers({ serve: { senders }, source: { definition }, schedule }: Config): string {
  const missing =
    definition.events === undefined ? `${definition.title} sends no webhooks` : `serve.${definition.type} is not set`;
  const heard =
    senders.length === 0
      ? `for the schedule alone (${missing})`
      : `for ${senders.map(({ title }) => title).join(' and ')}`;
  return ` ${heard}; import-all: ${schedule.importAll ?? 'never'}, sync: ${schedule.sync ?? 'never'}`;
}

function warningsOf({ serve: { host, tls } }: Config): string[] {
  const isLoopback = /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host);
  if (isLoopback || tls !== undefined) return [];
  return [`${host} can be reached from elsewhere without TLS: let only a reverse proxy with TLS reach it`];
}
