import type { LeaseTimes } from '../../../core/state-place.js';
import type { FleetStore } from '../../fleet.js';
import { STEPS } from '../schema.js';
import { createDispatch } from './dispatch.js';
import { createDoorBook } from './door-book.js';
import { createOverview } from './overview.js';
import { createPaces } from './paces.js';
import { Pool } from './pool.js';
import { createRegistry } from './registry.js';
import { createWorkers } from './workers.js';

/** Opens what a database holds of a fleet; nothing is connected yet. */
export function openFleetStore(url: string, lease: LeaseTimes): FleetStore {
  // No connector's rows are looked at but those that a door names itself.
  const database = new Pool({ kind: 'database', url, connector: '', lease });
  return {
    schemaVersion: STEPS.length,
    ...createRegistry(database),
    ...createDispatch(database, lease),
    ...createWorkers(database),
    ...createOverview(database),
    ...createPaces(database),
    ...createDoorBook(database),
    close: () => database.close(),
  };
}
