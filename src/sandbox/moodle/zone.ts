import type { MoodleParts } from './call/web-function.js';
import type { User } from './site/user.js';

/** The time zone for the dates of a call: the call's own, else the user's, else the site's. Unknown zones are skipped. */
export function zoneOf(asked: string | null, { timezone }: User, { settings }: Pick<MoodleParts, 'settings'>): string {
  const wanted = [settings.timezoneInCall ? asked : null, timezone, settings.timezone];
  return wanted.find((zone) => zone !== null && isZone(zone)) ?? 'UTC';
}

function isZone(zone: string): boolean {
  // `99` means the site's zone, and Node.js would accept offsets, which Moodle does not.
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
