import { tz } from '@date-fns/tz';
import { addDays as addDaysToDate, differenceInCalendarDays, format } from 'date-fns';

/**
 * A calendar day, `YYYY-MM-DD`, without time or zone. Days compare as text. Hire and leave dates stay in this form
 * from the first byte to the last: turning them into instants is how they lose a day.
 */
export type Day = string;

/** Whether a text is a real calendar day in the form `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  // Every date of every person passes here: a round trip through Date costs a sixth of a parser for any format.
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The calendar day that an instant falls on in a zone such as `Europe/Berlin`. */
export function dayIn(zone: string, instant: Date): Day {
  return format(instant, 'yyyy-MM-dd', { in: tz(zone) });
}

/** The day that lies `count` days later (earlier for a negative count). */
export function addDays(day: Day, count: number): Day {
  return format(addDaysToDate(localDate(day), count), 'yyyy-MM-dd');
}

/** How many calendar days lie from one day to another; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return differenceInCalendarDays(localDate(to), localDate(from));
}

// Noon keeps a day out of reach of every daylight-saving gap of the machine's own zone.
function localDate(day: Day): Date {
  return new Date(`${day}T12:00:00`);
}
