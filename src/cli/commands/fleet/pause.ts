import { EXIT } from '../../../exit.js';
import { unknownConnector, withFleet } from '../../fleet/with-fleet.js';
import type { CommandBody } from '../../process.js';

/** Holds back new runs of connectors, or lets them go on; a run that is under way ends as it is. */
export function fleetPause(names: readonly string[], paused: boolean): CommandBody {
  return (world) =>
    withFleet(world, async ({ store }) => {
      // All of them or none: a name that is misspelt must not go by unseen.
      const known = new Set((await store.connectors()).filter(({ retired }) => !retired).map(({ name }) => name));
      const unknown = names.filter((name) => !known.has(name));
      if (unknown.length > 0) throw unknownConnector(...unknown);
      await store.setPaused(names, paused);
      const what = paused ? 'paused: no new runs until "hrsync fleet resume"' : 'goes on: what is owed is done now';
      world.print({
        text: names.map((name) => `${name}  ${what}\n`).join(''),
        json: { format: 1, [paused ? 'paused' : 'resumed']: names },
      });
      return EXIT.done;
    });
}
