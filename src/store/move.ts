// Moves a state between a file and a database, and copies one into memory. Together with `open.ts` it is what knows both.
import { existsSync, renameSync, rmSync } from 'node:fs';
import { type DatabasePlace, shownPlace } from '../core/state-place.js';
import { StateError, UsageError } from '../errors.js';
import type { CopiedPart } from './copied.js';
import * as file from './sqlite/copy.js';
import type { Database } from './sqlite/database.js';
import { refuseLinks } from './sqlite/files.js';
import { acquireLock as lockFile } from './sqlite/lock.js';
import { openEmpty, openForMoving } from './sqlite/open.js';
import { createSqliteStore } from './sqlite/sqlite-store.js';
import { inState } from './sqlite/trouble.js';
import type { ConnectorIdentity, OpenStore, Store } from './store.js';

/** How many rows of what moved. */
export interface Moved {
  readonly accounts: number;
  readonly attempts: number;
  readonly runs: number;
}

/** What a move needs besides the two places. */
interface Move {
  readonly identity: ConnectorIdentity;
  readonly now: () => Date;
  readonly secrets: readonly string[];
}

/**
 * Moves a state file into a database, under its lock and the connector's lease. The file is marked as moved first, so that
 * no moment knows two states; a move that was broken off is begun again.
 *
 * @throws UsageError when the connector has a state in the database
 */
export async function importState(from: string, to: DatabasePlace, move: Move): Promise<Moved> {
  if (!existsSync(from)) throw new StateError(from, { kind: 'missing' });
  const postgres = await import('./postgres/move.js');
  const lock = lockFile(from, move.now);
  try {
    const database = openForMoving({ ...move, file: from, mode: 'write' });
    try {
      const count = new Count();
      const destination = placeText(to);
      await postgres.importInto(to, move.identity, {
        begin() {
          const moved = file.movedTo(database);
          if (moved !== null && moved !== destination) throw new StateError(from, { kind: 'moved', to: moved });
          inState(from, () => file.markMoved(database, destination));
        },
        parts: () => count.all(file.readParts(database)),
      });
      return count.moved;
    } finally {
      database.close();
    }
  } finally {
    await lock.release();
  }
}

/**
 * Moves the state of a connector out of a database into a new file, or one that was left behind by an earlier move.
 *
 * @throws UsageError when the file holds a state of its own
 */
export async function exportState(from: DatabasePlace, to: string, move: Move): Promise<Moved> {
  const lock = lockFile(to, move.now);
  const unfinished = `${to}-unfinished`;
  try {
    refuseLive(to, move);
    refuseLinks(unfinished);
    for (const end of ['', '-wal', '-shm']) rmSync(`${unfinished}${end}`, { force: true });
    const database = openForMoving({ ...move, file: unfinished, mode: 'write' });
    const count = new Count();
    try {
      const { exportFrom } = await import('./postgres/move.js');
      await exportFrom(from, to, {
        take: (part) => inState(to, () => file.writePart(database, count.one(part))),
        begun: (owner) => inState(to, () => file.setOwner(database, owner)),
        finish() {
          inState(to, () => database.pragma('wal_checkpoint(TRUNCATE)'));
          database.close();
          for (const end of ['', '-wal', '-shm']) rmSync(`${to}${end}`, { force: true });
          renameSync(unfinished, to);
        },
      });
    } finally {
      database.close();
    }
    return count.moved;
  } finally {
    await lock.release();
  }
}

/** A store in memory with a copy of what the database holds of a connector; what is written there is forgotten. */
export async function rehearsalOf(options: OpenStore & { readonly place: DatabasePlace }): Promise<Store> {
  const shown = shownPlace(options.place);
  const database: Database = openEmpty(shown);
  try {
    const { copyFrom } = await import('./postgres/move.js');
    await copyFrom(options, (part) => file.writePart(database, part));
    file.setOwner(database, options.identity);
    return createSqliteStore(database, shown);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A place in a database as what is left behind names it. */
function placeText(place: DatabasePlace): string {
  return `${shownPlace(place)} (connector ${place.connector})`;
}

function refuseLive(to: string, move: Move): void {
  if (!existsSync(to)) return;
  const database = openForMoving({ ...move, file: to, mode: 'read' });
  try {
    if (file.movedTo(database) === null) throw new UsageError(`${to} holds a state of its own: name a new file`);
  } finally {
    database.close();
  }
}

class Count {
  readonly #rows = new Map<string, number>();

  one(part: CopiedPart): CopiedPart {
    this.#rows.set(part.table.name, (this.#rows.get(part.table.name) ?? 0) + part.rows.length);
    return part;
  }

  *all(parts: Iterable<CopiedPart>): Generator<CopiedPart> {
    for (const part of parts) yield this.one(part);
  }

  get moved(): Moved {
    const of = (table: string) => this.#rows.get(table) ?? 0;
    return { accounts: of('snapshot'), attempts: of('journal'), runs: of('run') };
  }
}
