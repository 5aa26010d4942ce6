import type { Rekey } from '../../rekey.js';
import { Bulk } from '../bulk.js';
import type { Run } from '../connection.js';
import type { Session } from '../session.js';
import { asJson, statement } from '../statement.js';

/** Every table with an employee id; one that is left out would give what it holds to whoever gets the id. */
const TABLES = [
  ...['snapshot', 'journal', 'invitation', 'schedule', 'failure', 'undone', 'skip', 'left_out', 'unit', 'ending'],
  ...['shown', 'inbox', 'refused_person', 'told_correction'],
] as const;

/** Marks an id that is on its way: ids may change hands, and most tables hold each id once. No id begins so. */
const MOVING = 'chr(1)';

const MAKE = `CREATE TEMP TABLE moved (connector text, old text COLLATE "C" PRIMARY KEY, new text COLLATE "C" NOT NULL)
  ON COMMIT DROP`;
const NOTE = new Bulk('moved', { old: 'text', new: 'text' });
const BESIDE = new Bulk('shown', { employee_id: 'text' }, { tail: 'ON CONFLICT DO NOTHING' });
const NEW_ID = (old: string) => `(SELECT new FROM moved WHERE old = ${old})`;

/** Gives everybody whom the tables know the id of a rekey, in an open transaction. */
export async function rekey(
  session: Session,
  run: Run,
  { moves, apart, shown }: Omit<Rekey, 'source' | 'lines'>,
): Promise<void> {
  const { connector } = session;
  const sql = (text: string) => run(statement(text, connector));
  await run(statement(MAKE));
  const given = [...moves].map(([old, to]) => ({ old, new: to }));
  for (const note of NOTE.of(connector, given)) await run(note);
  // Whom HR shows now is missing no longer.
  await sql(`UPDATE snapshot SET missing_since = NULL, missing_runs = 0
    WHERE connector = $1 AND employee_id IN (SELECT old FROM moved)`);
  await setApart(session, run, apart);
  await sql('DELETE FROM moved WHERE old = new AND connector = $1');
  for (const table of TABLES) {
    await sql(`UPDATE ${table} SET employee_id = ${MOVING} || ${NEW_ID(`${table}.employee_id`)}
      WHERE connector = $1 AND employee_id IN (SELECT old FROM moved)`);
    await sql(`UPDATE ${table} SET employee_id = substr(employee_id, 2)
      WHERE connector = $1 AND employee_id >= ${MOVING} AND employee_id < chr(2)`);
  }
  await renameManagers(sql);
  const beside = [...shown].map((id) => ({ employee_id: id }));
  for (const add of BESIDE.of(connector, beside)) await run(add);
  // What the HR system told before speaks of ids as they were, and everybody is read anew.
  await sql('UPDATE inbox SET done = true WHERE connector = $1 AND NOT done');
  await sql(`DELETE FROM meta WHERE connector = $1 AND key IN ('changes_until', 'everybody_at', 'read_bytes')`);
}

async function setApart({ connector }: Session, run: Run, { suffix, everybody }: Rekey['apart']): Promise<void> {
  const known = TABLES.map(
    (table) => `SELECT employee_id FROM ${table} WHERE connector = $1 AND employee_id IS NOT NULL`,
  );
  const whom = everybody ? '' : 'AND employee_id IN (SELECT new FROM moved)';
  await run(
    statement(
      `INSERT INTO moved SELECT $1, employee_id, employee_id || $2 FROM (${known.join(' UNION ')}) AS known
       WHERE employee_id NOT IN (SELECT old FROM moved) ${whom}`,
      connector,
      suffix,
    ),
  );
}

// A manager is named by employee id in three columns of an account, and in the fields of the journal, from which runs are
// taken back. Without a fingerprint the next run compares each account field by field.
async function renameManagers(sql: (text: string) => Promise<unknown>): Promise<void> {
  await sql('UPDATE snapshot SET hash = NULL WHERE connector = $1');
  for (const column of ['manager', 'awaiting_manager'])
    await sql(`UPDATE snapshot SET ${column} = ${NEW_ID(`snapshot.${column}`)}
      WHERE connector = $1 AND ${column} IN (SELECT old FROM moved)`);
  for (const [table, path] of [
    ['snapshot', '{manager}'],
    ['journal', '{manager,before}'],
    ['journal', '{manager,after}'],
  ] as const) {
    const fields = `${asJson(`${table}.fields`)}::jsonb`;
    const held = `(${fields} #>> '${path}')`;
    await sql(`UPDATE ${table} SET fields = jsonb_set(${fields}, '${path}', to_jsonb(${NEW_ID(held)}))::text
      WHERE connector = $1 AND jsonb_typeof(${fields} #> '${path}') = 'string' AND ${held} IN (SELECT old FROM moved)`);
  }
}
