import { SCRUB_SENTENCES } from './stored-words.js';

/** The steps from an empty file to today's schema; a file's `user_version` counts the steps that it has behind it. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE snapshot (
    row INTEGER PRIMARY KEY,
    employee_id TEXT NOT NULL UNIQUE,
    account_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'deactivated', 'deleted')),
    name TEXT,
    email TEXT,
    email_key TEXT,
    manager TEXT,
    fields TEXT NOT NULL,
    hash TEXT,
    awaiting_manager TEXT,
    start_date TEXT,
    missing_since TEXT,
    missing_runs INTEGER NOT NULL
  ) STRICT;
  -- All that a nightly comparison needs of everybody, without the wide rows.
  CREATE INDEX snapshot_key ON snapshot (employee_id, state, hash, awaiting_manager, missing_since);
  CREATE UNIQUE INDEX snapshot_account ON snapshot (account_id) WHERE state <> 'deleted';
  CREATE INDEX snapshot_email ON snapshot (email_key) WHERE email_key IS NOT NULL;
  CREATE INDEX snapshot_manager ON snapshot (manager) WHERE manager IS NOT NULL;

  CREATE TABLE run (
    number INTEGER PRIMARY KEY,
    command TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    exit_code INTEGER,
    employees INTEGER,
    in_scope INTEGER,
    complete INTEGER,
    counts TEXT NOT NULL DEFAULT '{}',
    error TEXT
  ) STRICT;

  CREATE TABLE journal (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    kind TEXT NOT NULL,
    employee_id TEXT NOT NULL,
    employee_email TEXT,
    employee_name TEXT,
    account TEXT,
    invites INTEGER NOT NULL,
    fields TEXT NOT NULL,
    because TEXT NOT NULL,
    start_date TEXT,
    hire INTEGER,
    at TEXT NOT NULL,
    outcome TEXT CHECK (outcome IN ('done', 'failed', 'uncertain')),
    error TEXT,
    settled_at TEXT
  ) STRICT;
  CREATE INDEX journal_run ON journal (run);
  CREATE INDEX journal_employee ON journal (employee_id);
  CREATE INDEX journal_open ON journal (id) WHERE outcome IS NULL OR outcome = 'uncertain';

  CREATE TABLE invitation (
    employee_id TEXT NOT NULL,
    hire INTEGER NOT NULL,
    employee_email TEXT,
    employee_name TEXT,
    state TEXT NOT NULL CHECK (state IN ('scheduled', 'sent', 'cancelled', 'withheld', 'uncertain')),
    due TEXT,
    start_date TEXT,
    because TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (employee_id, hire)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX invitation_state ON invitation (state);

  CREATE TABLE schedule (
    place INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    employee_id TEXT NOT NULL,
    employee_email TEXT,
    employee_name TEXT,
    on_day TEXT NOT NULL
  ) STRICT;

  CREATE TABLE failure (
    employee_id TEXT PRIMARY KEY,
    employee_email TEXT,
    employee_name TEXT,
    kind TEXT NOT NULL,
    error TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    first_at TEXT NOT NULL,
    last_at TEXT NOT NULL,
    retry_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  // Accounts may be pending. SQLite cannot change a CHECK, so the table is made anew; each row keeps its number.
  `
  CREATE TABLE snapshot_with_pending (
    row INTEGER PRIMARY KEY,
    employee_id TEXT NOT NULL UNIQUE,
    account_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'pending', 'deactivated', 'deleted')),
    name TEXT,
    email TEXT,
    email_key TEXT,
    manager TEXT,
    fields TEXT NOT NULL,
    hash TEXT,
    awaiting_manager TEXT,
    start_date TEXT,
    missing_since TEXT,
    missing_runs INTEGER NOT NULL
  ) STRICT;
  INSERT INTO snapshot_with_pending SELECT row, employee_id, account_id, state, name, email, email_key, manager, fields,
    hash, awaiting_manager, start_date, missing_since, missing_runs FROM snapshot;
  DROP TABLE snapshot;
  ALTER TABLE snapshot_with_pending RENAME TO snapshot;
  CREATE INDEX snapshot_key ON snapshot (employee_id, state, hash, awaiting_manager, missing_since);
  CREATE UNIQUE INDEX snapshot_account ON snapshot (account_id) WHERE state <> 'deleted';
  CREATE INDEX snapshot_email ON snapshot (email_key) WHERE email_key IS NOT NULL;
  CREATE INDEX snapshot_manager ON snapshot (manager) WHERE manager IS NOT NULL;
  -- Who had an account before it ended: the unique index leaves them out.
  CREATE INDEX snapshot_former_account ON snapshot (account_id) WHERE state = 'deleted';
  `,
  `
  -- Whom the last runs left with something undone; a run between nights asks HR about them again.
  CREATE TABLE undone (employee_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

  -- What HR systems have told, in the order in which it came. Rows are only added, and taken away once they are old.
  CREATE TABLE inbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    event_key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'deleted', 'changed')),
    employee_id TEXT,
    received_at TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- Whom the last runs left alone, and why: somebody without an account may stand nowhere else.
  CREATE TABLE skip (
    place INTEGER PRIMARY KEY,
    employee_id TEXT NOT NULL,
    employee_email TEXT,
    employee_name TEXT,
    email_key TEXT,
    reason TEXT NOT NULL,
    message TEXT NOT NULL,
    run INTEGER NOT NULL,
    at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX skip_employee ON skip (employee_id);
  CREATE INDEX skip_email ON skip (email_key) WHERE email_key IS NOT NULL;
  `,
  `
  ALTER TABLE snapshot ADD COLUMN linked_by_hand INTEGER NOT NULL DEFAULT 0 CHECK (linked_by_hand IN (0, 1));

  -- Every address that an account had before: a pattern that protects an account holds whatever HR calls it later.
  CREATE TABLE former_address (
    account_id TEXT NOT NULL,
    email_key TEXT NOT NULL,
    PRIMARY KEY (account_id, email_key)
  ) STRICT, WITHOUT ROWID;
  -- A trigger, so that no statement that moves an address can forget it. A key that stays the same is no move.
  CREATE TRIGGER snapshot_moved AFTER UPDATE OF email_key, account_id ON snapshot
  WHEN old.email_key IS NOT NULL AND (old.email_key IS NOT new.email_key OR old.account_id <> new.account_id)
  BEGIN
    -- Not OR IGNORE: the way in which the statement outside settles conflicts would take its place.
    INSERT INTO former_address VALUES (old.account_id, old.email_key) ON CONFLICT DO NOTHING;
  END;
  CREATE TRIGGER snapshot_removed AFTER DELETE ON snapshot WHEN old.email_key IS NOT NULL
  BEGIN
    INSERT INTO former_address VALUES (old.account_id, old.email_key) ON CONFLICT DO NOTHING;
  END;
  INSERT OR IGNORE INTO former_address
    SELECT account, lower(trim(json_extract(fields, '$.email.before'))) FROM journal
    WHERE account IS NOT NULL AND outcome = 'done' AND json_type(fields, '$.email.before') = 'text';

  -- Linked people whom a run that went ahead left out; only others count as newly left out.
  CREATE TABLE left_out (employee_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  INSERT OR IGNORE INTO left_out SELECT employee_id FROM skip;

  -- The unit (safety.per) in which HR last showed a person.
  CREATE TABLE unit (employee_id TEXT PRIMARY KEY, unit TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `
  -- Accounts whose ending is known and due; the account itself says whether it has ended since.
  CREATE TABLE ending (
    employee_id TEXT PRIMARY KEY,
    employee_email TEXT,
    employee_name TEXT,
    since TEXT NOT NULL,
    because TEXT NOT NULL,
    why TEXT
  ) STRICT, WITHOUT ROWID;

  -- People without an account whom the read of the first import showed. Who is not here came later, and is a newcomer.
  CREATE TABLE shown (employee_id TEXT PRIMARY KEY, gone_since TEXT) STRICT, WITHOUT ROWID;

  -- Whether a run read and planned everybody. Of older runs the command is all that tells.
  ALTER TABLE run ADD COLUMN whole INTEGER;
  UPDATE run SET whole = complete WHERE command IN ('import-all', 'sync', 'webhook', 'apply');
  `,
  // Far ends may have echoed our credentials, and earlier versions kept what they said as it came.
  SCRUB_SENTENCES,
  `
  -- Each event says for itself whether a run has dealt with it. Before, one number said so for all up to it.
  ALTER TABLE inbox ADD COLUMN done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1));
  UPDATE inbox SET done = 1 WHERE id <= (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'inbox_done');
  DELETE FROM meta WHERE key = 'inbox_done';
  CREATE INDEX inbox_waiting ON inbox (id) WHERE done = 0;
  CREATE INDEX inbox_dealt_with ON inbox (received_at) WHERE done = 1;
  `,
  `
  -- Why safety refused a run: each limit that its plan exceeded, and the first people concerned.
  CREATE TABLE refusal (
    run INTEGER NOT NULL,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL,
    field TEXT,
    unit TEXT,
    planned INTEGER NOT NULL,
    allowed INTEGER NOT NULL,
    population INTEGER NOT NULL,
    cause TEXT,
    PRIMARY KEY (run, place)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE refused_person (
    run INTEGER NOT NULL,
    place INTEGER NOT NULL,
    position INTEGER NOT NULL,
    employee_id TEXT NOT NULL,
    employee_email TEXT,
    employee_name TEXT,
    PRIMARY KEY (run, place, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX refused_person_employee ON refused_person (employee_id);

  -- Which mail about a run could not be sent, as sentences.
  ALTER TABLE run ADD COLUMN untold TEXT;

  -- What the last mail to HR listed, as digests; whatever is not here is new to HR.
  CREATE TABLE told_correction (
    digest TEXT PRIMARY KEY,
    employee_id TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX told_correction_employee ON told_correction (employee_id) WHERE employee_id IS NOT NULL;
  `,
  `
  -- Digest of what of the config decided the plan of a run.
  ALTER TABLE run ADD COLUMN config TEXT;
  `,
];
