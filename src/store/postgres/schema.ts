/** One step of the schema, and the least version of hrsync's schema that can still work on the tables after it. */
export interface SchemaStep {
  readonly sql: string;
  readonly least: number;
}

/** Text that is compared byte by byte, as SQLite does: ids and keys never depend on a language's order. */
const ID = 'text COLLATE "C"';
/** Who a row is about, as the connector's own tables hold a person. */
const PERSON = `employee_id ${ID} NOT NULL, employee_email text, employee_name text`;

/** Tables with people. Without the setting `hrsync.connector` a session sees none of their rows, not even the owner. */
export const PEOPLE = [
  ...['meta', 'snapshot', 'former_address', 'journal', 'invitation', 'schedule', 'failure', 'undone', 'inbox', 'skip'],
  ...['left_out', 'unit', 'ending', 'shown', 'refusal', 'refused_person', 'told_correction'],
] as const;

const protect = (table: string) => `
  ALTER TABLE hrsync.${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE hrsync.${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY own_rows ON hrsync.${table} USING (connector = current_setting('hrsync.connector', true))
    WITH CHECK (connector = current_setting('hrsync.connector', true));`;

const FLEET = `
  -- One row: what the database as a whole is. The timeline changes when a standby takes over.
  CREATE TABLE hrsync.fleet (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    schema_version integer NOT NULL,
    least_version integer NOT NULL,
    timeline bigint
  );

  CREATE TABLE hrsync.connector (
    name ${ID} PRIMARY KEY,
    tenant ${ID},
    labels jsonb NOT NULL DEFAULT '{}',
    paused boolean NOT NULL DEFAULT false,
    retired boolean NOT NULL DEFAULT false,
    config_version integer,
    -- Identity of the HR system and the LMS that the state belongs to.
    source ${ID},
    target ${ID},
    -- What is owed: since when, and which nights and events.
    owed_since timestamptz,
    owed jsonb NOT NULL DEFAULT '[]',
    next_due_at timestamptz,
    -- Where the state went, once "hrsync fleet export" took it out; such a state refuses further runs.
    moved_to text,
    moved_at timestamptz
  );
  CREATE INDEX connector_owed ON hrsync.connector (owed_since) WHERE owed_since IS NOT NULL;

  CREATE TABLE hrsync.config (
    connector ${ID} NOT NULL,
    version integer NOT NULL,
    text text NOT NULL,
    written_at timestamptz NOT NULL DEFAULT now(),
    written_by text,
    PRIMARY KEY (connector, version)
  );

  -- The right to write for a connector. Without a token nobody holds it.
  CREATE TABLE hrsync.lease (
    connector ${ID} PRIMARY KEY,
    token uuid,
    worker text,
    host text,
    process integer,
    since timestamptz,
    until timestamptz,
    -- How long after "until" the holder asked others to wait.
    grace interval NOT NULL DEFAULT interval '45 seconds',
    run integer
  ) WITH (fillfactor = 50);

  -- Beside the lease, so that a run that counts never waits for one that renews.
  CREATE TABLE hrsync.counter (
    connector ${ID} PRIMARY KEY,
    next_row integer NOT NULL DEFAULT 1,
    next_run integer NOT NULL DEFAULT 1
  ) WITH (fillfactor = 50);

  CREATE TABLE hrsync.worker (
    name ${ID} PRIMARY KEY,
    host text NOT NULL,
    process integer NOT NULL,
    version text NOT NULL,
    labels jsonb NOT NULL DEFAULT '[]',
    slots integer NOT NULL,
    running integer NOT NULL DEFAULT 0,
    draining boolean NOT NULL DEFAULT false,
    started_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now()
  ) WITH (fillfactor = 50);

  CREATE TABLE hrsync.pace (
    rule ${ID} NOT NULL,
    key ${ID} NOT NULL,
    next_at timestamptz NOT NULL DEFAULT now(),
    -- By which factor requests come slower than the rule allows.
    slowness double precision NOT NULL DEFAULT 1,
    paused_until timestamptz,
    PRIMARY KEY (rule, key)
  ) WITH (fillfactor = 50);

  CREATE TABLE hrsync.run (
    connector ${ID} NOT NULL,
    number integer NOT NULL,
    command text NOT NULL,
    started_at ${ID} NOT NULL,
    config text,
    finished_at ${ID},
    exit_code integer,
    employees integer,
    in_scope integer,
    complete boolean,
    whole boolean,
    counts text NOT NULL DEFAULT '{}',
    error text,
    untold text,
    worker text,
    config_version integer,
    PRIMARY KEY (connector, number)
  );
  CREATE INDEX run_complete ON hrsync.run (connector, number) WHERE complete;
  -- The newest runs over all connectors.
  CREATE INDEX run_started ON hrsync.run (started_at);
`;

