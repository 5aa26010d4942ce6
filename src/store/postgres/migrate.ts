import { shownPlace } from '../../core/state-place.js';
import { StateError } from '../../errors.js';
import { DatabaseError } from '../../errors-state.js';
import type { Connection, Run } from './connection.js';
import { type SchemaStep, STEPS } from './schema.js';
import { statement } from './statement.js';
import { codeOf } from './trouble.js';

/** Number under which the lock of the migration stands; any would do that nobody else takes. */
const LOCK = 4_807_118_203;
/** How long a migration waits for other sessions, in ms: whatever waits behind it waits as long. */
const LOCK_TIMEOUT = 5_000;

const VERSIONS = 'SELECT schema_version AS version, least_version AS least FROM hrsync.fleet';
const HAS_TABLE = `SELECT to_regclass('hrsync.fleet') IS NOT NULL AS has`;
const HAS_SCHEMA = `SELECT to_regnamespace('hrsync') IS NOT NULL AS has`;

/** The version of a schema, and the least version of hrsync's schema that can work on it; version 0: there are no tables. */
export interface SchemaVersion {
  readonly version: number;
  readonly least: number;
}

/** The version that a database has now; takes no lock. */
export async function schemaVersion(connection: Connection): Promise<SchemaVersion> {
  try {
    const [row] = await connection.run(statement(VERSIONS));
    return { version: Number(row?.['version'] ?? 0), least: Number(row?.['least'] ?? 0) };
  } catch (error) {
    // There is no such table, or no such schema.
    if (error instanceof StateError && ['42P01', '3F000'].includes(codeOf(error.cause)))
      return { version: 0, least: 0 };
    throw error;
  }
}

/**
 * Makes sure that this version of hrsync can work on a schema.
 *
 * @throws StateError when it is too old or too new
 */
export function refuseVersion(connection: Connection, { version, least }: SchemaVersion, known = STEPS.length): void {
  const shown = shownPlace(connection.place);
  if (version === 0) throw new DatabaseError(shown, { kind: 'empty' });
  if (version < known) throw new DatabaseError(shown, { kind: 'outdated', version, needed: known });
  if (least > known) throw new StateError(shown, { kind: 'newer', version: least, supported: known });
}

/**
 * Brings a database to the newest schema, all steps in one transaction; nobody else migrates meanwhile.
 *
 * @returns the version that it had before
 */
export function migrate(connection: Connection, steps: readonly SchemaStep[] = STEPS): Promise<number> {
  return connection.transact(async (run) => {
    await run(statement(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT}`));
    await run(statement(`SELECT pg_advisory_xact_lock(${LOCK})`));
    const before = await versionIn(run);
    const least = before === 0 ? 0 : (await run(statement(VERSIONS)))[0]?.['least'];
    if (before > steps.length) refuseVersion(connection, { version: before, least: Number(least) }, steps.length);
    // Asked first: making a schema needs a right of its own, also where it is there.
    if (before === 0 && !(await holds(run, HAS_SCHEMA))) await run(statement('CREATE SCHEMA hrsync'));
    for (const { sql } of steps.slice(before)) await run(statement(sql));
    if (before < steps.length)
      await run(
        statement(
          'UPDATE hrsync.fleet SET schema_version = $1, least_version = $2',
          steps.length,
          steps.at(-1)?.least ?? 0,
        ),
      );
    return before;
  });
}

async function versionIn(run: Run): Promise<number> {
  if (!(await holds(run, HAS_TABLE))) return 0;
  return Number((await run(statement(VERSIONS)))[0]?.['version'] ?? 0);
}

async function holds(run: Run, question: string): Promise<boolean> {
  return (await run(statement(question)))[0]?.['has'] === true;
}
