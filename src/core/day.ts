import { tz } from '@date-fns/tz';
import { format } from 'date-fns';

/**
 * A calendar day, `YYYY-MM-DD`, without time or zone. Days compare as text. Hire and leave dates stay in this form
 * from the first byte to the last: turning them into instants is how they lose a day.
 */
export type Day = string;

const FIRST_DAY = '0000-01-01';
const LAST_DAY = '9999-12-31';
const MILLISECONDS = 86_400_000;

// Employees share their days, and looking one up costs a hundredth of checking it.
const knownDays = new Set<Day>();

/** Whether a text is a real calendar day in the form `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (knownDays.has(text)) return true;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = midnight(text);
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(text)) return false;
  knownDays.add(text);
  return true;
}

// A day, and what may stand behind it: a time, or a zone as SOAP systems write it (`2019-03-26-06:00`).
const WRITTEN = /^(\d{4}-\d{2}-\d{2})(?:[T ].*|Z|[+-]\d{2}:?\d{2})?$/s;

// How systems that must write some date write none: 0000-00-00, 0001-01-01, and for an end 9999-12-31.
const NONE = /^(?:000[01]|9999)-/;

/**
 * The day that a text of HR stands for, as it is written: a time or a zone behind it moves nothing. Null where the text
 * means "none": empty, or in one of the years 0000, 0001 and 9999. Undefined where it cannot be read as a day.
 */
export function dayWritten(text: string): Day | null | undefined {
  if (knownDays.has(text)) return NONE.test(text) ? null : text;
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const day = WRITTEN.exec(trimmed)?.[1];
  if (day === undefined) return undefined;
  if (NONE.test(day)) return null;
  return isDay(day) ? day : undefined;
}

/** The calendar day that an instant falls on in a zone such as `Europe/Berlin`. */
export function dayIn(zone: string, instant: Date): Day {
  return format(instant, 'yyyy-MM-dd', { in: tz(zone) });
}

/** The minute that an instant falls on in a zone, as `YYYY-MM-DD HH:MM`. */
export function minuteIn(zone: string, instant: Date): string {
  return format(instant, 'yyyy-MM-dd HH:mm', { in: tz(zone) });
}

/** The instant at which a day begins in a zone; where the clocks go forward at midnight, its first instant. */
export function midnightIn(zone: string, day: Day): Date {
  const near = midnight(day);
  // A zone's clock is at most 14 hours ahead of UTC and 12 behind, so the day begins within a day of midnight in UTC.
  let [before, from] = [near - MILLISECONDS, near + MILLISECONDS];
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (dayIn(zone, new Date(middle)) < day) before = middle;
    else from = middle;
  }
  return new Date(from);
}

/** The day that lies `count` days later (earlier for a negative count). The calendar ends with the year 9999. */
export function addDays(day: Day, count: number): Day {
  const time = midnight(day) + count * MILLISECONDS;
  return new Date(Math.min(Math.max(time, midnight(FIRST_DAY)), midnight(LAST_DAY))).toISOString().slice(0, 10);
}

/** How many calendar days lie from one day to another; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return (midnight(to) - midnight(from)) / MILLISECONDS;
}

// In UTC every day has 24 hours. The machine's own zone may lack a whole day: 2011-12-30 never came to Pacific/Apia.
function midnight(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** Whether this machine's calendar knows a zone. */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
