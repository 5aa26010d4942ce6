/** What a fleet adds to the tables of the states. */
export const FLEET_STEP = `
  ALTER TABLE hrsync.connector ALTER COLUMN owed SET DEFAULT '{}';
  UPDATE hrsync.connector SET owed = '{}' WHERE owed = '[]';
  ALTER TABLE hrsync.connector
    ADD COLUMN timezone text,
    -- Cron expressions of the two commands; null: never.
    ADD COLUMN timetable jsonb,
    -- Types of the two adapters.
    ADD COLUMN source_type text COLLATE "C",
    ADD COLUMN target_type text COLLATE "C",
    -- Failed attempts in a row, and when the next one may begin.
    ADD COLUMN attempts integer NOT NULL DEFAULT 0,
    ADD COLUMN retry_at timestamptz,
    -- Which worker means to take the lease, and until when others let it: a hint, and no right.
    ADD COLUMN claimed_by text COLLATE "C",
    ADD COLUMN claimed_until timestamptz;
  CREATE INDEX connector_due ON hrsync.connector (next_due_at) WHERE NOT retired;

  -- For the overview: the last run of each connector that came to its end, and that ended at all.
  CREATE INDEX run_good ON hrsync.run (connector, number) WHERE exit_code IN (0, 4, 10);
  CREATE INDEX run_finished ON hrsync.run (connector, number) WHERE finished_at IS NOT NULL;
  CREATE INDEX run_failed ON hrsync.run (finished_at) WHERE error IS NOT NULL;

  -- A vendor that is down gets single attempts.
  CREATE TABLE hrsync.breaker (vendor text COLLATE "C" PRIMARY KEY, next_attempt_at timestamptz NOT NULL);

  -- What is owed still once a part of it is done. A kind that was asked for again meanwhile has another instant, and stays.
  CREATE FUNCTION hrsync.owed_without(owed jsonb, done jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(owed) AS each
    WHERE NOT (done ? each.key AND done -> each.key = each.value)
  $$;
  CREATE FUNCTION hrsync.oldest_of(owed jsonb) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT min((value #>> '{}')::timestamptz) FROM jsonb_each(owed)
  $$;
`;
