import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { StateError } from '../../../src/errors.js';
import { openInbox, openStore } from '../../../src/store/open.js';
import { INBOX_QUERIES } from '../../../src/store/postgres/inbox.js';
import { PEOPLE } from '../../../src/store/postgres/schema.js';
import { JOURNAL_QUERIES } from '../../../src/store/postgres/tables/journal.js';
import { SNAPSHOT_QUERIES } from '../../../src/store/postgres/tables/snapshots.js';
import { PASSWORD } from '../../support/postgres/server.js';
import { makeDatabase, NO_POSTGRES, type TestDatabase } from '../../support/postgres.js';
import { AT, allOf, ids, intent, invitation, remember, settlement, skip, snapshot } from './made-up.js';
import { makePostgresPlace, type PostgresPlace } from './postgres-place.js';

describe.skipIf(NO_POSTGRES !== null)('rows in PostgreSQL', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await makeDatabase();
    // The tables, for whatever test comes first.
    const place = makePostgresPlace(database);
    await (await place.open()).close();
    await place.clear();
  });

  async function filled(count = 1): Promise<PostgresPlace> {
    const place = makePostgresPlace(database);
    const store = await place.open();
    await store.putSnapshots(ids(1, count).map((id) => snapshot(id)));
    const [id = 0] = await store.begin([intent('1')]);
    await store.settle([settlement(id, { invitation: invitation('1') })]);
    await remember(store, { skips: { forget: null, add: [skip('2')] }, leftOut: ['1'] });
    await store.close();
    return place;
  }

  /** Asks as the role that owns the tables, not as the superuser, who sees past everything. */
  async function asOwner(connector: string | null, sql: string): Promise<readonly Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      if (connector !== null) await client.query(`SELECT set_config('hrsync.connector', $1, false)`, [connector]);
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  it('are seen by sessions of their own connector alone, and by none that names no connector', async () => {
    const [one, other] = [await filled(), await filled()];
    for (const table of PEOPLE) {
      expect(await asOwner(null, `SELECT * FROM hrsync.${table}`), table).toEqual([]);
      const strangers = `SELECT * FROM hrsync.${table} WHERE connector <> '${one.place.connector}'`;
      expect(await asOwner(one.place.connector, strangers), table).toEqual([]);
    }
    const count = 'SELECT count(*)::integer AS count FROM hrsync.snapshot';
    expect(await asOwner(other.place.connector, count)).toEqual([{ count: 1 }]);
    const plant = `INSERT INTO hrsync.undone VALUES ('${other.place.connector}', '1')`;
    await expect(asOwner(one.place.connector, plant)).rejects.toThrow('row-level security');
    await Promise.all([one.clear(), other.clear()]);
  });

  it('have forced row level security in every table that has a person in it', async () => {
    const tables = await database.sql(
      `SELECT DISTINCT c.relname AS name, c.relforcerowsecurity AND c.relrowsecurity AS forced FROM pg_class c
       JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relnamespace = 'hrsync'::regnamespace AND c.relkind = 'r'
       AND a.attname IN ('employee_id', 'email_key', 'value', 'fields')`,
    );
    expect(tables.length).toBeGreaterThan(10);
    expect(tables.filter(({ forced }) => forced !== true)).toEqual([]);
  });

  it('take U+0000 from anywhere: fields keep it, in other texts a mark stands for it', async () => {
    const place = makePostgresPlace(database);
    const store = await place.open();
    const fields = { job_title: 'En\0gineer', tags: ['a\0'] };
    await store.putSnapshots([snapshot('1', { name: 'A\0da', fields })]);
    const [id = 0] = await store.begin([
      intent('1\0', { because: 'x\0y', fields: { job_title: { before: '\0', after: '' } } }),
    ]);
    await store.settle([settlement(id, { outcome: 'failed', error: 'said \0' })]);
    expect(await store.snapshotsOf(['1'])).toMatchObject([{ name: 'A\uFFFDda', fields }]);
    expect(await allOf(store.journal({ employeeId: '1\0' }))).toMatchObject([
      { because: 'x\uFFFDy', error: 'said \uFFFD' },
    ]);
    // What reads the fields as JSON takes it as well.
    expect(await store.countPartial(AT)).toEqual({});
    await store.close();
    await place.clear();
  });

  it('are found by their own index on a connector that the statistics do not know', { timeout: 120_000 }, async () => {
    const place = makePostgresPlace(database);
    const { connector } = place.place;
    await (await place.open()).close();
    // Others that the statistics do know: of this one the planner expects a single row.
    await database.sql(
      `INSERT INTO hrsync.snapshot (connector, row, employee_id, account_id, state, email_key, manager, fields, linked_by_hand, missing_runs)
       SELECT 'known' || (i % 20), i, i::text, 'a' || i, 'active', i || '@acme.example', (i % 50)::text, '{}', false, 0
       FROM generate_series(1, 20000) i`,
    );
    await database.sql('ANALYZE hrsync.snapshot');
    await database.sql(
      `INSERT INTO hrsync.snapshot (connector, row, employee_id, account_id, state, email_key, manager, fields, linked_by_hand, missing_runs)
       SELECT $1, i, i::text, 'a' || i, 'active', i || '@acme.example', (i % 5000)::text, '{}', false, 0
       FROM generate_series(1, 30000) i`,
      [connector],
    );
    await database.sql(
      `INSERT INTO hrsync.journal (connector, id, run, kind, employee_id, invites, fields, because, at, outcome)
       SELECT $1, i, i % 300, 'update', (i % 5000)::text, false, '{}', '', '${AT}', 'done' FROM generate_series(1, 30000) i`,
      [connector],
    );
    const asked = ids(1, 500);
    const list = `'{${asked.join(',')}}'::text[]`;
    const addresses = `'{${asked.map((id) => `${id}@acme.example`).join(',')}}'::text[]`;
    const accounts = `'{${asked.map((id) => `a${id}`).join(',')}}'::text[]`;
    const queries: readonly (readonly [string, string, readonly string[]])[] = [
      ['keysOf', SNAPSHOT_QUERIES.keysOf, [list]],
      ['of', SNAPSHOT_QUERIES.of, [list]],
      ['byEmail', SNAPSHOT_QUERIES.byEmail, [addresses]],
      ['byAccount', SNAPSHOT_QUERIES.byAccount, [accounts]],
      ['byFormerAccount', SNAPSHOT_QUERIES.byFormerAccount, [accounts]],
      ['byManager', SNAPSHOT_QUERIES.byManager, [list]],
      ['after', SNAPSHOT_QUERIES.after, ['20000']],
      ['openAfter', SNAPSHOT_QUERIES.openAfter, [`'2'`]],
      ['ofRun', JOURNAL_QUERIES.ofRun, ['7', '0']],
      ['ofEmployee', JOURNAL_QUERIES.ofEmployee, [`'7'`, '0']],
      ['closed', JOURNAL_QUERIES.closed, [`'2'`, `'${AT}'`]],
      ['waiting', INBOX_QUERIES.waiting, ['20']],
    ];
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(`SELECT set_config('hrsync.connector', $1, false), set_config('search_path', 'hrsync', false)`, [
      connector,
    ]);
    for (const [name, query, values] of queries) {
      const text = [`'${connector}'`, ...values].reduce(
        (sql, value, index) => sql.replaceAll(`$${index + 1}`, () => value),
        query,
      );
      const { rows } = await client.query(`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`);
      const plan = JSON.stringify(rows[0]['QUERY PLAN']);
      expect(plan, name).not.toContain('Seq Scan');
      // Rows that an index gave and a filter threw away, over all loops.
      const wasted = nodesIn(rows[0]['QUERY PLAN'][0].Plan).map(
        (node) => Number(node['Rows Removed by Filter'] ?? 0) * Number(node['Actual Loops'] ?? 1),
      );
      // Closed accounts have no index of their own: all accounts are looked at, once.
      expect(Math.max(...wasted), `${name}: ${plan}`).toBeLessThan(name === 'closed' ? 40_000 : 2_000);
    }
    await client.end();
    await place.clear();
  });

  it('of the inbox are all seen when two doors write at once, also the one that commits last with a smaller id', async () => {
    const place = makePostgresPlace(database);
    const [one, other] = [await openInbox(place.options), await openInbox(place.options)];
    const event = (key: string) => ({ key, kind: 'person' as const, employeeId: key, receivedAt: AT });
    const slow = new pg.Client({ connectionString: database.url });
    await slow.connect();
    await slow.query(`SELECT set_config('hrsync.connector', $1, false)`, [place.place.connector]);
    await slow.query('BEGIN');
    await slow.query(
      `INSERT INTO hrsync.inbox (connector, event_key, kind, employee_id, received_at) VALUES ($1, 'slow', 'person', '9', $2)`,
      [place.place.connector, AT],
    );
    const news = await Promise.all([
      one.put([event('a'), event('b')]),
      other.put([event('b'), event('a'), event('c')]),
    ]);
    expect(news.flat().filter(Boolean)).toHaveLength(3);
    const seen = await one.waiting(100);
    expect(seen.map(({ key }) => key).sort()).toEqual(['a', 'b', 'c']);
    await one.done(seen.map(({ id }) => id));
    await slow.query('COMMIT');
    await slow.end();
    expect((await other.waiting(100)).map(({ key }) => key)).toEqual(['slow']);
    expect([await one.countWaiting(), await other.countWaiting()]).toEqual([1, 1]);
    expect(await one.put([event('a'), event('d'), event('d')])).toEqual([false, true, false]);
    await one.forget('2026-12-10T00:00:00.000Z');
    expect(await one.put([event('a')]), 'what was forgotten is new again').toEqual([true]);
    await Promise.all([one.close(), other.close()]);
  });

  it('of another HR system or LMS are refused, and those of a rekey are not', async () => {
    const place = await filled();
    await place.clear();
    const foreign = { ...place.options.identity, source: 'csv' };
    const problem = { kind: 'foreign', holds: place.options.identity.source, expected: 'csv' };
    const read = { ...place.options, identity: foreign, mode: 'read' } as const;
    await expect(openStore(read)).rejects.toMatchObject({ problem });
    const store = await openStore({ ...read, anySource: true });
    expect(await store.heldSource()).toBe(place.options.identity.source);
    await store.close();
  });

  it('are written by a role that owns nothing and may read and write rows only', async () => {
    const role = `worker_${randomUUID().replaceAll('-', '')}`;
    await database.sql(`CREATE ROLE ${role} LOGIN PASSWORD '${PASSWORD}'; GRANT USAGE ON SCHEMA hrsync TO ${role};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA hrsync TO ${role}`);
    const place = makePostgresPlace({ url: database.url.replace('hrsync_test:', `${role}:`) });
    const store = await place.open();
    await store.putSnapshots([snapshot('1')]);
    const run = await store.startRun({ command: 'import-all', startedAt: AT });
    const [id = 0] = await store.begin([intent('1', { run })]);
    await store.settle([settlement(id, { snapshot: snapshot('1', { email: 'moved@acme.example' }) })]);
    await remember(store, { undone: { forget: null, add: ['1'] } });
    const inbox = await openInbox(place.options);
    expect(await inbox.put([{ key: 'k', kind: 'person', employeeId: '1', receivedAt: AT }])).toEqual([true]);
    await inbox.close();
    expect(await store.forget('1')).toMatchObject({ accounts: 1, attempts: 1 });
    await store.close();
    await place.clear();
  });

  it('cannot be written by a store that only reads', async () => {
    const place = await filled();
    const store = await place.open('read');
    await expect(store.putSnapshots([snapshot('2')])).rejects.toThrow(StateError);
    await expect(store.begin([intent('1')])).rejects.toThrow(StateError);
    expect((await allOf(store.snapshots())).length).toBe(1);
    await store.close();
    await place.clear();
  });

  it('stand as they were after a rehearsal, which sees what it writes and holds no lock', async () => {
    const place = await filled(1_200);
    const rehearsal = await openStore({ ...place.options, mode: 'rehearse' });
    const writer = await place.open();
    await rehearsal.putSnapshots([snapshot('1', { name: 'Somebody else' })]);
    // Nothing of the rehearsal stands in the way of who writes or alters.
    await writer.putSnapshots([snapshot('2', { name: 'Another' })]);
    expect(await rehearsal.snapshotsOf(['1', '2'])).toMatchObject([{ name: 'Somebody else' }, { name: 'Person 2' }]);
    expect(await writer.snapshotsOf(['1', '2'])).toMatchObject([{ name: 'Person 1' }, { name: 'Another' }]);
    expect(await allOf(rehearsal.journal({ employeeId: '1' }))).toHaveLength(1);
    await Promise.all([rehearsal.close(), writer.close()]);
    await place.clear();
  });
});

