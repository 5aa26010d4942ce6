import type { Context } from 'hono';
import * as z from 'zod';
import { refuse } from './gate/errors.js';
import type { BambooHREnvironment, BambooHRParts } from './parts.js';
import type { Deletions } from './people/deletions.js';
import { instantText, lastChangedOf } from './people/last-changed.js';
import { recordsOf } from './people/records.js';
import { sightOf } from './people/sight.js';

const DAY = 86_400_000;

interface Change {
  readonly id: string;
  readonly action: 'Inserted' | 'Updated' | 'Deleted';
  readonly lastChanged: string;
}

const instant = z.iso.datetime({ offset: true });

/**
 * `GET /v1/employees/changed`: ids of the people who changed at or after an instant.
 *
 * Sources: documentation.bamboohr.com/reference/get-changed-employee-ids,
 * www.bamboohr.com/api/documentation/changes.php.
 */
export function changedEmployees(
  c: Context<BambooHREnvironment>,
  parts: BambooHRParts,
  deletions: Deletions,
): Response {
  const { settings, now } = parts;
  const asked = instant.safeParse(c.req.query('since'));
  if (!asked.success) return refuse(c, settings, 400, { message: 'since must be an instant in ISO 8601' });
  const since = instantText(asked.data);
  const until = instantText(new Date(now().getTime() - settings.changedLagSeconds * 1000));
  const type = c.req.query('type');
  const changes = [...livingChanges(c, parts, since), ...deletionsSince(parts, deletions)].filter(
    ({ lastChanged, action }) =>
      lastChanged >= since &&
      (settings.changedLagSeconds === 0 || lastChanged <= until) &&
      (type === undefined || action.toLowerCase() === type),
  );
  const latest = changes.reduce((last, { lastChanged }) => (lastChanged > last ? lastChanged : last), since);
  return c.json({ latest, employees: Object.fromEntries(changes.map((change) => [change.id, change])) });
}

function livingChanges(c: Context<BambooHREnvironment>, parts: BambooHRParts, since: string): readonly Change[] {
  const sight = sightOf(c.var.key);
  return recordsOf(parts)
    .filter((record) => parts.settings.changedListsHidden || sight.person(record))
    .flatMap((record) => {
      const lastChanged = lastChangedOf(record, parts);
      const action = instantText(record.first.createdAt) >= since ? 'Inserted' : 'Updated';
      return lastChanged === null ? [] : [{ id: String(record.id), action, lastChanged }];
    });
}

function deletionsSince({ settings, now }: BambooHRParts, deletions: Deletions): readonly Change[] {
  const days = settings.deletionsListedDays;
  const oldest = days === null ? '' : instantText(new Date(now().getTime() - days * DAY));
  return [...deletions.look()]
    .filter(([, at]) => at >= oldest)
    .map(([id, at]) => ({ id: String(id), action: 'Deleted', lastChanged: at }));
}
