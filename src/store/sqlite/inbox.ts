import type { Inbox, InboxEvent, WaitingEvent } from '../inbox.js';
import type { Database } from './database.js';
import { GroupCommit } from './group-commit.js';
import { metaTable } from './meta.js';
import { inState } from './trouble.js';

const DONE = 'inbox_done';

/** The inbox on an open, migrated database of its own connection. */
export function createInbox(database: Database, file: string): Inbox {
  const meta = metaTable(database);
  const insert = database.prepare<[string, string, string | null, string]>(
    'INSERT OR IGNORE INTO inbox (event_key, kind, employee_id, received_at) VALUES (?, ?, ?, ?)',
  );
  const after = database.prepare<[number, number], WaitingEvent>(
    `SELECT id, event_key AS key, kind, employee_id AS employeeId, received_at AS receivedAt FROM inbox
     WHERE id > ? ORDER BY id LIMIT ?`,
  );
  const countAfter = database.prepare<[number], number>('SELECT count(*) FROM inbox WHERE id > ?').pluck();
  const remove = database.prepare<[number, string]>('DELETE FROM inbox WHERE id <= ? AND received_at < ?');
  const transact = <Result>(work: () => Result): Result => inState(file, () => database.transaction(work).immediate());
  const group = new GroupCommit(transact);
  const done = (): number => Number(meta.get(DONE) ?? 0);
  const putOne = ({ key, kind, employeeId, receivedAt }: InboxEvent): boolean =>
    insert.run(key, kind, employeeId, receivedAt).changes === 1;

  return {
    async put(events) {
      let isNew: boolean[] = [];
      await group.write(() => {
        isNew = events.map(putOne);
      });
      return isNew;
    },
    waiting: async (count) => inState(file, () => after.all(done(), count)),
    countWaiting: async () => inState(file, () => countAfter.get(done()) ?? 0),
    done: (id) => group.write(() => meta.set(DONE, String(Math.max(id, done())))),
    forget: (before) => group.write(() => void remove.run(done(), before)),
    close: async () => void database.close(),
  };
}
