import { mkdirSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StateError } from '../../../src/errors.js';
import type { Inbox, InboxEvent } from '../../../src/store/inbox.js';
import { openInbox } from '../../../src/store/open.js';
import { MIGRATIONS } from '../../../src/store/sqlite/schema.js';
import { addScrubbing } from '../../../src/store/sqlite/stored-words.js';
import { AT } from './made-up.js';
import { IDENTITY, makeSqlitePlace, type SqlitePlace } from './sqlite-place.js';

let place: SqlitePlace;
const open: Inbox[] = [];
beforeEach(async () => {
  place = await makeSqlitePlace();
});
afterEach(async () => {
  for (const inbox of open.splice(0)) await inbox.close();
  await place.clear();
});

async function opened(): Promise<Inbox> {
  const inbox = await openInbox({
    place: { kind: 'file', file: place.file },
    identity: IDENTITY,
    now: () => new Date(AT),
  });
  open.push(inbox);
  return inbox;
}

const event = (key: string, receivedAt = AT): InboxEvent => ({ key, kind: 'person', employeeId: key, receivedAt });
const keysIn = async (inbox: Inbox) => (await inbox.waiting(100)).map(({ key }) => key);
const idOf = async (inbox: Inbox, key: string) =>
  (await inbox.waiting(100)).find((one) => one.key === key)?.id ?? Number.NaN;

