import type { AppliedConnector, RegisteredConnector, Registry } from '../../fleet.js';
import { type FleetDatabase, type FleetRow, integer, objectOf, textOf } from './database.js';

const COLUMNS = `c.name, c.tenant, c.labels, c.timezone, c.timetable, c.source_type, c.target_type, c.config_version,
  c.paused, c.retired, f.text`;
const KNOWN = `FROM hrsync.connector c JOIN hrsync.config f ON f.connector = c.name AND f.version = c.config_version`;

/** The connectors of a fleet and their versions, in PostgreSQL. */
export function createRegistry(database: FleetDatabase): Registry {
  return {
    async connectors() {
      return (await database.query(`SELECT ${COLUMNS} ${KNOWN} ORDER BY c.name`)).map(registered);
    },
    async connector(name) {
      const [row] = await database.query(`SELECT ${COLUMNS} ${KNOWN} WHERE c.name = $1`, [name]);
      return row === undefined ? null : registered(row);
    },
    async states() {
      const rows = await database.query(
        `SELECT name, source, target FROM hrsync.connector WHERE source IS NOT NULL AND target IS NOT NULL AND moved_to IS NULL ORDER BY name`,
      );
      return rows.map(({ name, source, target }) => ({
        name: String(name),
        source: String(source),
        target: String(target),
      }));
    },
    async apply(changed, retired, by) {
      await database.transact(async (query) => {
        // One apply at a time: two would give the same version to different texts.
        await query(`SELECT pg_advisory_xact_lock(hashtext('hrsync fleet apply'))`);
        for (const one of changed) await write(query, one, by);
        await query(`UPDATE hrsync.connector SET retired = true WHERE name = ANY($1)`, [retired]);
      });
    },
    async setPaused(names, paused) {
      const rows = await database.query(
        `UPDATE hrsync.connector SET paused = $2 WHERE name = ANY($1) AND NOT retired RETURNING name`,
        [names, paused],
      );
      const known = new Set(rows.map(({ name }) => String(name)));
      return names.filter((name) => !known.has(name));
    },
  };
}

async function write(query: FleetDatabase['query'], one: AppliedConnector, by: string): Promise<void> {
  const { name, tenant, labels, timezone, schedule, source, target, text, nextDueAt, isNewVersion, hasNewTimes } = one;
  await query(
    `INSERT INTO hrsync.connector (name, tenant, labels, timezone, timetable, source_type, target_type, retired, next_due_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, false, $8)
     ON CONFLICT (name) DO UPDATE SET tenant = $2, labels = $3, timezone = $4, timetable = $5, source_type = $6,
       target_type = $7, retired = false, attempts = 0, retry_at = NULL,
       next_due_at = CASE WHEN $9::boolean OR connector.next_due_at IS NULL THEN $8 ELSE connector.next_due_at END`,
    [
      ...[name, tenant, JSON.stringify(labels), timezone, JSON.stringify(schedule), source, target],
      ...[nextDueAt?.toISOString() ?? null, hasNewTimes],
    ],
  );
  if (!isNewVersion) return;
  await query(
    `WITH next AS (SELECT coalesce(max(version), 0) + 1 AS version FROM hrsync.config WHERE connector = $1),
       written AS (INSERT INTO hrsync.config (connector, version, text, written_by) SELECT $1, version, $2, $3 FROM next)
     UPDATE hrsync.connector SET config_version = (SELECT version FROM next) WHERE name = $1`,
    [name, text, by],
  );
}

function registered(row: FleetRow): RegisteredConnector {
  return {
    name: String(row['name']),
    tenant: textOf(row['tenant']) ?? String(row['name']),
    labels: objectOf(row['labels']) as RegisteredConnector['labels'],
    timezone: textOf(row['timezone']) ?? 'UTC',
    schedule: timesOf(row['timetable']),
    source: textOf(row['source_type']) ?? '',
    target: textOf(row['target_type']) ?? '',
    text: String(row['text']),
    version: integer(row['config_version']) ?? 0,
    paused: row['paused'] === true,
    retired: row['retired'] === true,
  };
}

/** The two cron expressions as they are stored. */
export function timesOf(stored: unknown): RegisteredConnector['schedule'] {
  const { importAll, sync } = objectOf(stored);
  return { importAll: textOf(importAll), sync: textOf(sync) };
}
