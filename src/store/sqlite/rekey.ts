import type { Rekey } from '../rekey.js';
import type { Database } from './database.js';

/** Every table with an employee id; a table left out would give its rows to the next person with the id. */
const TABLES = [
  ...['snapshot', 'journal', 'invitation', 'schedule', 'failure', 'undone', 'skip', 'left_out', 'unit', 'ending'],
  ...['shown', 'inbox', 'refused_person', 'told_correction'],
] as const;

/** Marks an id that is on its way: ids may change hands, and most tables hold each id once. No id begins so. */
const MOVING = 'char(1)';

const NEW_ID = (old: string) => `(SELECT new FROM temp.moved WHERE old = ${old})`;

/** Gives everybody whom the tables know the id of a rekey; expects to run inside a transaction. */
export function rekey(database: Database, { moves, apart, shown }: Omit<Rekey, 'source' | 'lines'>): void {
  database.exec('CREATE TEMP TABLE moved (old TEXT PRIMARY KEY, new TEXT NOT NULL) STRICT, WITHOUT ROWID');
  const note = database.prepare<[string, string]>('INSERT INTO temp.moved VALUES (?, ?)');
  for (const [from, to] of moves) note.run(from, to);
  // Whom HR shows now is missing no longer.
  database.exec(
    'UPDATE snapshot SET missing_since = NULL, missing_runs = 0 WHERE employee_id IN (SELECT old FROM temp.moved)',
  );
  setApart(database, apart);
  database.exec('DELETE FROM temp.moved WHERE old = new');
  for (const table of TABLES) {
    database.exec(`UPDATE ${table} SET employee_id = ${MOVING} || ${NEW_ID('employee_id')}
      WHERE employee_id IN (SELECT old FROM temp.moved)`);
    database.exec(`UPDATE ${table} SET employee_id = substr(employee_id, 2)
      WHERE employee_id >= ${MOVING} AND employee_id < char(2)`);
  }
  renameManagers(database);
  const add = database.prepare<[string]>('INSERT OR IGNORE INTO shown (employee_id) VALUES (?)');
  for (const id of shown) add.run(id);
  // What the HR system told before speaks of ids as they were, and everybody is read anew.
  database.exec('UPDATE inbox SET done = 1 WHERE done = 0');
  database.exec(`DELETE FROM meta WHERE key IN ('changes_until', 'everybody_at', 'read_bytes')`);
  database.exec('DROP TABLE temp.moved');
}

function setApart(database: Database, { suffix, everybody }: Rekey['apart']): void {
  const known = TABLES.map((table) => `SELECT employee_id FROM ${table} WHERE employee_id IS NOT NULL`).join(' UNION ');
  const whom = everybody ? '' : 'AND employee_id IN (SELECT new FROM temp.moved)';
  database
    .prepare<[string]>(
      `INSERT INTO temp.moved SELECT employee_id, employee_id || ? FROM (${known})
       WHERE employee_id NOT IN (SELECT old FROM temp.moved) ${whom}`,
    )
    .run(suffix);
}

// A manager is named by employee id in three columns of an account, and in the fields of the journal, from which runs are
// taken back. Without a fingerprint the next run compares each account field by field.
function renameManagers(database: Database): void {
  database.exec('UPDATE snapshot SET hash = NULL');
  for (const column of ['manager', 'awaiting_manager'])
    database.exec(`UPDATE snapshot SET ${column} = ${NEW_ID(column)} WHERE ${column} IN (SELECT old FROM temp.moved)`);
  for (const [table, path] of [
    ['snapshot', '$.manager'],
    ['journal', '$.manager.before'],
    ['journal', '$.manager.after'],
  ] as const) {
    const held = `json_extract(fields, '${path}')`;
    database.exec(`UPDATE ${table} SET fields = json_set(fields, '${path}', ${NEW_ID(held)})
      WHERE json_type(fields, '${path}') = 'text' AND ${held} IN (SELECT old FROM temp.moved)`);
  }
}
