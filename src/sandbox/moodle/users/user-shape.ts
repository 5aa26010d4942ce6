import { type Leaves, list, single } from '../call/shapes.js';
import { COUNTRIES } from '../site/countries.js';
import type { UserData } from '../site/user.js';

/** The optional parameters that creating and updating users have in common. */
export function userShape({ text, int }: Leaves) {
  const optional = (...type: Parameters<typeof text>) => text(...type).optional();
  return {
    auth: optional('auth'),
    password: optional('raw'),
    idnumber: optional('raw'),
    lang: optional('lang'),
    calendartype: optional('alphanumext'),
    theme: optional('theme'),
    timezone: optional('timezone'),
    mailformat: int.optional(),
    maildisplay: int.optional(),
    description: optional('raw'),
    city: optional('text'),
    country: optional('alpha'),
    department: optional('text'),
    institution: optional('text'),
    phone1: optional('noTags'),
    phone2: optional('noTags'),
    address: optional('text'),
    middlename: optional('noTags'),
    alternatename: optional('noTags'),
    firstnamephonetic: optional('noTags'),
    lastnamephonetic: optional('noTags'),
    interests: optional('text'),
    customfields: list(single({ type: text('alphanumext'), value: text('raw') })).optional(),
    preferences: list(single({ type: text('raw'), value: text('raw') })).optional(),
  };
}

/** The columns that the sent parameters change. An unknown country becomes an empty one. */
export function columnsOf(sent: Readonly<Record<string, unknown>>): Partial<UserData> {
  const columns = Object.entries(sent).filter(([, value]) => value !== undefined);
  const { country } = sent;
  return {
    ...Object.fromEntries(columns),
    ...(typeof country === 'string' && { country: COUNTRIES.has(country) ? country : '' }),
  };
}

/** The preferences of a user after a write. */
export function withPreferences(
  present: UserData['preferences'],
  sent: readonly { readonly type: string; readonly value: string }[] = [],
): UserData['preferences'] {
  return { ...present, ...Object.fromEntries(sent.map(({ type, value }) => [type, value])) };
}
