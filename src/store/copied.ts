type Type = 'text' | 'integer' | 'bigint' | 'boolean';

const PERSON = { employee_id: 'text', employee_email: 'text', employee_name: 'text' } as const;
const EMPLOYEE = { employee_id: 'text' } as const;

/** A table that moves with a state: its columns, which bear the same names wherever it is kept. */
export interface CopiedTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, Type>>;
  /** By which column its rows are read. */
  readonly order: string;
}

/** One row on its way: null, texts, numbers and truths by column. */
export type CopiedRow = Readonly<Record<string, string | number | boolean | null>>;

const table = (name: string, order: string, columns: CopiedTable['columns']): CopiedTable => ({ name, order, columns });

/** Everything that a state holds, but for whom it belongs to: that stands elsewhere in each store. */
export const COPIED: readonly CopiedTable[] = [
  table('meta', 'key', { key: 'text', value: 'text' }),
  table('run', 'number', {
    number: 'integer',
    command: 'text',
    started_at: 'text',
    config: 'text',
    finished_at: 'text',
    exit_code: 'integer',
    employees: 'integer',
    in_scope: 'integer',
    complete: 'boolean',
    whole: 'boolean',
    counts: 'text',
    error: 'text',
    untold: 'text',
  }),
  table('snapshot', 'row', {
    row: 'integer',
    employee_id: 'text',
    account_id: 'text',
    state: 'text',
    name: 'text',
    email: 'text',
    email_key: 'text',
    manager: 'text',
    fields: 'text',
    hash: 'text',
    awaiting_manager: 'text',
    start_date: 'text',
    linked_by_hand: 'boolean',
    missing_since: 'text',
    missing_runs: 'integer',
  }),
  table('former_address', 'account_id', { account_id: 'text', email_key: 'text' }),
  table('journal', 'id', {
    id: 'bigint',
    run: 'integer',
    kind: 'text',
    ...PERSON,
    account: 'text',
    invites: 'boolean',
    fields: 'text',
    because: 'text',
    start_date: 'text',
    hire: 'integer',
    at: 'text',
    outcome: 'text',
    error: 'text',
    settled_at: 'text',
  }),
  table('invitation', 'employee_id', {
    ...PERSON,
    hire: 'integer',
    state: 'text',
    due: 'text',
    start_date: 'text',
    because: 'text',
    at: 'text',
  }),
  table('schedule', 'place', { place: 'integer', kind: 'text', ...PERSON, on_day: 'text' }),
  table('failure', 'employee_id', {
    ...PERSON,
    kind: 'text',
    error: 'text',
    attempts: 'integer',
    first_at: 'text',
    last_at: 'text',
    retry_at: 'text',
  }),
  table('skip', 'place', {
    place: 'integer',
    ...PERSON,
    email_key: 'text',
    reason: 'text',
    message: 'text',
    run: 'integer',
    at: 'text',
  }),
  table('undone', 'employee_id', EMPLOYEE),
  table('left_out', 'employee_id', EMPLOYEE),
  table('unit', 'employee_id', { ...EMPLOYEE, unit: 'text' }),
  table('ending', 'employee_id', { ...PERSON, since: 'text', because: 'text', why: 'text' }),
  table('shown', 'employee_id', { ...EMPLOYEE, gone_since: 'text' }),
  // Its ids are given anew, in the same order: several connectors share them in a database.
  table('inbox', 'id', { event_key: 'text', kind: 'text', ...EMPLOYEE, received_at: 'text', done: 'boolean' }),
  table('refusal', 'run', {
    run: 'integer',
    place: 'integer',
    kind: 'text',
    field: 'text',
    unit: 'text',
    planned: 'integer',
    allowed: 'integer',
    population: 'integer',
    cause: 'text',
  }),
  table('refused_person', 'run', { run: 'integer', place: 'integer', position: 'integer', ...PERSON }),
  table('told_correction', 'digest', { digest: 'text', ...EMPLOYEE }),
];

/** Rows that are on their way at once. */
export const COPY_BATCH = 2_000;

/** A part of a table's rows. */
export interface CopiedPart {
  readonly table: CopiedTable;
  readonly rows: readonly CopiedRow[];
}

/** Facts of a state file that are no part of what moves: whom it belongs to, and where it went. */
export const OF_THE_FILE: readonly string[] = ['source', 'target', 'moved_to'];