const STATE = `
  CREATE TABLE hrsync.meta (
    connector ${ID} NOT NULL,
    key ${ID} NOT NULL,
    value text NOT NULL,
    PRIMARY KEY (connector, key)
  );

  CREATE TABLE hrsync.snapshot (
    connector ${ID} NOT NULL,
    -- Dense per connector: a run marks whom it saw in bits at these places.
    row integer NOT NULL,
    employee_id ${ID} NOT NULL,
    account_id ${ID} NOT NULL,
    state text NOT NULL CHECK (state IN ('active', 'pending', 'deactivated', 'deleted')),
    name text,
    email text,
    email_key ${ID},
    manager ${ID},
    fields text NOT NULL,
    hash text,
    awaiting_manager ${ID},
    start_date text,
    linked_by_hand boolean NOT NULL,
    missing_since ${ID},
    missing_runs integer NOT NULL,
    PRIMARY KEY (connector, row)
  );
  -- All that a nightly comparison needs of everybody, without the wide rows.
  CREATE UNIQUE INDEX snapshot_employee ON hrsync.snapshot (connector, employee_id)
    INCLUDE (row, state, hash, awaiting_manager, missing_since);
  CREATE UNIQUE INDEX snapshot_account ON hrsync.snapshot (connector, account_id) WHERE state <> 'deleted';
  CREATE INDEX snapshot_former_account ON hrsync.snapshot (connector, account_id) WHERE state = 'deleted';
  CREATE INDEX snapshot_email ON hrsync.snapshot (connector, email_key) WHERE email_key IS NOT NULL;
  CREATE INDEX snapshot_manager ON hrsync.snapshot (connector, manager) WHERE manager IS NOT NULL;
  CREATE INDEX snapshot_missing ON hrsync.snapshot (connector, missing_since, row) WHERE missing_since IS NOT NULL;

  -- Every address that an account had before: a pattern that protects an account holds whatever HR calls it later.
  CREATE TABLE hrsync.former_address (
    connector ${ID} NOT NULL,
    account_id ${ID} NOT NULL,
    email_key ${ID} NOT NULL,
    PRIMARY KEY (connector, account_id, email_key)
  );
  CREATE FUNCTION hrsync.keep_former_address() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO hrsync.former_address VALUES (old.connector, old.account_id, old.email_key) ON CONFLICT DO NOTHING;
    RETURN NULL;
  END $$;
  CREATE TRIGGER snapshot_moved AFTER UPDATE OF email_key, account_id ON hrsync.snapshot FOR EACH ROW
    WHEN (old.email_key IS NOT NULL
      AND (old.email_key IS DISTINCT FROM new.email_key OR old.account_id <> new.account_id))
    EXECUTE FUNCTION hrsync.keep_former_address();
  CREATE TRIGGER snapshot_removed AFTER DELETE ON hrsync.snapshot FOR EACH ROW WHEN (old.email_key IS NOT NULL)
    EXECUTE FUNCTION hrsync.keep_former_address();

  CREATE TABLE hrsync.journal (
    connector ${ID} NOT NULL,
    id bigint NOT NULL,
    run integer NOT NULL,
    kind text NOT NULL,
    ${PERSON},
    account ${ID},
    invites boolean NOT NULL,
    fields text NOT NULL,
    because text NOT NULL,
    start_date text,
    hire integer,
    at ${ID} NOT NULL,
    outcome text CHECK (outcome IN ('done', 'failed', 'uncertain')),
    error text,
    settled_at ${ID},
    PRIMARY KEY (connector, id)
  );
  CREATE INDEX journal_run ON hrsync.journal (connector, run, id);
  CREATE INDEX journal_employee ON hrsync.journal (connector, employee_id, id);
  CREATE INDEX journal_open ON hrsync.journal (connector, id) WHERE outcome IS NULL OR outcome = 'uncertain';

  CREATE TABLE hrsync.invitation (
    connector ${ID} NOT NULL,
    ${PERSON},
    hire integer NOT NULL,
    state text NOT NULL CHECK (state IN ('scheduled', 'sent', 'cancelled', 'withheld', 'uncertain')),
    due text,
    start_date text,
    because text NOT NULL,
    at ${ID} NOT NULL,
    PRIMARY KEY (connector, employee_id, hire)
  );
  CREATE INDEX invitation_state ON hrsync.invitation (connector, state, employee_id, hire);

  CREATE TABLE hrsync.schedule (
    connector ${ID} NOT NULL,
    place integer NOT NULL,
    kind text NOT NULL,
    ${PERSON},
    on_day text NOT NULL,
    PRIMARY KEY (connector, place)
  );

  CREATE TABLE hrsync.failure (
    connector ${ID} NOT NULL,
    ${PERSON},
    kind text NOT NULL,
    error text NOT NULL,
    attempts integer NOT NULL,
    first_at ${ID} NOT NULL,
    last_at ${ID} NOT NULL,
    retry_at ${ID} NOT NULL,
    PRIMARY KEY (connector, employee_id)
  );

  CREATE TABLE hrsync.skip (
    connector ${ID} NOT NULL,
    place integer NOT NULL,
    ${PERSON},
    email_key ${ID},
    reason text NOT NULL,
    message text NOT NULL,
    run integer NOT NULL,
    at ${ID} NOT NULL,
    PRIMARY KEY (connector, place)
  );
  CREATE INDEX skip_employee ON hrsync.skip (connector, employee_id);
  CREATE INDEX skip_email ON hrsync.skip (connector, email_key) WHERE email_key IS NOT NULL;

  CREATE TABLE hrsync.undone (connector ${ID} NOT NULL, employee_id ${ID} NOT NULL, PRIMARY KEY (connector, employee_id));
  CREATE TABLE hrsync.left_out (connector ${ID} NOT NULL, employee_id ${ID} NOT NULL, PRIMARY KEY (connector, employee_id));
  CREATE TABLE hrsync.unit (
    connector ${ID} NOT NULL,
    employee_id ${ID} NOT NULL,
    unit ${ID} NOT NULL,
    PRIMARY KEY (connector, employee_id)
  );
  CREATE TABLE hrsync.ending (
    connector ${ID} NOT NULL,
    ${PERSON},
    since ${ID} NOT NULL,
    because text NOT NULL,
    why text,
    PRIMARY KEY (connector, employee_id)
  );
  CREATE TABLE hrsync.shown (
    connector ${ID} NOT NULL,
    employee_id ${ID} NOT NULL,
    gone_since ${ID},
    PRIMARY KEY (connector, employee_id)
  );

  -- Several doors write at once, so a smaller id may become visible after a larger one: each row says whether it is done.
  CREATE TABLE hrsync.inbox (
    connector ${ID} NOT NULL,
    id bigint GENERATED BY DEFAULT AS IDENTITY,
    event_key ${ID} NOT NULL,
    kind text NOT NULL CHECK (kind IN ('person', 'deleted', 'changed')),
    employee_id ${ID},
    received_at ${ID} NOT NULL,
    done boolean NOT NULL DEFAULT false,
    PRIMARY KEY (connector, id)
  );
  CREATE UNIQUE INDEX inbox_key ON hrsync.inbox (connector, event_key);
  CREATE INDEX inbox_waiting ON hrsync.inbox (connector, id) WHERE NOT done;
  CREATE INDEX inbox_dealt_with ON hrsync.inbox (connector, received_at) WHERE done;
  CREATE INDEX inbox_employee ON hrsync.inbox (connector, employee_id) WHERE employee_id IS NOT NULL;

  CREATE TABLE hrsync.refusal (
    connector ${ID} NOT NULL,
    run integer NOT NULL,
    place integer NOT NULL,
    kind text NOT NULL,
    field text,
    unit text,
    planned integer NOT NULL,
    allowed integer NOT NULL,
    population integer NOT NULL,
    cause text,
    PRIMARY KEY (connector, run, place)
  );
  CREATE TABLE hrsync.refused_person (
    connector ${ID} NOT NULL,
    run integer NOT NULL,
    place integer NOT NULL,
    position integer NOT NULL,
    ${PERSON},
    PRIMARY KEY (connector, run, place, position)
  );
  CREATE INDEX refused_person_employee ON hrsync.refused_person (connector, employee_id);

  CREATE TABLE hrsync.told_correction (
    connector ${ID} NOT NULL,
    digest ${ID} NOT NULL,
    employee_id ${ID},
    PRIMARY KEY (connector, digest)
  );
  CREATE INDEX told_correction_employee ON hrsync.told_correction (connector, employee_id) WHERE employee_id IS NOT NULL;
`;

