import type { Config } from '../../../config/config.js';
import { namesFleet } from '../../../config/fleet.js';
import type { DatabasePlace } from '../../../core/state-place.js';
import { UsageError } from '../../../errors.js';
import type { CommandWorld } from '../../process.js';

/**
 * The database that a connector's config names.
 *
 * @throws UsageError when its state is a file
 */
export function databaseOf({ state, file }: Pick<Config, 'state' | 'file'>): DatabasePlace {
  if (state.kind === 'database') return state;
  throw new UsageError(
    `${file} keeps its state in a file: write state: \${DATABASE_URL}, a postgres:// address, there`,
  );
}

/** The database that the flags name by a `fleet.yaml`, or by the config of a connector. */
export async function namedDatabase(world: CommandWorld): Promise<DatabasePlace> {
  if (!(await isFleet(world))) return databaseOf(await world.loadConfig());
  const { database: url, lease } = await world.loadFleet();
  return { kind: 'database', url, connector: '', lease };
}

/** The config of a connector, of its own or of the fleet that the flags name. */
export async function namedConfig(world: CommandWorld, name: string): Promise<Config> {
  return (await isFleet(world)) ? world.loadConfig(undefined, name) : world.loadConfig();
}

function isFleet({ flags, host }: CommandWorld): Promise<boolean> {
  return namesFleet({ path: flags.config, environment: host.env, workingDirectory: host.cwd() });
}
