import type { Change, Outcome } from '../../core/change.js';
import type { EmployeeReference } from '../../core/employee.js';
import type { PlannedRow, Spool } from '../spool.js';
import { type Database, openDatabase } from './database.js';

interface ChangeRow {
  readonly sequence: number;
  readonly body: string;
  readonly outcome: Outcome;
  readonly error: string | null;
  readonly account: string | null;
}

const BATCH = 500;
const EMPLOYEE_ID = "json_extract(body, '$.employee.id')";

/** Opens a spool in a private temporary file, which the file system forgets with the process. */
export function openSpool<Item, Planned extends Change>(): Spool<Item, Planned> {
  const database = openDatabase('');
  // Enough to roll a failed batch back; nothing here is to outlive the process.
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
  const changesAfter = database.prepare<[number, number], ChangeRow>(
    `SELECT sequence, body, outcome, error, account FROM change
     WHERE stage = ? AND sequence > ? ORDER BY sequence LIMIT ${BATCH}`,
  );
  const stages = database.prepare<[], number>('SELECT DISTINCT stage FROM change ORDER BY stage').pluck();
  const setOutcome = database.prepare<[string, string | null, string | null, number]>(
    'UPDATE change SET outcome = ?, error = ?, account = coalesce(?, account) WHERE sequence = ?',
  );
  // Made when first asked for: most runs never are, and it would slow every row of a plan down.
  const employeeOf = once(() => {
    database.exec(`CREATE INDEX change_employee ON change (${EMPLOYEE_ID})`);
    return database
      .prepare<[string], string>(`SELECT json_extract(body, '$.employee') FROM change WHERE ${EMPLOYEE_ID} = ? LIMIT 1`)
      .pluck();
  });
  const transact = database.transaction((work: () => void) => work());
  // One row is a transaction by itself.
  const inOne = <Each>(list: readonly Each[], each: (one: Each) => void) =>
    list.length === 1 ? list.forEach(each) : transact(() => list.forEach(each));

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
    async *changes(only) {
      for (const stage of only === undefined ? stages.all() : [only]) {
        let rows = changesAfter.all(stage, 0);
        while (rows.length > 0) {
          yield rows.map((row) => plannedRow<Planned>(row));
          rows = changesAfter.all(stage, rows.at(-1)?.sequence ?? 0);
        }
      }
    },
    async employees(ids) {
      return ids.flatMap((id) => {
        const text = employeeOf().get(id);
        return text === undefined ? [] : [JSON.parse(text) as EmployeeReference];
      });
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

function once<Made>(make: () => Made): () => Made {
  let made: { readonly value: Made } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function plannedRow<Planned extends Change>({ body, ...rest }: ChangeRow): PlannedRow<Planned> {
  return { ...rest, change: JSON.parse(body) as Planned };
}
