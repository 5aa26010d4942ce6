import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LockedError, StateError, UsageError } from '../../../src/errors.js';
import { exportState, importState, openStore } from '../../../src/store/open.js';
import { acquireLock as lockFile } from '../../../src/store/sqlite/lock.js';
import { MIGRATIONS } from '../../../src/store/sqlite/schema.js';
import { makeDatabase, NO_POSTGRES, type TestDatabase } from '../../support/postgres.js';
import { AT, failure, ids, intent, invitation, person, settlement, skip, snapshot } from './made-up.js';
import { makePostgresPlace, type PostgresPlace } from './postgres-place.js';

describe.skipIf(NO_POSTGRES !== null)('moving a state', () => {
  let database: TestDatabase;
  let place: PostgresPlace;
  let folder: string;
  let file: string;
  beforeAll(async () => {
    database = await makeDatabase();
  });
  beforeEach(() => {
    place = makePostgresPlace(database);
    folder = mkdtempSync(join(tmpdir(), 'hrsync-move-'));
    file = join(folder, 'acme.db');
  });
  afterEach(async () => {
    await place.clear();
    rmSync(folder, { recursive: true });
  });

  const move = () => ({ identity: place.options.identity, now: () => new Date(AT), secrets: [] });
  const inFile = (path: string) => ({ ...place.options, place: { kind: 'file', file: path } as const });

  /** A state file with something in every table. */
  async function fill(path: string): Promise<void> {
    const store = await openStore({ ...inFile(path), mode: 'write' });
    const run = await store.startRun({ command: 'import-all', startedAt: AT });
    await store.putSnapshots(ids(1, 2_500).map((id) => snapshot(id, { name: `N\0${id}`.replace('\0', '') })));
    await store.putSnapshots([
      snapshot('1', { email: 'moved@acme.example', linkedByHand: true, missingSince: '2026-11-01' }),
    ]);
    await store.keepFirstRead('2026-11-01', ['7', '9999']);
    for (const id of ['1', '2']) {
      const [attempt = 0] = await store.begin([intent(id, { run, invites: true })]);
      await store.settle([settlement(attempt, { invitation: invitation(id) })]);
    }
    const [failed = 0] = await store.begin([intent('3', { run })]);
    await store.settle([settlement(failed, { outcome: 'failed', error: 'no', failure: failure('3') })]);
    await store.begin([intent('4', { run })]);
    await store.putEndings(null, [{ employee: person('5'), since: '2026-11-01', because: 'left', why: null }]);
    await store.setToldCorrections([{ digest: 'd', employeeId: '6' }], AT);
    const refusal = [{ kind: 'deactivate' as const, planned: 3, allowed: 1, of: 9, people: [person('8')] }];
    const ended = {
      finishedAt: AT,
      exitCode: 5,
      employees: 9,
      inScope: 9,
      complete: true,
      whole: true,
      counts: { create: 1 },
    };
    await store.finishRun(
      { number: run, ...ended, error: null, refusal },
      {
        schedule: [{ kind: 'invite', employee: person('2'), on: '2026-12-01' }],
        skips: { forget: null, add: [skip('10'), skip('11', { employee: { id: '11', email: null, name: null } })] },
        undone: { forget: null, add: ['12'] },
        leftOut: ['13'],
        units: [{ employeeId: '1', unit: 'Berlin' }],
        marks: { changesUntil: AT, everybodyAt: AT, filledFields: { job_title: 3 } },
      },
    );
    await store.close();
    const raw = new Sqlite(path);
    raw.exec(
      `INSERT INTO inbox (event_key, kind, employee_id, received_at, done) VALUES ('k1', 'person', '1', '${AT}', 1), ('k2', 'changed', NULL, '${AT}', 0)`,
    );
    raw.close();
  }

  /** Every row of a state file but what says where it is. */
  function contentsOf(path: string): Readonly<Record<string, unknown[]>> {
    const raw = new Sqlite(path, { readonly: true });
    const tables = raw
      .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
      .pluck()
      .all();
    const contents = tables.map((table) => {
      const where = table === 'meta' ? `WHERE key <> 'moved_to'` : '';
      return [
        table,
        raw
          .prepare(`SELECT * FROM ${table} ${where}`)
          .all()
          .map((row) => JSON.stringify(row))
          .sort(),
      ];
    });
    raw.close();
    return Object.fromEntries(contents);
  }

  it('there and back leaves it as it was, and what is left behind refuses further runs', async () => {
    await fill(file);
    const before = contentsOf(file);
    expect(
      Object.entries(before)
        .filter(([, rows]) => rows.length === 0)
        .map(([table]) => table),
    ).toEqual([]);
    expect(await importState(file, place.place, move())).toEqual({ accounts: 2_500, attempts: 4, runs: 1 });
    for (const mode of ['read', 'write'] as const)
      await expect(openStore({ ...inFile(file), mode })).rejects.toMatchObject({ problem: { kind: 'moved' } });
    const store = await place.open();
    expect(await store.countSnapshots()).toMatchObject({ active: 2_500 });
    expect(await store.nextRunNumber()).toBe(2);
    await store.putSnapshots([
      snapshot('1', { email: 'moved@acme.example', linkedByHand: true, missingSince: '2026-11-01' }),
    ]);
    await store.close();
    await place.clear();
    const back = join(folder, 'back.db');
    await exportState(place.place, back, move());
    expect(contentsOf(back)).toEqual(before);
    await expect(openStore({ ...place.options, mode: 'read' })).rejects.toMatchObject({
      problem: { kind: 'moved', to: back },
    });
    await (await openStore({ ...inFile(back), mode: 'write' })).close();
  });

  it('takes the place of what an earlier move left behind, in the database and in a file', async () => {
    await fill(file);
    const before = contentsOf(file);
    await importState(file, place.place, move());
    await exportState(place.place, file, move());
    expect(contentsOf(file)).toEqual(before);
    await importState(file, place.place, move());
    const store = await openStore({ ...place.options, mode: 'read' });
    expect(await store.countSnapshots()).toMatchObject({ active: 2_500 });
    await store.close();
  });

  it('refuses to replace a state that is in use, and changes nothing', async () => {
    await fill(file);
    const other = join(folder, 'other.db');
    await fill(other);
    await importState(file, place.place, move());
    await expect(importState(other, place.place, move())).rejects.toThrow(UsageError);
    await (await openStore({ ...inFile(other), mode: 'write' })).close();
    await expect(exportState(place.place, other, move())).rejects.toThrow(UsageError);
    await (await openStore({ ...place.options, mode: 'read' })).close();
  });

  it('refuses a state of another connector, a file that is not there, and one whose tables are of a newer hrsync', async () => {
    await expect(importState(file, place.place, move())).rejects.toThrow(StateError);
    expect(existsSync(file)).toBe(false);
    await fill(file);
    const foreign = { ...move(), identity: { ...move().identity, target: 'another LMS' } };
    await expect(importState(file, place.place, foreign)).rejects.toMatchObject({ problem: { kind: 'foreign' } });
    const raw = new Sqlite(file);
    raw.pragma(`user_version = ${MIGRATIONS.length + 1}`);
    raw.close();
    await expect(importState(file, place.place, move())).rejects.toMatchObject({ problem: { kind: 'newer' } });
  });

  it('happens under the lock of the file and the lease of the connector', async () => {
    await fill(file);
    const lock = lockFile(file, () => new Date());
    await expect(importState(file, place.place, move())).rejects.toThrow(LockedError);
    await lock.release();
    await place.lease();
    await expect(importState(file, place.place, move())).rejects.toThrow(LockedError);
    await (await openStore({ ...inFile(file), mode: 'write' })).close();
  });

  it('that was broken off before the database had it is done by doing it again', async () => {
    await fill(file);
    const raw = new Sqlite(file);
    const { url, connector } = place.place;
    const shown = url.replace(/\/\/[^@]*@/, '//');
    raw.prepare(`INSERT INTO meta VALUES ('moved_to', ?)`).run(`${shown} (connector ${connector})`);
    raw.close();
    expect(await importState(file, place.place, move())).toMatchObject({ accounts: 2_500 });
  });
});
