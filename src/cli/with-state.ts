import type { Config } from '../config/config.js';
import { acquireLock, openStore } from '../store/open.js';
import type { OpenStore, Store } from '../store/store.js';
import { connect } from './connect.js';
import { statePlace } from './connector.js';
import type { CommandWorld } from './process.js';

/** Opens the state of the config that the flags name for one piece of work on it, under the lock where it writes. */
export async function withState<Result>(
  world: CommandWorld,
  mode: OpenStore['mode'],
  work: (store: Store, config: Config) => Promise<Result>,
): Promise<Result> {
  const config = await world.loadConfig();
  const connector = connect(config, world);
  const lock = mode === 'write' ? acquireLock(config.state, world.now) : null;
  try {
    const store = await openStore({ ...statePlace(connector, world.now), mode });
    try {
      return await work(store, config);
    } finally {
      await store.close();
    }
  } finally {
    lock?.release();
  }
}
