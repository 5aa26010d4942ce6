import { EXTERNAL_ID } from '../../core/account.js';
import { caseless } from '../../core/caseless.js';
import { type Fields, isEmpty, textFrom } from '../../core/value.js';
import { RejectedError } from '../kit/rejected.js';
import { MANAGER_PATH, pathOf, USER_SCHEMA, WORK_ENTRIES } from './catalogue.js';
import { withWorkEntry } from './entries.js';
import { whyWithheld } from './fields.js';
import { type Assignment, resourceOf } from './patch.js';
import { asResource, extensionsIn, type Resource, valueAt } from './path.js';
import type { ReadOptions } from './reading.js';

/** What one request writes, in our names: null clears. */
export interface WriteOptions {
  readonly fields: Fields;
  /** The value of the manager's attribute, null to have none, undefined to leave it alone. */
  readonly manager: unknown;
}

/** The values of one attribute each that a writing comes to; groups and the user name are not among them. */
export function assignmentsOf(
  { fields, manager }: WriteOptions,
  user: Resource,
  { settings }: ReadOptions,
): readonly Assignment[] {
  const assignments = Object.entries(fields).flatMap(([name, value]): Assignment[] => {
    if (whyWithheld(name, settings) !== null || (name === EXTERNAL_ID && settings.external_id === 'off')) return [];
    if (name === 'email' || name === 'phone') {
      const path = WORK_ENTRIES[name];
      return [{ path, value: withWorkEntry(valueAt(user, path), isEmpty(value) ? null : textFrom(value)) }];
    }
    const path = pathOf(name);
    return path === null ? [] : [{ path, value: isEmpty(value) ? undefined : value }];
  });
  if (manager === undefined || settings.manager_as === 'off') return assignments;
  return [...assignments, { path: MANAGER_PATH, value: manager ?? undefined }];
}

/** The field that holds the user name: the mapped one, else the e-mail address. */
export function userNameField(fields: Fields, { namesUsers }: ReadOptions): 'user_name' | 'email' {
  return namesUsers || Object.hasOwn(fields, 'user_name') ? 'user_name' : 'email';
}

/**
 * The user name that the fields give.
 *
 * @throws RejectedError where they give none: every user has one
 */
export function userNameIn(fields: Fields, reading: ReadOptions): string {
  const field = userNameField(fields, reading);
  const name = textFrom(fields[field]).trim();
  if (name === '') throw new RejectedError('invalid_value', `${field} is empty, and every account has a user name`);
  return name;
}

/** Whether HR wants another user name than the account is known to have. */
export function userNameDiffers(known: Fields, wanted: Fields, reading: ReadOptions): boolean {
  const field = userNameField(wanted, reading);
  const [held, name] = [textFrom(known[field]), textFrom(wanted[field])];
  return held !== '' && name !== '' && caseless(held) !== caseless(name);
}

/** A user as it is made. */
export function newUser(assignments: readonly Assignment[]): Resource {
  return withSchemas(resourceOf(assignments, { schemas: [] }));
}

/** A user as it was read with other values, to be put back whole. What the server alone writes is left out. */
export function mergedUser(user: Resource, assignments: readonly Assignment[]): Resource {
  const { meta: _, groups: __, ...rest } = user;
  return withSchemas(withoutEmpty(resourceOf(assignments, rest)));
}

// Every extension that a body holds values of is named: https://www.rfc-editor.org/rfc/rfc7643#section-3.3
function withSchemas(resource: Resource): Resource {
  const held = Array.isArray(resource['schemas']) ? resource['schemas'].map(String) : [];
  return { ...resource, schemas: [...new Set([USER_SCHEMA, ...held, ...extensionsIn(resource)])] };
}

function withoutEmpty(resource: Resource): Resource {
  const kept = Object.entries(resource).filter(
    ([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  const cleaned = kept.map(([key, value]) => [
    key,
    asResource(value) === undefined ? value : withoutEmpty({ ...Object(value) }),
  ]);
  return Object.fromEntries(cleaned);
}
