import { LockedError, StateError } from '../../errors.js';
import type { Inbox } from '../inbox.js';
import type { OpenFile, Store } from '../store.js';
import { movedTo } from './copy.js';
import { type Database, openDatabase, orClose } from './database.js';
import { makePrivate } from './files.js';
import { createInbox } from './inbox.js';
import { acquireLock } from './lock.js';
import { holdToIdentity } from './meta.js';
import { migrate } from './migrate.js';
import { hasLog, refuseMixed } from './mixed.js';
import { openForReading, openToRehearse } from './open-for-reading.js';
import { MIGRATIONS } from './schema.js';
import { createSqliteStore } from './sqlite-store.js';
import { inState } from './trouble.js';

/**
 * Opens the state of a connector.
 *
 * @throws StateError when it cannot be used, belongs to another connector, or is of a newer hrsync
 */
export async function openStore(options: OpenFile): Promise<Store> {
  return createSqliteStore(openAtHome(options), options.file);
}

/**
 * Opens the inbox of a connector's state on a connection of its own; runs may come and go meanwhile.
 *
 * @throws StateError as `openStore` does
 */
export async function openInbox(options: Omit<OpenFile, 'mode'>): Promise<Inbox> {
  const lock = lockUnlessHeld(options);
  try {
    return createInbox(openAtHome({ ...options, mode: 'write' }), options.file);
  } finally {
    await lock?.release();
  }
}

// So that two processes never migrate one file: a run that holds the lock has done it.
function lockUnlessHeld({ file, now }: Omit<OpenFile, 'mode'>) {
  try {
    return acquireLock(file, now);
  } catch (error) {
    if (error instanceof LockedError) return null;
    throw error;
  }
}

/** An empty store in memory: what there is to read where no run has ever been. */
export function openNothing(file: string): Store {
  return createSqliteStore(openEmpty(file), file);
}

/** An empty database in memory with today's schema. */
export function openEmpty(file: string): Database {
  const database = openDatabase(':memory:');
  migrate(database, file, MIGRATIONS);
  return database;
}

/** Opens the database of a state for a move; it may have been moved before. */
export function openForMoving(options: OpenFile): Database {
  return openAndMigrate(options);
}

// What is left behind of a state that was moved is nobody's.
function openAtHome(options: OpenFile): Database {
  const database = openAndMigrate(options);
  const to = orClose(database, () => movedTo(database));
  if (to === null) return database;
  database.close();
  throw new StateError(options.file, { kind: 'moved', to });
}

function openAndMigrate(options: OpenFile): Database {
  const { file, mode, secrets } = options;
  const writes = mode === 'write';
  const database = opened(file, mode);
  try {
    inState(file, () => {
      migrate(database, file, MIGRATIONS, secrets);
      holdToIdentity(database, file, options);
      // Last, because it is written into the file: one that is refused stays as it was.
      if (mode !== 'rehearse') database.pragma(writes ? 'journal_mode = WAL' : 'query_only = ON');
    });
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function opened(file: string, mode: OpenFile['mode']): Database {
  if (mode === 'write') return openForWriting(file);
  return mode === 'read' ? openForReading(file, MIGRATIONS.length) : openToRehearse(file);
}

/** Opens a state file to write into it, and makes it where there is none; nothing is migrated. */
export function openForWriting(file: string): Database {
  return inState(file, () => {
    makePrivate(file);
    if (hasLog(file)) refuseMixed(file);
    const database = openDatabase(file);
    // better-sqlite3 is built to fall back to NORMAL in WAL mode, and then a power cut may forget a commit.
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma('secure_delete = ON');
    return database;
  });
}
