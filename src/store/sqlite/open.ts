import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { OpenStore, Store } from '../store.js';
import { type Database, inState, openCopy, openDatabase } from './database.js';
import { claimIdentity } from './meta.js';
import { migrate, versionOf } from './migrate.js';
import { MIGRATIONS } from './schema.js';
import { createSqliteStore } from './sqlite-store.js';

/**
 * Opens the state of a connector.
 *
 * @throws StateError when it cannot be used, belongs to another connector, or is of a newer hrsync
 */
export async function openStore({ file, identity, mode }: OpenStore): Promise<Store> {
  const database = mode === 'write' ? openForWriting(file) : openForReading(file);
  try {
    inState(file, () => {
      migrate(database, file, MIGRATIONS);
      claimIdentity(database, file, identity, mode === 'write');
    });
    return createSqliteStore(database, file);
  } catch (error) {
    database.close();
    throw error;
  }
}

function openForWriting(file: string): Database {
  const database = inState(file, () => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // Made before SQLite opens it: SQLite gives -wal and -shm the mode of the file, and nobody else may read them.
    closeSync(openSync(file, 'a', 0o600));
    return openDatabase(file);
  });
  inState(file, () => {
    database.pragma('journal_mode = WAL');
    // better-sqlite3 is built to fall back to NORMAL in WAL mode, and then a power cut may forget a commit.
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma('busy_timeout = 5000');
    database.pragma('secure_delete = ON');
  });
  return database;
}

// Where there is no state yet, an empty one in memory; an older one is read as a migrated copy in memory.
function openForReading(file: string): Database {
  if (!existsSync(file)) return openDatabase(':memory:');
  const database = openDatabase(file, { readonly: true, fileMustExist: true });
  return inState(file, () => {
    database.pragma('busy_timeout = 5000');
    if (versionOf(database) >= MIGRATIONS.length) return database;
    const copy = openCopy(database.serialize());
    database.close();
    return copy;
  });
}
