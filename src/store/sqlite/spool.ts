import type { Change, Outcome } from '../../core/change.js';
import type { PlannedRow, Spool } from '../store.js';
import { type Database, openDatabase } from './database.js';

interface ChangeRow {
  readonly sequence: number;
  readonly stage: number;
  readonly body: string;
  readonly outcome: Outcome;
  readonly error: string | null;
  readonly account: string | null;
}

const BATCH = 500;

/** Opens a spool in a private temporary file, which the file system forgets with the process. */
export function openSpool<Item, Planned extends Change>(): Spool<Item, Planned> {
  const database = openDatabase('');
  database.pragma('journal_mode = MEMORY');
  database.pragma('synchronous = OFF');
  database.pragma('cache_size = -8000');
  database.exec(`
    CREATE TABLE item (place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
    CREATE TABLE change (sequence INTEGER PRIMARY KEY, stage INTEGER NOT NULL, body TEXT NOT NULL,
      outcome TEXT NOT NULL, error TEXT, account TEXT);
    CREATE INDEX change_stage ON change (stage, sequence);
  `);
  return createSpool(database);
}

function createSpool<Item, Planned extends Change>(database: Database): Spool<Item, Planned> {
  const putItem = database.prepare<[string, string]>('INSERT OR REPLACE INTO item (id, body) VALUES (?, ?)');
  const itemsAfter = database.prepare<[number], { place: number; id: string; body: string }>(
    `SELECT place, id, body FROM item WHERE place > ? ORDER BY place LIMIT ${BATCH}`,
  );
  const putChange = database.prepare<[number, string, string, string | null, string | null]>(
    'INSERT INTO change (stage, body, outcome, error, account) VALUES (?, ?, ?, ?, ?)',
  );
  const changesAfter = database.prepare<{ stage: number; sequence: number }, ChangeRow>(
    `SELECT * FROM change WHERE (stage, sequence) > (@stage, @sequence) ORDER BY stage, sequence LIMIT ${BATCH}`,
  );
  const stageAfter = database.prepare<{ stage: number; sequence: number }, ChangeRow>(
    `SELECT * FROM change WHERE stage = @stage AND sequence > @sequence ORDER BY sequence LIMIT ${BATCH}`,
  );
  const stages = database.prepare<[], number>('SELECT DISTINCT stage FROM change ORDER BY stage').pluck();
  const setOutcome = database.prepare<[string, string | null, string | null, number]>(
    'UPDATE change SET outcome = ?, error = ?, account = coalesce(?, account) WHERE sequence = ?',
  );
  const inOne = <Each>(list: readonly Each[], each: (one: Each) => void) =>
    database.transaction(() => list.forEach(each))();

  return {
    async keep(items) {
      inOne(items, ({ id, item }) => putItem.run(id, JSON.stringify(item)));
    },
    async *items() {
      for (let rows = itemsAfter.all(0); rows.length > 0; rows = itemsAfter.all(rows.at(-1)?.place ?? 0)) {
        yield rows.map(({ id, body }) => ({ id, item: JSON.parse(body) as Item }));
      }
    },
    async forgetItems() {
      database.exec('DELETE FROM item');
    },
    async plan(rows) {
      inOne(rows, ({ change, outcome, error }) =>
        putChange.run(change.stage, JSON.stringify(change), outcome, error, change.account),
      );
    },
    async *changes(stage) {
      const select = stage === undefined ? changesAfter : stageAfter;
      let after = { stage: stage ?? -1, sequence: 0 };
      for (let rows = select.all(after); rows.length > 0; rows = select.all(after)) {
        yield rows.map((row) => plannedRow<Planned>(row));
        const last = rows.at(-1);
        if (last !== undefined) after = { stage: last.stage, sequence: last.sequence };
      }
    },
    async stages() {
      return stages.all();
    },
    async setOutcomes(outcomes) {
      inOne(outcomes, ({ sequence, outcome, error, account }) => setOutcome.run(outcome, error, account, sequence));
    },
    async close() {
      database.close();
    },
  };
}

function plannedRow<Planned extends Change>({
  sequence,
  body,
  outcome,
  error,
  account,
}: ChangeRow): PlannedRow<Planned> {
  return { sequence, change: JSON.parse(body) as Planned, outcome, error, account };
}
