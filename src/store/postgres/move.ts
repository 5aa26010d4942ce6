import { type DatabasePlace, shownPlace } from '../../core/state-place.js';
import { StateError, UsageError } from '../../errors.js';
import type { CopiedPart } from '../copied.js';
import type { ConnectorIdentity, OpenStore } from '../store.js';
import { hasState, markMoved, ownerIn, readParts, replaceState } from './copy.js';
import { holdToIdentity } from './identity.js';
import { schemaVersion } from './migrate.js';
import { acquireLease, connected, reading } from './open.js';
import { Session } from './session.js';

type Owner = Pick<ConnectorIdentity, 'source' | 'target'>;

/** The side of a state file in a move into a database. */
interface ImportedFile {
  /** Marks the file as moved; called once nothing speaks against the move. */
  begin(): void;
  parts(): Iterable<CopiedPart>;
}

/** Takes a state into a database under the connector's lease, in one transaction. */
export async function importInto(place: DatabasePlace, owner: Owner, from: ImportedFile): Promise<void> {
  const lease = await acquireLease(place);
  try {
    await connected(place, true, async (connection) => {
      const { connector } = place;
      const session = new Session(connection, lease);
      await session.transact(async (run) => {
        const held = await ownerIn(run, connector);
        if (held !== null && held.moved === null && (await hasState(run, connector)))
          throw new UsageError(`connector ${connector} has a state in ${shownPlace(place)}: nothing was moved`);
        from.begin();
        await replaceState(run, connector, owner, from.parts());
      });
      await connection.close();
    });
  } finally {
    await lease.release();
  }
}

/** The side of a state file in a move out of a database. */
interface ExportedFile {
  begun(owner: Owner): void;
  take(part: CopiedPart): void;
  /** Puts the file in its place; called once the rows are marked as moved. */
  finish(): void;
}

/** Takes a state out of a database under the connector's lease, and marks what stays as moved to a file. */
export async function exportFrom(place: DatabasePlace, file: string, to: ExportedFile): Promise<void> {
  const lease = await acquireLease(place);
  try {
    await connected(place, true, async (connection) => {
      const { connector } = place;
      const session = new Session(connection, lease);
      const owner = await ownerIn((one) => connection.run(one), connector);
      if (owner === null) throw new StateError(shownPlace(place), { kind: 'missing' });
      // An export that was broken off names this file already.
      if (owner.moved !== null && owner.moved !== file)
        throw new StateError(shownPlace(place), { kind: 'moved', to: owner.moved });
      to.begun(owner);
      await readParts(connection, (part) => to.take(part));
      await session.transact((run) => markMoved(run, connector, file));
      to.finish();
      await connection.close();
    });
  } finally {
    await lease.release();
  }
}

/** Hands over a copy of a connector's state, without any lock; nothing where there are no tables yet. */
export async function copyFrom(
  options: OpenStore & { readonly place: DatabasePlace },
  take: (part: CopiedPart) => void,
): Promise<void> {
  await reading(options.place, async (connection) => {
    if ((await schemaVersion(connection)).version === 0) return;
    await holdToIdentity(new Session(connection, null), options);
    await readParts(connection, take);
  });
}
