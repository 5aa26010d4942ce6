import type { Config } from '../../config/config.js';
import { connectorConfig, readConnectorText } from '../../config/fleet.js';
import type { LoadOptions } from '../../config/load.js';
import type { CommandWorld } from '../process.js';
import { unknownConnector, withFleet } from './with-fleet.js';

/**
 * The config of a connector of the fleet that the flags name: its version in the database, because that is what workers
 * run. Only one that was never applied is read from its file.
 */
export async function loadFleetConnector(
  world: Pick<CommandWorld, 'loadFleet' | 'reporter'>,
  name: string,
  place: Pick<LoadOptions, 'environment' | 'workingDirectory' | 'adapters'>,
): Promise<Config> {
  return withFleet(world, async ({ fleet, store }) => {
    const [applied, written] = await Promise.all([store.connector(name), readConnectorText(fleet, name)]);
    const text = applied?.text ?? written;
    if (text === null) throw unknownConnector(name);
    if (applied === null)
      world.reporter.note(`${name} was never applied: its file is used; "hrsync fleet apply" takes it in`);
    else if (written !== null && written !== applied.text)
      world.reporter.note(
        `the file of ${name} differs from version ${applied.version}, which is used; "hrsync fleet apply" takes it in`,
      );
    return connectorConfig(fleet, { name, text }, place);
  });
}
