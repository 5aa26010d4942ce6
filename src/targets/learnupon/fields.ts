import type { LearnUponSettings } from './settings.js';

type Switches = Pick<LearnUponSettings, 'groups' | 'manager_to' | 'leave_date_to'>;

/** Why these settings keep a mapped field from being sent, or null when it is. */
export function whyWithheld(name: string, { groups, manager_to, leave_date_to }: Switches): string | null {
  if (name === 'groups' && groups === 'off') return 'groups are left alone unless groups: own is set';
  if (name === 'manager' && manager_to === undefined) {
    return 'LearnUpon knows no managers of people; set manager_to to a String custom field that takes their e-mail';
  }
  if (name === 'leave_date' && leave_date_to === 'none') return 'leave_date_to: none keeps it here';
  return null;
}
