import type { Inbox, InboxEvent, WaitingEvent } from '../inbox.js';
import { Bulk, lastOfEach } from './bulk.js';
import type { Connection } from './connection.js';
import { GroupWrite } from './group-write.js';
import { type Row, type Statement, statement } from './statement.js';

/** Largest number of dealt-with events that are kept to recognise a late delivery: about 20 MB. */
const MOST_REMEMBERED = 100_000;
/** Rows deleted in one transaction: more would hold other senders up for a noticeable time. */
const BATCH = 5_000;

const INSERT = new Bulk(
  'inbox',
  { event_key: 'text', kind: 'text', employee_id: 'text', received_at: 'text' },
  { tail: 'ON CONFLICT (connector, event_key) DO NOTHING RETURNING event_key AS key' },
);
const DONE = 'UPDATE inbox SET done = true WHERE connector = $1 AND NOT done AND id = ANY($2)';
const COUNT_OLD = `SELECT count(*) FILTER (WHERE received_at < $2) AS old, count(*) AS all FROM inbox
  WHERE connector = $1 AND done`;
const REMOVE_OLDEST = `DELETE FROM inbox WHERE connector = $1 AND id IN
  (SELECT id FROM inbox WHERE connector = $1 AND done ORDER BY connector, received_at LIMIT $2)`;

/** The queries for events that wait, by name; a test reads how the server carries them out. */
export const INBOX_QUERIES = {
  waiting: `SELECT id, event_key AS key, kind, employee_id AS "employeeId", received_at AS "receivedAt" FROM inbox
    WHERE connector = $1 AND NOT done ORDER BY connector, id LIMIT $2`,
  count: 'SELECT count(*) AS count FROM inbox WHERE connector = $1 AND NOT done',
} as const;

/** Statements that keep events of a connector; each gives the keys of those that are new. */
export function keepEvents(connector: string, events: readonly InboxEvent[]): Statement[] {
  // In one order everywhere, so that two doors that get the same events do not wait for each other.
  const sorted = lastOfEach(events.toReversed(), ({ key }) => key).toSorted((left, right) =>
    left.key < right.key ? -1 : 1,
  );
  return INSERT.of(
    connector,
    sorted.map(({ key, kind, employeeId, receivedAt }) => ({
      event_key: key,
      kind,
      employee_id: employeeId,
      received_at: receivedAt,
    })),
  );
}

/** The inbox of a connector on a connection of its own. It needs no lease: any number of doors may write. */
export function createInbox(connection: Connection): Inbox {
  const { connector } = connection.place;
  const group = new GroupWrite((statements) => connection.batch(statements));
  return {
    async put(events) {
      const answers = await group.add(keepEvents(connector, events));
      const added = new Set(answers.flat().map(({ key }) => key));
      // Of two with one key in one delivery the first is new.
      return events.map(({ key }) => added.delete(key));
    },
    waiting: async (most) =>
      (await connection.run(statement(INBOX_QUERIES.waiting, connector, most))) as readonly (WaitingEvent & Row)[],
    countWaiting: async () => Number((await connection.run(statement(INBOX_QUERIES.count, connector)))[0]?.['count']),
    done: async (ids) => void (await connection.run(statement(DONE, connector, ids))),
    async forget(before) {
      const [counts] = await connection.run(statement(COUNT_OLD, connector, before));
      const excess = Number(counts?.['all']) - MOST_REMEMBERED;
      // Nothing is written where nothing is to go: this is asked for after every run.
      for (let left = Math.max(Number(counts?.['old']), excess); left > 0; left -= BATCH)
        await connection.run(statement(REMOVE_OLDEST, connector, Math.min(left, BATCH)));
    },
    close: () => connection.close(),
  };
}
