import { count } from '../../../core/count.js';
import { entryOf } from '../../../core/entry.js';
import { IncompleteReadError } from '../../../errors.js';
import { hasEntity } from '../entities.js';
import { TITLE } from '../failure.js';
import { readText } from '../value.js';
import type { Roster } from './roster.js';
import type { Row } from './row.js';

/** What the list of employees and the values of a read both show of a person. */
const SHARED = ['firstName', 'lastName', 'workEmail'];

/** So many people, or this share of them in percent, may have been changed between two answers. */
const MOST_CHANGED = 2;
const MOST_CHANGED_PERCENT = 1;

/**
 * Holds the values of a read against the list of employees. Keys of users who are no admins were once answered with fields
 * in each other's place; an account must not be given to somebody by such values.
 *
 * @throws IncompleteReadError where names and e-mails of many people differ
 */
export function refuseContradictions(rows: readonly Row[], people: Roster['people'] | null): void {
  if (people === null) return;
  const differing = rows.filter(({ id, value }) => {
    const listed = people.get(id ?? '')?.row;
    return listed !== undefined && SHARED.some((alias) => differ(value(alias), entryOf(listed, alias)));
  });
  const most = Math.max(MOST_CHANGED, (rows.length * MOST_CHANGED_PERCENT) / 100);
  if (differing.length <= most) return;
  throw new IncompleteReadError(TITLE, [
    `names or e-mails of ${count(differing.length, 'person', 'people')} differ between the list of employees and the values: fields may stand in each other's place`,
  ]);
}

// How a value with an entity reads is decided elsewhere.
function differ(one: unknown, other: unknown): boolean {
  if (hasEntity(one) || hasEntity(other)) return false;
  const [left, right] = [one, other].map((value) => readText(value ?? null));
  return typeof left === 'string' && typeof right === 'string' && left.toLowerCase() !== right.toLowerCase();
}
