import { writeFailed } from '../call/refusal.js';
import type { UserData } from '../site/user.js';

/** Maximum length of each column, in characters. Longer values are refused, not cut. */
const LENGTHS = {
  ...{ username: 100, firstname: 100, lastname: 100, email: 100, city: 120 },
  ...{ department: 255, institution: 255, address: 255, idnumber: 255 },
  ...{ middlename: 255, alternatename: 255, firstnamephonetic: 255, lastnamephonetic: 255 },
  ...{ phone1: 20, phone2: 20 },
} as const satisfies Partial<Record<keyof UserData, number>>;

/** @throws MoodleException `dmlwriteexception` for a value longer than its column */
export function requireFit(columns: Partial<UserData>): void {
  for (const [key, length] of Object.entries(LENGTHS)) requireLength(key, Reflect.get(columns, key), length);
}

/** The same for one value; `length` counts characters, not bytes. */
export function requireLength(key: string, value: unknown, length: number): void {
  if (typeof value !== 'string' || [...value].length <= length) return;
  throw writeFailed(`ERROR: value too long for type character varying(${length}): ${key}`);
}

const LOCAL_PART = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}$/;
const DOMAIN = /^([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*$/;

/** Whether Moodle accepts an e-mail address: ASCII only, a dot in the domain, at most 64 characters before the @. */
export function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  return LOCAL_PART.test(text.slice(0, Math.max(0, at))) && DOMAIN.test(text.slice(at + 1));
}
