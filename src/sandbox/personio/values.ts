import { type Day, isDay } from '../../core/day.js';
import type { Unit } from '../company/company.js';
import { type Oddities, shownName } from '../oddities.js';

// Recordings of real answers mix all of these within one response; `salt` chooses among them.
const offsets = ['+00:00', '+01:00', '+02:00'] as const;
const nothings = [null, '', []] as const;

/** A day as a local midnight, under an offset that may not be the day's own; or null. What is no day stays as it is. */
export function midnight(day: Day | null, salt: number): string | null {
  if (day === null || !isDay(day)) return day;
  return `${day}T00:00:00${day < '1893-04-01' ? '+00:53' : offsets[salt % offsets.length]}`;
}

/** A custom date: also without colon in the offset, or bare. */
export function customDate(day: Day | null, salt: number): string | null {
  if (day === null || !isDay(day)) return day;
  return [day, `${day}T00:00:00+0100`, midnight(day, salt)][salt % 3] ?? day;
}

/** An instant, told in Berlin winter time whatever the season. */
export function instant(utc: string): string {
  return new Date(Date.parse(utc) + 3_600_000).toISOString().replace(/\.\d+Z$/, '+01:00');
}

/** No object: null, an empty text or an empty list. */
export function noObject(salt: number): null | '' | readonly never[] {
  return nothings[salt % nothings.length] ?? null;
}

/** A department, team, office or legal entity. */
export function unitValue(type: string, unit: Unit | null, salt: number, oddities: Oddities): unknown {
  return unit === null ? noObject(salt) : { type, attributes: { id: unit.id, name: shownName(unit, oddities) } };
}

/** Tags in no fixed order, joined by commas or as JSON inside a text. */
export function tagsValue(tags: readonly string[], salt: number): string {
  if (tags.length === 0) return '';
  const ordered = salt % 2 === 0 ? tags : tags.toReversed();
  return salt % 3 === 0 ? JSON.stringify(ordered) : ordered.join(',');
}
