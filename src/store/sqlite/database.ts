import Sqlite from 'better-sqlite3';
import { inState } from './trouble.js';

export type Database = Sqlite.Database;
export type Statement<Parameters extends unknown[], Row> = Sqlite.Statement<Parameters, Row>;

/** Opens a database file and turns every way in which that can fail into a `StateError`. */
export function openDatabase(file: string, options: Sqlite.Options = {}): Database {
  return inState(file, () => new Sqlite(file, options));
}

/** Opens the bytes of a database file in memory; the file they come from stays as it is. */
export function openImage(image: Buffer): Database {
  // Bytes 18 and 19 of the header say "WAL" (2), which a database in memory cannot be: SQLite would not open it.
  if (image.length >= 100) image.fill(1, 18, 20);
  return new Sqlite(image);
}

/** Does some work on a database that was just opened, and closes it when that fails. */
export function orClose<Result>(database: Database, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    database.close();
    throw error;
  }
}
