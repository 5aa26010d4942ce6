import type { Fleet } from '../../config/fleet.js';
import { UsageError } from '../../errors.js';
import type { FleetStore, RegisteredConnector } from '../../store/fleet.js';
import { openFleetStore } from '../../store/open.js';
import type { CommandWorld } from '../process.js';

/** The fleet that the flags name, with its database opened. */
export interface OpenFleet {
  readonly fleet: Fleet;
  readonly store: FleetStore;
}

/** Opens the fleet that the flags name for one piece of work. */
export async function withFleet<Result>(
  world: Pick<CommandWorld, 'loadFleet'>,
  work: (open: OpenFleet) => Promise<Result>,
): Promise<Result> {
  const fleet = await world.loadFleet();
  const store = await openFleetStore(fleet.database, fleet.lease);
  try {
    return await work({ fleet, store });
  } finally {
    await store.close();
  }
}

/**
 * A connector as the database knows it.
 *
 * @throws UsageError for one that is not there, or whose file is gone
 */
export async function registeredConnector(store: FleetStore, name: string): Promise<RegisteredConnector> {
  const found = await store.connector(name);
  if (found === null) throw unknownConnector(name);
  if (found.retired)
    throw new UsageError(`connector ${name} is retired: its file is gone from the connectors' folder`, {
      next: 'Put its file back and run "hrsync fleet apply".',
    });
  return found;
}

/** Says that the fleet has no such connector. */
export function unknownConnector(...names: readonly string[]): UsageError {
  const whom = names.length === 1 ? `no connector called ${names[0]}` : `no connectors called ${names.join(', ')}`;
  return new UsageError(`the fleet has ${whom}`, {
    next: '"hrsync fleet status" lists the connectors; "hrsync fleet apply" takes in new files.',
  });
}
