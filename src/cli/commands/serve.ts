import { readFile } from 'node:fs/promises';
import type { Config } from '../../config/config.js';
import { UsageError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import {
  Alarm,
  createApp,
  createTimetable,
  DoorLog,
  type Listening,
  listen,
  Metrics,
  Worker,
} from '../../serve/index.js';
import type { Inbox, InboxEvent } from '../../store/inbox.js';
import { openInbox } from '../../store/sqlite/index.js';
import type { CommandBody, CommandWorld } from '../process.js';
import { runJob } from '../serve-run.js';
import { connect } from '../session.js';

/** Receives webhooks and keeps the schedule, until a signal ends it. */
export function serve(): CommandBody {
  return async (world) => {
    if (world.flags.json) throw new UsageError('serve goes on and has no one result: leave out --json');
    const config = await world.loadConfig();
    const { identity } = connect(config, world);
    const inbox = await openInbox({ file: config.state, identity, now: world.now });
    try {
      return await receive(world, config, inbox);
    } finally {
      await inbox.close();
    }
  };
}

async function receive(world: CommandWorld, config: Config, inbox: Inbox): Promise<number> {
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
  const server = await open(config, app);
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

async function open({ serve: { host, port, tls } }: Config, app: Parameters<typeof listen>[0]): Promise<Listening> {
  try {
    const pair =
      tls === undefined
        ? undefined
        : { cert: await readFile(tls.cert_file, 'utf8'), key: await readFile(tls.key_file, 'utf8') };
    return await listen(app, { host, port, tls: pair });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`nothing can be served on ${host} port ${port}: ${reason}; see serve in the config`, {
      cause: error,
    });
  }
}

function sayCallers({ serve: { personio, kombo }, schedule }: Config): string {
  const callers = [...(personio ? ['Personio'] : []), ...(kombo ? ['Kombo'] : [])];
  const heard = callers.length === 0 ? 'for nobody: serve names no sender' : `for ${callers.join(' and ')}`;
  return ` ${heard}; import-all: ${schedule.importAll ?? 'never'}, sync: ${schedule.sync ?? 'never'}`;
}

function warningsOf({ serve: { host, tls } }: Config): string[] {
  const isLoopback = /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host);
  if (isLoopback || tls !== undefined) return [];
  return [`${host} can be reached from elsewhere without TLS: let only a reverse proxy with TLS reach it`];
}
