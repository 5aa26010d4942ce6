import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { test } from '../../support/connector.js';
import { plainPerson } from '../../support/people.js';
import { PASSWORD } from '../../support/postgres/server.js';
import { NO_POSTGRES } from '../../support/postgres.js';
import { CONFIG, DatabaseConnector } from './state.js';

const timeout = 180_000;

describe.skipIf(NO_POSTGRES !== null)('nights with the state in PostgreSQL', () => {
  /** A digest of everything in the database, leases included. */
  async function digestOf({ database }: DatabaseConnector): Promise<string> {
    const tables = await database.sql(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = to_regnamespace('hrsync') AND relkind = 'r' ORDER BY 1`,
    );
    const parts: string[] = [];
    for (const { name } of tables) {
      const [row] = await database.sql(
        `SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) AS digest FROM hrsync.${name} t`,
      );
      parts.push(`${name} ${row?.['digest']}`);
    }
    return parts.join('\n');
  }

  test('go as those with a file: a first import, a quiet night, a change, a leaver', { timeout }, async ({
    connect,
  }) => {
    const on = await DatabaseConnector.open(connect, { concurrency: 4, company: { size: 24 } });
    const { connector } = on;
    const first = await connector.imported();
    expect(first.changes.length).toBeGreaterThan(10);
    connector.takeWrites();
    expect((await connector.imported()).changes).toEqual([]);
    expect(connector.takeWrites()).toEqual([]);
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'promote', person: person.id, to: 'Principal' });
    expect((await connector.imported()).changes).toMatchObject([{ kind: 'update', outcome: 'done' }]);
    expect(connector.account(person).jobTitle).toBe('Principal');
    connector.hr.apply({ kind: 'set_status', person: person.id, status: 'inactive' });
    expect((await connector.imported()).changes).toMatchObject([{ kind: 'deactivate', outcome: 'done' }]);
    const { stdout } = await on.run('runs', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ runs: [{ number: 4 }, { number: 3 }, { number: 2 }, { number: 1 }] });
    const reverted = await on.run('revert', '4');
    expect(reverted.code, reverted.stderr).toBe(0);
    const forgotten = await on.run('forget', String(person.id), '--leave-account-open');
    expect(forgotten.code, forgotten.stderr).toBe(0);
    expect(await on.database.sql('SELECT 1 FROM hrsync.journal WHERE employee_id = $1', [String(person.id)])).toEqual(
      [],
    );
  });

  test('leave nothing behind where a command only looks, not even in an empty database, and need no lease', {
    timeout,
  }, async ({ connect }) => {
    const on = await DatabaseConnector.open(connect);
    const look = [
      ['import-all', '--dry-run'],
      ['status'],
      ['runs'],
      ['check'],
      ['verify'],
      ['prune', '--older-than', '1d', '--dry-run'],
    ];
    for (const args of look) {
      const { code, stderr } = await on.run(...args);
      expect(args[0] === 'verify' ? code === 1 : code === 0, `${args}: ${code} ${stderr}`).toBe(true);
      expect(await on.database.sql(`SELECT to_regnamespace('hrsync') AS there`), String(args)).toEqual([
        { there: null },
      ]);
    }
    await on.connector.imported();
    await on.database.sql(
      `UPDATE hrsync.lease SET token = gen_random_uuid(), host = 'host-b', process = 4711, since = now(), until = now() + interval '30 seconds'`,
    );
    const before = await digestOf(on);
    const person = String(plainPerson(on.connector.company).id);
    for (const args of [
      ...look,
      ['explain', person],
      ['explain', person, '--fresh'],
      ['fleet', 'migrate', '--dry-run'],
    ]) {
      const { code, stderr } = await on.run(...args);
      expect(code, `${args}: ${stderr}`).toBe(0);
      expect(await digestOf(on), String(args)).toBe(before);
    }
  });

  test('end with 7 at once while another holds the lease, and name host, process, start and the latest end', {
    timeout,
  }, async ({ connect }) => {
    const on = await DatabaseConnector.open(connect);
    await on.connector.imported();
    await on.database.sql(
      `UPDATE hrsync.lease SET token = gen_random_uuid(), host = 'host-b', process = 4711, since = '2026-11-24T02:00:05Z',
        until = '2126-11-24T02:00:30Z', grace = interval '45 seconds'`,
    );
    on.connector.takeRequests();
    const { code, stderr } = await on.run('import-all');
    expect(code).toBe(7);
    expect(stderr).toContain('process 4711 on host-b since 2026-11-24 02:00 UTC');
    expect(stderr).toContain('2126-11-24 02:01:15 UTC');
    expect(on.connector.takeRequests()).toEqual([]);
  });

  test('end with 1 and one sentence while the database cannot be reached', { timeout }, async ({ connect }) => {
    const on = await DatabaseConnector.open(connect);
    on.proxy.leave();
    for (const args of [['import-all'], ['import-all', '--dry-run'], ['status']]) {
      const { code, stderr } = await on.start(...args).ended;
      expect(code, stderr).toBe(1);
      expect(stderr).toContain('The database postgres://127.0.0.1:');
      expect(stderr).not.toContain(PASSWORD);
      expect(stderr).not.toContain('hrsync_test');
    }
    expect(on.connector.takeRequests()).toEqual([]);
  });

  test('need tables of their version, and say which command makes them so', { timeout }, async ({ connect }) => {
    const on = await DatabaseConnector.open(connect);
    const made = await on.run('fleet', 'migrate', '--json');
    expect(JSON.parse(made.stdout)).toMatchObject({ before: 0, changed: true });
    expect(JSON.parse((await on.run('fleet', 'migrate', '--json')).stdout)).toMatchObject({ changed: false });
    await on.database.sql('UPDATE hrsync.fleet SET schema_version = schema_version - 1');
    const [{ version } = {}] = await on.database.sql('SELECT schema_version AS version FROM hrsync.fleet');
    if (Number(version) > 0) {
      const old = await on.run('import-all');
      expect([old.code, old.stderr.includes('hrsync fleet migrate')]).toEqual([1, true]);
    }
    await on.database.sql('UPDATE hrsync.fleet SET schema_version = 99, least_version = 98');
    const newer = await on.run('import-all');
    expect([newer.code, newer.stderr.includes('Update hrsync')]).toEqual([1, true]);
    // A newer version that says that this one may go on.
    await on.database.sql('UPDATE hrsync.fleet SET least_version = 1');
    await on.connector.imported();
  });

  test('refuse a config whose lease cannot be kept', { timeout }, async ({ connect }) => {
    const on = await DatabaseConnector.open(connect);
    const { connector } = on;
    for (const [changes, complaint] of [
      [{ ...CONFIG, target: { timeout_seconds: 7 } }, 'target.timeout_seconds (7)'],
      [{ ...CONFIG, source: { timeout_seconds: 60 } }, 'source.timeout_seconds (60)'],
      [{ document: { lease: { for: '30s' } } }, 'belongs to a state in PostgreSQL'],
      [{ ...CONFIG, document: { ...CONFIG.document, lease: { for: '1s', grace: '45s' } } }, 'at least 3s'],
    ] as const) {
      await connector.configure(changes);
      const { code, stderr } = await on.run('import-all');
      expect(code, stderr).toBe(2);
      expect(stderr).toContain(complaint);
    }
  });

  test('name the command that installs the driver where it is missing', { timeout }, async ({ connect }) => {
    const on = await DatabaseConnector.open(connect);
    const preload = `--import=${new URL('./without-pg.js', import.meta.url).href}`;
    const { code, stderr } = await on.connector.start(['import-all'], { NODE_OPTIONS: preload }).ended;
    expect(code).toBe(1);
    expect(stderr).toContain('Run "npm install pg"');
  });

  test('go on after a state was moved from a file into the database, and back', { timeout }, async ({ connect }) => {
    const on = await DatabaseConnector.open(connect);
    const { connector } = on;
    await connector.configure({ safety: CONFIG.safety });
    await connector.imported();
    const quiet = async () => {
      connector.takeWrites();
      expect((await connector.imported()).changes).toEqual([]);
      expect(connector.takeWrites()).toEqual([]);
    };
    await connector.configure(CONFIG);
    const wrong = await on.run('fleet', 'import', 'other', 'state/acme.db');
    expect(wrong.code).toBe(2);
    const moved = await on.run('fleet', 'import', 'acme', 'state/acme.db');
    expect(moved.code, moved.stderr).toBe(0);
    expect(moved.stdout).toContain('marked as moved');
    await quiet();
    await connector.configure({ safety: CONFIG.safety });
    const left = await on.run('import-all');
    expect([left.code, left.stderr.includes('was moved to postgres://')]).toEqual([1, true]);
    await connector.configure(CONFIG);
    const back = await on.run('fleet', 'export', 'acme', 'state/acme.db');
    expect(back.code, back.stderr).toBe(0);
    const gone = await on.run('import-all');
    expect([gone.code, gone.stderr.includes('was moved to')]).toEqual([1, true]);
    await connector.configure({ safety: CONFIG.safety });
    await quiet();
    await writeFile(join(connector.folder, 'taken.db'), '');
    await connector.configure(CONFIG);
    expect((await on.run('fleet', 'import', 'acme', 'nothing.db')).code).toBe(1);
  });
});
