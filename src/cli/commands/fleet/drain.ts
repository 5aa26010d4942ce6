import { UsageError } from '../../../errors.js';
import { EXIT } from '../../../exit.js';
import { withFleet } from '../../fleet/with-fleet.js';
import type { CommandBody } from '../../process.js';

/** Asks a worker to take no more, to end its runs and to leave. */
export function fleetDrain(name: string): CommandBody {
  return (world) =>
    withFleet(world, async ({ store }) => {
      if (!(await store.drain(name))) {
        throw new UsageError(`the fleet has no worker called ${name}`, {
          next: '"hrsync fleet status" lists the workers.',
        });
      }
      world.print({
        text: `${name} takes no more runs, ends those under way, and leaves\n`,
        json: { format: 1, draining: name },
      });
      return EXIT.done;
    });
}
