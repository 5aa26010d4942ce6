import type { MoodleSettings } from './settings.js';

/** Why these settings keep a mapped field from being sent, or null when it is. */
export function whyWithheld(
  name: string,
  { cohorts, manager_to }: Pick<MoodleSettings, 'cohorts' | 'manager_to'>,
): string | null {
  if (name === 'cohorts' && cohorts === 'off') return 'cohorts are left alone unless cohorts: own is set';
  if (name === 'manager' && manager_to === undefined) {
    return 'Moodle knows no managers of people; set manager_to to a custom profile field that takes their e-mail address';
  }
  return null;
}
