import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { Config } from '../../config/config.js';
import { LockedError, UsageError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import {
  Alarm,
  createApp,
  createTimetable,
  DoorLog,
  type Listening,
  listen,
  Metrics,
  type Place,
  Worker,
} from '../../serve/index.js';
import type { Inbox, InboxEvent } from '../../store/inbox.js';
import type { Lock } from '../../store/lock.js';
import { acquireLock, openInbox } from '../../store/sqlite/index.js';
import type { CommandBody, CommandWorld } from '../process.js';
import { runJob } from '../serve-run.js';
import { connect } from '../session.js';

/** Receives webhooks and keeps the schedule, until a signal ends it. */
export function serve(): CommandBody {
  return async (world) => {
    if (world.flags.json) throw new UsageError('serve goes on and has no one result: leave out --json');
    const config = await world.loadConfig();
    const { identity } = connect(config, world);
    const place = await placeOf(config);
    const lock = acquireServerLock(config, world);
    try {
      const inbox = await openInbox({ file: config.state, identity, now: world.now, secrets: config.secrets });
      try {
        return await receive(world, config, inbox, place);
      } finally {
        await inbox.close();
      }
    } finally {
      lock.release();
    }
  };
}

// Two servers on one state would do everything twice, one after the other.
function acquireServerLock({ state }: Config, { now }: CommandWorld): Lock {
  try {
    return acquireLock(`${state}.serve`, now);
  } catch (error) {
    throw error instanceof LockedError ? new LockedError(error.file, error.holder, 'hrsync serve') : error;
  }
}

async function receive(world: CommandWorld, config: Config, inbox: Inbox, place: Place): Promise<number> {
  const { now, signal, reporter } = world;
  const metrics = new Metrics();
  const alarm = new Alarm();
  const breakdown = new Breakdown();
  const worker = new Worker({
    inbox,
    timetable: createTimetable(config.schedule, config.timezone),
    run: (job) => runJob(world, config, metrics, job),
    now,
    pause: (milliseconds) => alarm.pause(milliseconds),
    signal,
  });
  const keep = async (event: InboxEvent): Promise<boolean> => {
    const [isNew = false] = await inbox.put([event]).catch(breakdown.because);
    if (isNew) {
      worker.arrived();
      alarm.ring();
    }
    return isNew;
  };
  const { personio, kombo } = config.serve;
  const log = new DoorLog((sentence) => reporter.note(sentence, { atOnce: true }), now);
  const saw: DoorLog['saw'] = (sender, outcome) => log.saw(sender, outcome);
  const app = createApp({ personio, kombo, keep, waiting: () => inbox.countWaiting(), metrics, saw, now });
  const server = await open(place, app);
  reporter.note(`listening on ${server.url}${sayCallers(config)}`, { atOnce: true });
  for (const warning of warningsOf(config)) reporter.note(warning, { atOnce: true });
  signal.addEventListener('abort', () => alarm.ring(), { once: true });
  try {
    await Promise.race([worker.work(), breakdown.happens]);
    return EXIT.done;
  } finally {
    await server.stop();
  }
}

/** What ends the process: an inbox that takes nothing any longer. Whoever watches over it starts it anew. */
class Breakdown {
  readonly happens: Promise<never>;
  readonly because: (error: unknown) => never;

  constructor() {
    let reject: (error: unknown) => void = () => undefined;
    this.happens = new Promise<never>((_, refuse) => {
      reject = refuse;
    });
    this.happens.catch(() => undefined);
    this.because = (error) => {
      reject(error);
      throw error;
    };
  }
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

async function open(place: Place, app: Parameters<typeof listen>[0]): Promise<Listening> {
  try {
    return await listen(app, place);
  } catch (error) {
    const { host, port } = place;
    const reason = `nothing can be served on ${host} port ${port}: ${reasonOf(error)}; see serve in the config`;
    throw new UsageError(reason, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function sayCallers({ serve: { personio, kombo }, schedule }: Config): string {
  const callers = [...(personio ? ['Personio'] : []), ...(kombo ? ['Kombo'] : [])];
  const heard =
    callers.length === 0
      ? 'for the schedule alone (neither serve.personio nor serve.kombo is set)'
      : `for ${callers.join(' and ')}`;
  return ` ${heard}; import-all: ${schedule.importAll ?? 'never'}, sync: ${schedule.sync ?? 'never'}`;
}

function warningsOf({ serve: { host, tls } }: Config): string[] {
  const isLoopback = /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host);
  if (isLoopback || tls !== undefined) return [];
  return [`${host} can be reached from elsewhere without TLS: let only a reverse proxy with TLS reach it`];
}
