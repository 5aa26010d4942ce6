import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { StateError } from '../../../src/errors.js';
import { migrate, versionOf } from '../../../src/store/sqlite/migrate.js';
import { openForReading } from '../../../src/store/sqlite/open-for-reading.js';
import { MIGRATIONS } from '../../../src/store/sqlite/schema.js';

const FIRST = 'CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT)';
const SECOND = 'ALTER TABLE meta ADD COLUMN at TEXT';
const THIRD = `UPDATE meta SET at = 'today'`;

let folder: string;
let file: string;
const open: Sqlite.Database[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hrsync-migrate-'));
  file = join(folder, 'acme.db');
});
afterEach(() => {
  for (const database of open.splice(0)) database.close();
  rmSync(folder, { recursive: true });
});

function opened(path: string): Sqlite.Database {
  const database = new Sqlite(path);
  open.push(database);
  return database;
}

/** A state in the first schema, written ahead as states are. */
function oldState(): Sqlite.Database {
  const database = opened(file);
  database.pragma('journal_mode = WAL');
  migrate(database, file, [FIRST]);
  database.exec(`INSERT INTO meta VALUES ('source', 'personio')`);
  return database;
}

const rows = (database: Sqlite.Database) => database.prepare('SELECT * FROM meta').all();

it('a new file gets every step and no backup', () => {
  const database = opened(file);
  migrate(database, file, [FIRST, SECOND, THIRD]);
  expect(versionOf(database)).toBe(3);
  expect(readdirSync(folder)).toEqual(['acme.db']);
});

it('a state of today is left as it is', () => {
  const database = oldState();
  migrate(database, file, [FIRST]);
  expect(rows(database)).toEqual([{ key: 'source', value: 'personio' }]);
  expect(readdirSync(folder).filter((name) => name.includes('backup'))).toEqual([]);
});

it('an older state gets the steps that it lacks, after a backup that only its owner can read', () => {
  const database = oldState();
  migrate(database, file, [FIRST, SECOND, THIRD]);
  expect(rows(database)).toEqual([{ key: 'source', value: 'personio', at: 'today' }]);
  expect(versionOf(database)).toBe(3);
  const backup = `${file}.v1-backup`;
  expect((statSync(backup).mode & 0o777).toString(8)).toBe('600');
  expect(rows(opened(backup))).toEqual([{ key: 'source', value: 'personio' }]);
  expect(versionOf(opened(backup))).toBe(1);
});

it('a backup that lies there already is replaced by today’s, and what a killed one left is cleared away', () => {
  const database = oldState();
  writeFileSync(`${file}.v1-backup`, 'of last year');
  writeFileSync(`${file}.v1-backup-unfinished`, 'half of it');
  migrate(database, file, [FIRST, SECOND]);
  expect(rows(opened(`${file}.v1-backup`))).toHaveLength(1);
  expect(readdirSync(folder).filter((name) => name.includes('backup'))).toEqual(['acme.db.v1-backup']);
});

it('takes what far ends echoed of credentials out of the state and out of the copy beside it', () => {
  const known = 'p@ss w/rd-of-today';
  const echoes = [
    'HTTP status 403: Authorization: Basic dXNlcjpvbGQtcGFzc3dvcmQ=',
    'invalid client_secret=hunter2hunter2',
    `refused ${encodeURIComponent(known)}`,
    'the key 8f14e45fceea167a5a36dedd4bea2543 is gone',
  ];
  const database = opened(file);
  database.pragma('journal_mode = WAL');
  migrate(database, file, MIGRATIONS.slice(0, 4));
  const insert = database.prepare(
    `INSERT INTO journal (run, kind, employee_id, invites, fields, because, at, error) VALUES (1, 'update', ?, 0, '{"secret":{"before":"Basic dXNlcjpvbGQ=","after":null}}', 'x', '2026-11-24', ?)`,
  );
  for (const [index, echo] of [...echoes, 'Email has already been taken', null].entries())
    insert.run(String(index), echo);
  const failure = database.prepare(
    `INSERT INTO failure VALUES ('1', null, null, 'update', ?, 1, '2026-11-24', '2026-11-24', '2026-11-24')`,
  );
  failure.run(echoes[0]);
  migrate(database, file, MIGRATIONS, [known]);
  const errors = (of: Sqlite.Database) => of.prepare('SELECT error FROM journal ORDER BY id').pluck().all();
  const clean = [
    'HTTP status 403: Authorization: Basic ***',
    'invalid client_secret=***',
    'refused ***',
    'the key *** is gone',
    'Email has already been taken',
    null,
  ];
  expect(errors(database)).toEqual(clean);
  expect(errors(opened(`${file}.v4-backup`))).toEqual(clean);
  expect(versionOf(opened(`${file}.v4-backup`))).toBe(4);
  // Values of HR are data, whatever they look like.
  expect(database.prepare('SELECT DISTINCT fields FROM journal').pluck().get()).toContain('Basic dXNlcjpvbGQ=');
  database.exec(`UPDATE journal SET fields = '{}'`);
  const bytes = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('');
  for (const secret of ['dXNlcjpvbGQtcGFzc3dvcmQ', 'hunter2hunter2', encodeURIComponent(known), '8f14e45fceea167a']) {
    expect(bytes).not.toContain(secret);
  }
});

it('a step that fails leaves the state after the one before it', () => {
  const database = oldState();
  expect(() => migrate(database, file, [FIRST, SECOND, `${THIRD}; DROP TABLE nowhere`])).toThrow('nowhere');
  expect(versionOf(database)).toBe(2);
  expect(rows(database)).toEqual([{ key: 'source', value: 'personio', at: null }]);
});

it('a state of a newer hrsync is refused', () => {
  const database = oldState();
  database.pragma('user_version = 3');
  expect(() => migrate(database, file, [FIRST, SECOND])).toThrow(StateError);
  expect(versionOf(database)).toBe(3);
});

it('an older state is read as a migrated copy in memory, and stays as old as it was', () => {
  oldState().close();
  const before = readdirSync(folder);
  const copy = openForReading(file, 3);
  open.push(copy);
  migrate(copy, file, [FIRST, SECOND, THIRD]);
  expect(rows(copy)).toEqual([{ key: 'source', value: 'personio', at: 'today' }]);
  expect(readdirSync(folder)).toEqual(before);
  expect(versionOf(opened(file))).toBe(1);
});
