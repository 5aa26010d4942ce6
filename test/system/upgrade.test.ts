import { chmodSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect } from 'vitest';
import { MIGRATIONS } from '../../src/store/sqlite/schema.js';
import { addScrubbing } from '../../src/store/sqlite/stored-words.js';
import { day, test } from '../support/connector.js';
import { heldAccounts } from '../support/expected.js';
import { rowsOfPart } from '../support/part.js';
import { hire, plainPerson } from '../support/people.js';

/** Makes a state what an hrsync would have written that knew the first so many steps of the schema. */
function makeOlder(file: string, version: number): void {
  const newer = `${file}-newer`;
  renameSync(file, newer);
  const database = new Sqlite(file);
  addScrubbing(database, []);
  database.exec(MIGRATIONS.slice(0, version).join('\n'));
  database.pragma(`user_version = ${version}`);
  database.exec(`ATTACH '${newer}' AS newer`);
  const tables = database.prepare<[], string>(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
  );
  for (const table of tables.pluck().all()) {
    const columns = database
      .prepare<[], string>(`SELECT name FROM pragma_table_info('${table}')`)
      .pluck()
      .all()
      .join(', ');
    database.exec(`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM newer.${table}`);
  }
  database.exec('DETACH newer');
  database.pragma('journal_mode = WAL');
  database.close();
  rmSync(newer);
  chmodSync(file, 0o600);
}

describe('upgrading', () => {
  test.for(rowsOfPart(MIGRATIONS.slice(1).map((_, index) => index + 1)))(
    'keeps a state of schema %i: it is read as it is, backed up before it is changed, and nothing is sent again',
    async (version, { connect }) => {
      const connector = await connect({ people: 20, config: { invitations: { existing_staff: 'send' } } });
      hire(connector, 'Tomorrow', day(5));
      await connector.imported();
      const [accounts, mails] = [heldAccounts(connector), connector.mailed.length];
      makeOlder(connector.stateFile, version);
      const old = readFileSync(connector.stateFile);
      connector.takeRequests();

      const status = await connector.run(['status']);
      expect(status.code, status.stderr).toBe(0);
      expect(status.stdout).toMatch(/Last run +run 1 /);
      expect((await connector.run(['import-all', '--dry-run'])).stdout).toContain('nothing to do');
      expect(readFileSync(connector.stateFile).equals(old)).toBe(true);

      expect((await connector.imported()).changes).toEqual([]);
      expect(connector.takeRequests()).toEqual([]);
      expect(heldAccounts(connector)).toEqual(accounts);
      expect(connector.mailed).toHaveLength(mails);
      expect(readdirSync(dirname(connector.stateFile))).toContain(`acme.db.v${version}-backup`);
      const promoted = plainPerson(connector.company);
      connector.hr.apply({ kind: 'promote', person: promoted.id, to: 'Lead' });
      expect((await connector.imported()).summary).toMatchObject({ update: 1, scheduled: 1 });
      const runs = await connector.run(['runs', '1', '--json']);
      expect(JSON.parse(runs.stdout)).toHaveProperty('changes.length', Object.keys(accounts).length);
    },
  );
});
