import { UnknownPersonError, UsageError } from '../../../errors.js';
import { EXIT } from '../../../exit.js';
import { acquireLock, openStore } from '../../../store/open.js';
import type { ConnectorIdentity } from '../../../store/store.js';
import { type OpenFleet, withFleet } from '../../fleet/with-fleet.js';
import type { CommandBody, CommandWorld } from '../../process.js';
import { BEYOND, type ForgetFlags, forget, forgetIn, sayErased } from '../forget.js';

/**
 * Erases a person from one connector or from all of them, retired ones included. No config is needed for that: the database
 * knows whose state it is. Each connector is done under its lease; one that runs now ends the command, which can be repeated.
 */
export function fleetForget(
  person: string,
  flags: ForgetFlags & { readonly everywhere?: true | undefined },
): CommandBody {
  return async (world) => {
    if (!flags.everywhere) {
      if (world.flags.connector !== undefined) return forget(person, flags)(world);
      throw new UsageError(
        'it is not said which connector is to forget: name one with --connector NAME, or add --everywhere',
      );
    }
    return withFleet(world, async ({ fleet, store }) => {
      const forgotten: { connector: string; forgotten: string; erased: object }[] = [];
      const lines: string[] = [];
      for (const identity of await store.states()) {
        const done = await forgetAt(world, fleet, identity, person, flags);
        if (done === null) continue;
        forgotten.push({ connector: identity.name, forgotten: done.id, erased: done.erased });
        lines.push(`${identity.name}: ${sayErased(done.id, done.erased)}\n`);
      }
      if (forgotten.length === 0) throw new UnknownPersonError(person, 'any connector of the fleet');
      world.print({ text: `${lines.join('')}${BEYOND.trim()}\n`, json: { format: 1, connectors: forgotten } });
      return EXIT.done;
    });
  };
}

async function forgetAt(
  { now }: CommandWorld,
  { database: url, lease }: OpenFleet['fleet'],
  identity: ConnectorIdentity,
  person: string,
  flags: ForgetFlags,
) {
  const place = { kind: 'database', url, connector: identity.name, lease } as const;
  const lock = await acquireLock(place, now);
  try {
    const store = await openStore({ place, identity, now, mode: 'write', lock });
    try {
      return await forgetIn(store, person, flags);
    } finally {
      await store.close();
    }
  } finally {
    await lock.release();
  }
}
