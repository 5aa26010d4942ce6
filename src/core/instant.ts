import { minuteIn } from './day.js';

/** An ISO instant to the minute, as people read it, with its zone: `2026-11-24 03:00 Europe/Berlin`. */
export function sayMinute(instant: string, zone = 'UTC'): string {
  return `${minuteIn(zone, new Date(instant))} ${zone}`;
}
