import type { Inbox, InboxEvent, WaitingEvent } from '../inbox.js';
import type { Database } from './database.js';
import { GroupCommit } from './group-commit.js';
import { inState } from './trouble.js';

/** Largest number of dealt-with events that are kept to recognise a late delivery: about 20 MB. */
const MOST_REMEMBERED = 100_000;
/** Rows deleted in one transaction: more would keep the server from answering for a noticeable time. */
const BATCH = 5_000;

/** The inbox on an open, migrated database of its own connection. */
export function createInbox(database: Database, file: string): Inbox {
  const insert = database.prepare<[string, string, string | null, string]>(
    'INSERT OR IGNORE INTO inbox (event_key, kind, employee_id, received_at) VALUES (?, ?, ?, ?)',
  );
  const waiting = database.prepare<[number], WaitingEvent>(
    `SELECT id, event_key AS key, kind, employee_id AS employeeId, received_at AS receivedAt FROM inbox
     WHERE done = 0 ORDER BY id LIMIT ?`,
  );
  const settle = database.prepare<[string]>(
    'UPDATE inbox SET done = 1 WHERE done = 0 AND id IN (SELECT value FROM json_each(?))',
  );
  // Not `done = ?`: only a literal lets SQLite use the index of that part.
  const countWaiting = database.prepare<[], number>('SELECT count(*) FROM inbox WHERE done = 0').pluck();
  const countDone = database.prepare<[], number>('SELECT count(*) FROM inbox WHERE done = 1').pluck();
  const countOld = database
    .prepare<[string], number>('SELECT count(*) FROM inbox WHERE done = 1 AND received_at < ?')
    .pluck();
  const removeOldest = database.prepare<[number]>(
    'DELETE FROM inbox WHERE id IN (SELECT id FROM inbox WHERE done = 1 ORDER BY received_at LIMIT ?)',
  );
  const size = new WaitingCount(database, () => countWaiting.get() ?? 0);
  const transact = (work: () => void): void =>
    size.commit(() => inState(file, () => database.transaction(work).immediate()));
  // The sender repeats an event that could not be written, so a later write may succeed.
  const group = new GroupCommit({ transact }, { goesOnAfterTrouble: true });
  const putOne = ({ key, kind, employeeId, receivedAt }: InboxEvent): boolean => {
    const { changes } = insert.run(key, kind, employeeId, receivedAt);
    size.add(changes);
    return changes === 1;
  };

  return {
    async put(events) {
      let isNew: boolean[] = [];
      await group.write(() => {
        isNew = events.map(putOne);
      });
      return isNew;
    },
    waiting: async (most) => inState(file, () => waiting.all(most)),
    countWaiting: async () => inState(file, () => size.now()),
    done: (ids) => group.write(() => size.add(-settle.run(JSON.stringify(ids)).changes)),
    async forget(before) {
      const old = inState(file, () => countOld.get(before) ?? 0);
      const excess = inState(file, () => countDone.get() ?? 0) - MOST_REMEMBERED;
      // Nothing is written where nothing is to go: this is asked for after every run.
      for (let left = Math.max(old, excess); left > 0; left -= BATCH)
        await group.write(() => void removeOldest.run(Math.min(left, BATCH)));
    },
    close: async () => void database.close(),
  };
}

/** The number of waiting events in memory. It is counted anew only after another connection wrote into the file. */
class WaitingCount {
  #count: number | null = null;
  #version: unknown = null;
  #change = 0;

  constructor(
    private readonly database: Database,
    private readonly recount: () => number,
  ) {}

  /** Takes note of a change within a transaction of this connection. */
  add(change: number): void {
    this.#change += change;
  }

  /** Runs a transaction; what it added counts once it is committed, and not at all when it fails. */
  commit(transaction: () => void): void {
    this.#change = 0;
    transaction();
    if (this.#count !== null) this.#count += this.#change;
  }

  now(): number {
    const version = this.database.pragma('data_version', { simple: true });
    if (this.#count === null || version !== this.#version) {
      this.#count = this.recount();
      this.#version = version;
    }
    return this.#count;
  }
}