describe.skipIf(NO_POSTGRES !== null)('a database that cannot be used', () => {
  const options = (url: string) => ({
    place: { kind: 'database', url, connector: randomUUID(), lease: { lasts: 1_000, grace: 1_000 } } as const,
    identity: { name: 'acme', source: 'a', target: 'b' },
    now: () => new Date(AT),
  });

  it('is told without its password, whatever is wrong', async () => {
    const { url, name, server } = await makeDatabase();
    const wrong: readonly (readonly [string, string, string])[] = [
      ['unreachable', 'nothing listens there', url.replace(`:${server.port}/`, ':1/')],
      ['unreachable', 'it refused user or password', url.replace(PASSWORD, `${PASSWORD}x`)],
      ['unreachable', 'there is no such database', url.replace(name, 'nothing')],
      ['address', 'does not prove whom', url.replace('127.0.0.1', 'db.acme.example').concat('?sslmode=require')],
      ['address', 'it sets target_session_attrs', `${url}?target_session_attrs=any`],
      ['address', 'must name a user', url.replace(/hrsync_test:[^@]*@/, '')],
    ];
    for (const [kind, detail, address] of wrong) {
      const error = await openStore({ ...options(address), mode: 'read' }).catch((one: unknown) => one);
      expect(error, detail).toMatchObject({ name: 'DatabaseError', exitCode: 1, problem: { kind } });
      expect(JSON.stringify(error), detail).toContain(detail);
      const everything = `${JSON.stringify(error)} ${String(error)} ${error instanceof Error ? `${error.stack} ${String(error.cause)}` : ''}`;
      expect(everything, detail).not.toContain(PASSWORD);
    }
  });

  it('and holds no tables reads as empty, and stays so', async () => {
    const database = await makeDatabase();
    for (const mode of ['read', 'rehearse'] as const) {
      const store = await openStore({ ...options(database.url), mode });
      expect(await store.runs(1)).toEqual([]);
      await store.close();
    }
    expect(await database.sql(`SELECT to_regnamespace('hrsync') AS there`)).toEqual([{ there: null }]);
  });
});

interface PlanNode extends Readonly<Record<string, unknown>> {
  readonly Plans?: readonly PlanNode[];
}

function nodesIn(node: PlanNode): readonly PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesIn)];
}
