import { resolve } from 'node:path';
import { count } from '../../../core/count.js';
import { type DatabasePlace, shownPlace } from '../../../core/state-place.js';
import { UsageError } from '../../../errors.js';
import { EXIT } from '../../../exit.js';
import { exportState, importState, type Moved } from '../../../store/open.js';
import type { CommandBody, CommandWorld } from '../../process.js';
import { connect } from '../../connect.js';
import { databaseOf } from './database.js';

/** Moves the state of a connector from a file into the database that its config names. */
export function fleetImport(name: string, file: string): CommandBody {
  return async (world) => {
    const { place, path, move } = await endsOf(world, name, file);
    return tell(world, await importState(path, place, move), { from: path, to: shownPlace(place) });
  };
}

/** Moves it out of the database into a file. */
export function fleetExport(name: string, file: string): CommandBody {
  return async (world) => {
    const { place, path, move } = await endsOf(world, name, file);
    const moved = await exportState(place, path, move);
    return tell(world, moved, { from: shownPlace(place), to: path, next: `Set "state: ${file}" in the config.` });
  };
}

async function endsOf(world: CommandWorld, name: string, file: string) {
  const config = await world.loadConfig();
  const place: DatabasePlace = databaseOf(config);
  if (config.name !== name) throw new UsageError(`${config.file} is the config of ${config.name}, not of ${name}`);
  const { identity } = connect(config, world);
  const path = resolve(world.host.cwd(), file);
  return { place, path, move: { identity, now: world.now, secrets: config.secrets } };
}

function tell(
  world: CommandWorld,
  { accounts, attempts, runs }: Moved,
  { from, to, next = '' }: { readonly from: string; readonly to: string; readonly next?: string },
): number {
  const what = `${count(accounts, 'account')}, ${count(attempts, 'attempt')} and ${count(runs, 'run')}`;
  const left = `What is left in ${from} is marked as moved and takes no further runs.`;
  const text = `moved ${what} from ${from} to ${to}. ${left}${next === '' ? '' : ` ${next}`}\n`;
  world.print({ text, json: { format: 1, from, to, accounts, attempts, runs } });
  return EXIT.done;
}
