import { CUSTOM_FIELD_PREFIX } from '../../core/account.js';
import { type Fields, isEmpty, textFrom, type Value } from '../../core/value.js';
import { RejectedError } from '../kit/rejected.js';
import type { ManagerAccount } from '../target.js';
import { isNeeded, problemWith } from './acceptable.js';
import { isPlain, KEYS } from './catalogue.js';
import { encodeCustom } from './custom-values.js';
import type { Parameter } from './form.js';

/** What one request writes of somebody, in our names: null clears, an undefined manager is left alone. */
export interface Wanted {
  readonly fields: Fields;
  readonly manager: ManagerAccount | null | undefined;
}

/** One custom value that is written. */
export interface CustomWrite {
  readonly field: string;
  readonly shortname: string;
  readonly value: Value;
  /** How it is sent. */
  readonly encoded: string;
}

/** A value that is not sent because Moodle would refuse it, and why, as the rest of a sentence. */
export interface Unsent {
  readonly field: string;
  readonly problem: string;
}

/** The parameters of a user, with what must be read back and what is not sent. */
export interface UserWrite {
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly custom: readonly CustomWrite[];
  readonly unsent: readonly Unsent[];
}

/** What writing depends on; `isFlag`: whether HR or the config says that a field is a yes or no. */
export interface WriteRules {
  readonly managerTo: string | undefined;
  readonly isFlag: (field: string) => boolean;
}

/** Moodle takes these empty without a word, and nobody could log in then. */
const NEVER_EMPTY: ReadonlySet<string> = new Set(['email', 'first_name', 'last_name', 'username']);

/**
 * The parameters for some fields of a user. Identifying ones go first: should a form be cut off, an account must not lose
 * what it is found by.
 *
 * @throws RejectedError for a name, address or employee id that Moodle refuses
 */
export function userWriteOf({ fields, manager }: Wanted, rules: WriteRules): UserWrite {
  const parameters: Record<string, Parameter> = {};
  const unsent: Unsent[] = [];
  for (const [name, key] of Object.entries(KEYS)) {
    const value = fields[name];
    if (!isPlain(name) || value === undefined || (isEmpty(value) && NEVER_EMPTY.has(name))) continue;
    const text = textFrom(value);
    const problem = isEmpty(value) ? null : problemWith(name, text);
    if (problem === null) parameters[key] = text;
    else if (isNeeded(name)) throw new RejectedError('invalid_value', `${name} ${problem}`);
    else unsent.push({ field: name, problem });
  }
  const custom = customWritesOf({ fields, manager }, rules);
  const taken = custom.filter(({ shortname }) => isShortname(shortname));
  for (const { field } of custom.filter((one) => !taken.includes(one))) {
    unsent.push({ field, problem: 'is not the short name of a custom profile field: letters, digits, - and _' });
  }
  if (taken.length > 0) {
    parameters['customfields'] = taken.map(({ shortname, encoded }) => ({ type: shortname, value: encoded }));
  }
  return { parameters, custom: taken, unsent };
}

function customWritesOf({ fields, manager }: Wanted, { managerTo, isFlag }: WriteRules): readonly CustomWrite[] {
  const write = (field: string, shortname: string, value: Value): CustomWrite => ({
    ...{ field, shortname, value, encoded: encodeCustom(value, isFlag(field)) },
  });
  const writes = Object.entries(fields)
    .filter(([field]) => field.startsWith(CUSTOM_FIELD_PREFIX))
    .map(([field, value]) => write(field, field.slice(CUSTOM_FIELD_PREFIX.length), value));
  if (manager === undefined || managerTo === undefined) return writes;
  return [...writes, write('manager', managerTo, manager?.email ?? null)];
}

function isShortname(text: string): boolean {
  return /^[\w-]+$/.test(text);
}
