import type { ChangeKind } from '../../core/change.js';
import type { Day } from '../../core/day.js';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** What the page calls each kind of change. */
export const PLAIN_KINDS: Readonly<Record<ChangeKind, string>> = {
  deactivate: 'Loses access',
  delete: 'Account deleted',
  invite: 'Invitation',
  reactivate: 'Access again',
  adopt: 'Account linked',
  update: 'Data changed',
  create: 'New account',
};

/** A day as people write it: "1 December 2026". */
export function sayDay(day: Day): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${Number(date)} ${MONTHS[Number(month) - 1] ?? month} ${Number(year)}`;
}

/** An instant to the minute: "24 November 2026, 02:00 UTC". */
export function sayMoment(instant: Date): string {
  const text = instant.toISOString();
  return `${sayDay(text.slice(0, 10))}, ${text.slice(11, 16)} UTC`;
}
