import type { Config } from '../../../config/config.js';
import type { DatabasePlace } from '../../../core/state-place.js';
import { UsageError } from '../../../errors.js';

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
