import { withConfig } from '../connect.js';
import type { CommandBody } from '../process.js';
import { runSession } from '../session.js';
import { optionsOf, type RunFlags } from './import-all.js';

/** The job between nights. */
export function sync(flags: RunFlags): CommandBody {
  return async (world) => {
    const options = optionsOf(world, flags);
    const config = await world.loadConfig();
    const { fullEvery } = config.sync;
    const reads = { changed: true, ids: [], deleted: new Set<string>(), fullEvery };
    return runSession(withConfig(world, config), {
      command: 'sync',
      ...options,
      kind: { name: 'between_nights', reads, only: flags.only },
    });
  };
}
