import { UsageError } from '../../../errors.js';
import { EXIT } from '../../../exit.js';
import { createFleetApp, type Senders } from '../../../fleet/index.js';
import { DoorLog, listen, Metrics, type RunningServer } from '../../../serve/index.js';
import { ConfigCache } from '../../fleet/run-task.js';
import { type OpenFleet, withFleet } from '../../fleet/with-fleet.js';
import { untilInterrupted } from '../../interrupt.js';
import type { CommandBody, CommandWorld } from '../../process.js';

/** Receives webhooks for all connectors until a signal ends it. It keeps nothing in memory that another door would miss. */
export function fleetServe(): CommandBody {
  return async (world) => {
    if (world.flags.json) throw new UsageError('fleet serve goes on and has no one result: leave out --json');
    return withFleet(world, (open) => receive(world, open));
  };
}

async function receive(world: CommandWorld, { fleet, store }: OpenFleet): Promise<number> {
  const { now, reporter, signal } = world;
  // So that a database that cannot be used ends the command rather than every delivery.
  await store.now();
  const metrics = new Metrics();
  const log = new DoorLog((sentence) => reporter.note(sentence, { atOnce: true }), now);
  const configs = new ConfigCache(fleet, world);
  const senders: Senders = async (name) => {
    const connector = await store.connector(name);
    if (connector === null || connector.retired) return null;
    return (await configs.get(connector)).serve.senders;
  };
  const app = createFleetApp({ store, senders, metrics, saw: (from, outcome) => log.saw(from, outcome), now });
  const server = await open(app, fleet.serve, metrics, log);
  reporter.note(`listening on ${server.url} for webhooks of all connectors`, { atOnce: true });
  try {
    await untilInterrupted(signal);
    return EXIT.done;
  } finally {
    await server.stop();
  }
}

async function open(
  app: Parameters<typeof listen>[0],
  place: OpenFleet['fleet']['serve'],
  metrics: Metrics,
  log: DoorLog,
): Promise<RunningServer> {
  const watch = {
    dropped(why: Parameters<DoorLog['dropped']>[0]) {
      metrics.add('hrsync_connections_dropped_total', { reason: why });
      log.dropped(why);
    },
    open: (count: number) => metrics.set('hrsync_connections_open', count),
  };
  try {
    return await listen(app, place, watch);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const { host, port } = place;
    throw new UsageError(`nothing can be served on ${host} port ${port}: ${reason}; see serve in fleet.yaml`, {
      cause: error,
    });
  }
}