/** Writes many events past the inbox, as earlier versions may have left them. */
function fill(count: number, { done, receivedAt }: { done: 0 | 1; receivedAt: string }): void {
  const database = new Sqlite(place.file);
  database
    .prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @count)
       INSERT INTO inbox (event_key, kind, employee_id, received_at, done)
       SELECT @receivedAt || ' ' || i, 'person', i, @receivedAt, ${done} FROM n`,
    )
    .run({ count, receivedAt });
  database.close();
}

function rowsIn(file: string): number {
  const database = new Sqlite(file, { readonly: true });
  const rows = database.prepare<[], number>('SELECT count(*) FROM inbox').pluck().get() ?? 0;
  database.close();
  return rows;
}

describe('done', () => {
  it('settles the events that it names, and none with a smaller id that was not seen', async () => {
    const inbox = await opened();
    await inbox.put([event('a'), event('b'), event('c')]);
    await inbox.done([await idOf(inbox, 'b'), await idOf(inbox, 'c')]);
    expect(await keysIn(inbox)).toEqual(['a']);
    expect(await inbox.countWaiting()).toBe(1);
  });

  it('of unknown ids, of none, or of the same ones again changes nothing', async () => {
    const inbox = await opened();
    await inbox.put([event('a'), event('b')]);
    const a = await idOf(inbox, 'a');
    for (const ids of [[], [a], [a, a, 4711]]) await inbox.done(ids);
    expect([await keysIn(inbox), await inbox.countWaiting()]).toEqual([['b'], 1]);
  });

  it('keeps an event in memory: it is not new when it comes again', async () => {
    const inbox = await opened();
    await inbox.put([event('a')]);
    await inbox.done([await idOf(inbox, 'a')]);
    expect(await inbox.put([event('a'), event('b'), event('b')])).toEqual([false, true, false]);
    expect(await inbox.countWaiting()).toBe(1);
  });

  it('outlasts the process, and so does what waits', async () => {
    const first = await opened();
    await first.put([event('a'), event('b')]);
    await first.done([await idOf(first, 'b')]);
    expect(await keysIn(await opened())).toEqual(['a']);
  });
});

describe('the number of waiting events', () => {
  it('is right beside another process that adds or erases some', async () => {
    const inbox = await opened();
    await inbox.put([event('a'), event('b')]);
    expect(await inbox.countWaiting()).toBe(2);
    const other = await opened();
    await Promise.all([other.put([event('c')]), inbox.put([event('d')])]);
    expect([await inbox.countWaiting(), await other.countWaiting()]).toEqual([4, 4]);
    const store = await place.open();
    await store.forget('a');
    await store.close();
    expect(await inbox.countWaiting()).toBe(3);
  });

  it('costs nothing that grows with what is kept, and neither does the list', async () => {
    const inbox = await opened();
    fill(300_000, { done: 1, receivedAt: AT });
    await inbox.put([event('a')]);
    await inbox.countWaiting();
    const database = new Sqlite(place.file, { readonly: true });
    const planOf = (sql: string) =>
      database
        .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => detail)
        .join();
    expect(planOf('SELECT count(*) FROM inbox WHERE done = 0')).toContain('INDEX inbox_waiting');
    expect(planOf('SELECT id FROM inbox WHERE done = 0 ORDER BY id LIMIT 20')).toContain('INDEX inbox_waiting');
    database.close();
  });
});

describe('forget', () => {
  it('takes what is old and dealt with, and never what waits', async () => {
    const inbox = await opened();
    await inbox.put([event('old', '2026-11-01T00:00:00Z'), event('older', '2026-10-01T00:00:00Z'), event('new')]);
    await inbox.done([await idOf(inbox, 'old'), await idOf(inbox, 'new')]);
    await inbox.forget('2026-11-10T00:00:00.000Z');
    expect(await keysIn(inbox)).toEqual(['older']);
    expect(await inbox.put([event('old'), event('new')])).toEqual([true, false]);
  });

  it('leaves a bounded number of newer ones, the newest', { timeout: 60_000 }, async () => {
    const inbox = await opened();
    fill(200_000, { done: 1, receivedAt: '2026-11-23T00:00:00.000Z' });
    fill(100_000, { done: 1, receivedAt: AT });
    await inbox.put([event('a')]);
    await inbox.forget('2026-11-10T00:00:00.000Z');
    expect(rowsIn(place.file)).toBe(100_001);
    expect(await inbox.put([event(`${AT} 1`), event('2026-11-23T00:00:00.000Z 1')])).toEqual([false, true]);
  });

  it('lets events in while it takes 300,000 old ones', { timeout: 60_000 }, async () => {
    const inbox = await opened();
    fill(300_000, { done: 1, receivedAt: '2026-01-01T00:00:00.000Z' });
    let isOver = false;
    const forgetting = inbox.forget('2026-11-10T00:00:00.000Z').finally(() => {
      isOver = true;
    });
    let taken = 0;
    for (; !isOver; taken += 1) await inbox.put([event(`new ${taken}`)]);
    await forgetting;
    expect(taken).toBeGreaterThan(20);
    expect(rowsIn(place.file)).toBe(await inbox.countWaiting());
  });
});

describe('an inbox', () => {
  it('that could not be written for a while takes events again afterwards', { timeout: 60_000 }, async () => {
    const inbox = await opened();
    const other = new Sqlite(place.file);
    other.exec('BEGIN IMMEDIATE');
    await expect(inbox.put([event('a')])).rejects.toThrow(StateError);
    other.exec('ROLLBACK');
    other.close();
    expect(await inbox.put([event('a')])).toEqual([true]);
    expect(await inbox.countWaiting()).toBe(1);
  });

  it('of an earlier version keeps what waited, and what was dealt with', async () => {
    mkdirSync(place.folder, { recursive: true });
    const database = new Sqlite(place.file);
    const earlier = MIGRATIONS.findIndex((step) => step.includes('inbox_dealt_with'));
    addScrubbing(database, []);
    database.exec(MIGRATIONS.slice(0, earlier).join('\n'));
    database.pragma(`user_version = ${earlier}`);
    for (const key of ['a', 'b', 'c'])
      database.exec(
        `INSERT INTO inbox (event_key, kind, employee_id, received_at) VALUES ('${key}', 'person', '1', '${AT}')`,
      );
    database.exec(`INSERT INTO meta (key, value) VALUES ('inbox_done', '2')`);
    database.close();
    const inbox = await opened();
    expect(await keysIn(inbox)).toEqual(['c']);
    expect(await inbox.put([event('a'), event('c')])).toEqual([false, false]);
  });
});
