import { isDay } from '../../../core/day.js';
import { entryOf, textOfId } from '../value.js';

/** The employment that speaks for a person, or what is wrong with those that came. */
export type Chosen = { readonly employment: unknown } | { readonly problem: string };

/**
 * Chooses among somebody's employments: the newest of those that are not `INACTIVE`, and only where all are, the newest
 * of all. So somebody is no leaver while any employment lasts, and a hire that was withdrawn does not end an older one.
 * The newest is the one that starts last; of those that start on the same day, or do not say, the one listed first, for
 * Personio lists the newest first. https://developer.personio.de/reference/get_v2-persons-person-id-employments
 */
export function chooseEmployment(person: string, employments: readonly unknown[]): Chosen {
  const stray = employments.some((one) => {
    const owner = textOfId(entryOf(entryOf(one, 'person'), 'id'));
    return owner !== undefined && owner !== person;
  });
  if (stray) return { problem: 'Personio answered with the employment of somebody else' };
  const lasting = employments.filter((one) => !hasEnded(one));
  const [newest] = (lasting.length > 0 ? lasting : employments).toSorted((one, other) => compare(other, one));
  return newest === undefined ? { problem: 'Personio shows no employment of this person' } : { employment: newest };
}

function hasEnded(employment: unknown): boolean {
  const status = entryOf(employment, 'status');
  return typeof status === 'string' && status.trim().toUpperCase() === 'INACTIVE';
}

function compare(one: unknown, other: unknown): number {
  const [first, second] = [startOf(one), startOf(other)];
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

function startOf(employment: unknown): string {
  const start = entryOf(employment, 'employment_start_date');
  const day = typeof start === 'string' ? start.slice(0, 10) : '';
  return isDay(day) ? day : '';
}