const FUNCTIONS = `
  -- Ends a transaction of a run whose lease is gone. A taker has to wait for the lock; a renewal does not.
  CREATE FUNCTION hrsync.fence(of text, held uuid) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM 1 FROM hrsync.lease WHERE connector = of AND token = held FOR KEY SHARE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the lease of connector % is held by another process', of USING ERRCODE = 'HS001';
    END IF;
  END $$;

  -- Takes the lease of a connector, in one round trip. Where somebody holds it, nothing is changed and their row comes back.
  -- It is looked at without a lock first: a holder that is frozen may keep one. The longer grace of the two counts: the
  -- holder's promise, or the taker's caution. A commit of the run that follows carries this one to the disk, before
  -- anything leaves for the LMS.
  CREATE FUNCTION hrsync.take_lease(of text, new_token uuid, by_worker text, on_host text, by_process integer,
    lasts interval, waits interval, patience text)
  RETURNS SETOF hrsync.lease LANGUAGE plpgsql AS $$
  DECLARE
    held hrsync.lease;
  BEGIN
    PERFORM set_config('synchronous_commit', 'off', true), set_config('lock_timeout', patience, true);
    SELECT * INTO held FROM hrsync.lease WHERE connector = of;
    IF held.token IS NULL OR held.until + greatest(held.grace, waits) <= clock_timestamp() THEN
      INSERT INTO hrsync.lease (connector) VALUES (of) ON CONFLICT DO NOTHING;
      SELECT * INTO held FROM hrsync.lease WHERE connector = of FOR UPDATE;
    END IF;
    IF held.token IS NOT NULL AND held.until + greatest(held.grace, waits) > clock_timestamp() THEN
      RETURN NEXT held;
      RETURN;
    END IF;
    UPDATE hrsync.lease SET token = new_token, worker = by_worker, host = on_host, process = by_process,
      since = clock_timestamp(), until = clock_timestamp() + lasts, grace = waits, run = NULL WHERE connector = of;
  END $$;

  CREATE FUNCTION hrsync.release_lease(of text, held uuid) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM set_config('synchronous_commit', 'off', true);
    UPDATE hrsync.lease SET token = NULL, until = NULL, run = NULL WHERE connector = of AND token = held;
  END $$;

  -- The number of an employee's row; a new one, which nobody had before, where there is no row yet.
  CREATE FUNCTION hrsync.row_of(of text, employee text) RETURNS integer LANGUAGE plpgsql AS $$
  DECLARE
    found_row integer;
  BEGIN
    SELECT s.row INTO found_row FROM hrsync.snapshot s WHERE s.connector = of AND s.employee_id = employee;
    IF NOT FOUND THEN
      UPDATE hrsync.counter SET next_row = next_row + 1 WHERE connector = of RETURNING next_row - 1 INTO found_row;
    END IF;
    RETURN found_row;
  END $$;
`;

const FIRST_ROW = 'INSERT INTO hrsync.fleet VALUES (true, 0, 0, NULL);';

/**
 * The steps from an empty database to today's schema; `fleet.schema_version` counts those that are behind it. A step only
 * adds what the version before does not need (expand); what nobody needs any more goes in a later release (contract).
 */
export const STEPS: readonly SchemaStep[] = [
  { sql: [FLEET, STATE, FUNCTIONS, ...PEOPLE.map(protect), FIRST_ROW].join('\n'), least: 1 },
];
