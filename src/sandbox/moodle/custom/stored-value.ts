import { addDays, type Day, dayIn, midnightIn } from '../../../core/day.js';
import type { ProfileField } from '../site/profile-field.js';

/** The end of the year 9999, in unix seconds. */
const LAST_SECOND = 253_402_300_799;

/**
 * The value that the database holds after a write. The web service validates nothing here.
 *
 * @param zone time zone in which a date begins at midnight
 */
export function storedValue(field: ProfileField, sent: string, zone: string): string {
  switch (field.kind) {
    case 'text':
      return [...sent].slice(0, field.maxLength).join('');
    case 'menu':
      return field.options.includes(sent) ? sent : field.default;
    case 'datetime':
      return storedInstant(field, sent, zone);
    case 'textarea':
    case 'checkbox':
      return sent;
  }
}

/** Unix seconds as text; `0` means empty. */
function storedInstant({ years, hasTime }: ProfileField, sent: string, zone: string): string {
  if (sent === '' || sent === '0') return '0';
  // Moodle reads a number as unix seconds.
  const parts = (/^-?\d+(\.\d+)?$/.test(sent) ? writtenOut(Number(sent), zone) : sent).split('-');
  const [month = 0, date = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(numberIn);
  const year = String(yearWithin(parts[0] ?? '', years)).padStart(4, '0');
  // Months and days beyond the calendar run on: month 13 is the next January.
  const months = new Date(Date.UTC(Number(year), month - 1, 1)).toISOString().slice(0, 10);
  const seconds = midnightOf(addDays(months, date - 1), zone);
  const time = hasTime && parts.length === 6 ? hour * 3600 + minute * 60 + second : 0;
  return String(seconds + time);
}

// Finding a midnight takes longer than everything else about a user, and employees share their days.
const midnights = new Map<string, number>();

/** The unix seconds at which a day begins. */
function midnightOf(day: Day, zone: string): number {
  const key = `${day} ${zone}`;
  const seconds = midnights.get(key) ?? midnightIn(zone, day).getTime() / 1000;
  midnights.set(key, seconds);
  return seconds;
}

/** A part of a date as PHP reads it: leading digits, else 0. Capped so that dates stay in range. */
function numberIn(text: string): number {
  return Math.min(Number.parseInt(text, 10) || 0, 9999);
}

/** A year within the bounds of the field. PHP compares a non-numeric year with the bounds as text. */
function yearWithin(text: string, [first, last]: ProfileField['years']): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Math.max(Math.floor(Number(text)), first), last);
  if (text < String(first)) return first;
  return text > String(last) ? last : first;
}

/** An instant as `YYYY-MM-DD-HH-MM-SS` in a zone. */
function writtenOut(unixSeconds: number, zone: string): string {
  const seconds = Math.min(Math.max(unixSeconds, 0), LAST_SECOND);
  const day: Day = dayIn(zone, new Date(seconds * 1000));
  const since = Math.max(0, Math.floor(seconds - midnightOf(day, zone)));
  const pair = (number: number) => String(number).padStart(2, '0');
  return `${day}-${pair(Math.floor(since / 3600))}-${pair(Math.floor(since / 60) % 60)}-${pair(since % 60)}`;
}
