import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '../../../src/store/sqlite/migrate.js';
import { MIGRATIONS } from '../../../src/store/sqlite/schema.js';

describe('a state from before accounts could be pending', () => {
  let folder: string;
  let database: Sqlite.Database;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hrsync-pending-'));
    database = new Sqlite(join(folder, 'acme.db'));
  });
  afterEach(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });

  const put = (row: number, state: string) =>
    database
      .prepare(
        `INSERT INTO snapshot (row, employee_id, account_id, state, fields, missing_runs) VALUES (?, ?, ?, ?, '{}', 0)`,
      )
      .run(row, `e${row}`, `a${row}`, state);

  it('keeps every row under its number, and takes pending ones afterwards', () => {
    migrate(database, join(folder, 'acme.db'), MIGRATIONS.slice(0, 1));
    put(3, 'active');
    put(9, 'deleted');
    expect(() => put(10, 'pending')).toThrow(/CHECK/);
    migrate(database, join(folder, 'acme.db'), MIGRATIONS);
    put(10, 'pending');
    const rows = database.prepare('SELECT row, employee_id, account_id, state FROM snapshot ORDER BY row').all();
    expect(rows).toEqual([
      { row: 3, employee_id: 'e3', account_id: 'a3', state: 'active' },
      { row: 9, employee_id: 'e9', account_id: 'a9', state: 'deleted' },
      { row: 10, employee_id: 'e10', account_id: 'a10', state: 'pending' },
    ]);
    const indexes = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL`).pluck();
    expect(indexes.all()).toEqual(
      expect.arrayContaining(['snapshot_key', 'snapshot_account', 'snapshot_email', 'snapshot_manager']),
    );
  });
});
