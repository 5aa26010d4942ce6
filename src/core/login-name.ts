import type { Fields } from './value.js';

/** The fields that may hold a user name, whatever an LMS calls it. */
const NAMES = ['user_name', 'username'] as const;

/** The user name that fields give, or null. */
export function loginName(fields: Fields): string | null {
  for (const field of NAMES) {
    const value = fields[field];
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return null;
}

/** Why somebody is not invited, as part of a sentence. */
export const NO_ADDRESS = 'there is no e-mail address to mail to';
