import { CUSTOM_FIELD_PREFIX, EXTERNAL_ID } from '../../core/account.js';
import { type Day, isDay } from '../../core/day.js';
import { type Fields, isEmpty, type Value } from '../../core/value.js';
import { RejectedError } from '../kit/rejected.js';
import type { ManagerAccount } from '../target.js';
import { FIELDS, KEYS } from './catalogue.js';
import { type CustomField, encodeValue } from './custom-data.js';
import type { CustomFields } from './definitions.js';
import { whyWithheld } from './fields.js';
import type { LearnUponSettings } from './settings.js';

/** What one request writes, in our names: null clears, an undefined manager is left alone. */
export interface WriteOptions {
  readonly fields: Fields;
  readonly manager: ManagerAccount | null | undefined;
}

/** One custom value that a request writes. */
export interface CustomWrite {
  readonly name: string;
  readonly field: CustomField;
  readonly value: Value;
}

type Body = Record<string, unknown>;

/**
 * The attributes and custom values of a create or an update.
 *
 * @throws RejectedError for a value that its field does not take, and for a custom field that does not exist
 */
export function bodyOf(writing: WriteOptions, custom: CustomFields, settings: LearnUponSettings): Body {
  const body: Body = {};
  for (const [name, value] of Object.entries(writing.fields)) {
    if (!isPlain(name) || whyWithheld(name, settings) !== null) continue;
    body[KEYS[name]] = isEmpty(value) ? settings.clear_value : permitted(name, value);
  }
  const customData = customDataOf(customWritesOf(writing, custom, settings), settings);
  return customData === null ? body : { ...body, CustomData: customData };
}

/**
 * Whether a writing holds a leave date that has passed. The login would be closed at once (https://docs.learnupon.com/api/,
 * `account_expires`), and whoever is written is to have one, so such a day is never sent.
 */
export function hasExpired({ fields }: WriteOptions, today: Day, settings: LearnUponSettings): boolean {
  const day = fields['leave_date'];
  return typeof day === 'string' && isDay(day) && day < today && whyWithheld('leave_date', settings) === null;
}

/** The custom values that a writing holds, with the employee id and the manager among them. */
export function customWritesOf(
  { fields, manager }: WriteOptions,
  custom: CustomFields,
  { employee_id_field, manager_to }: LearnUponSettings,
): readonly CustomWrite[] {
  const writes = Object.entries(fields).flatMap(([name, value]): CustomWrite[] => {
    if (name === EXTERNAL_ID) {
      return employee_id_field === undefined ? [] : [{ name, field: custom.get(employee_id_field), value }];
    }
    if (!name.startsWith(CUSTOM_FIELD_PREFIX)) return [];
    return [{ name, field: custom.get(name.slice(CUSTOM_FIELD_PREFIX.length)), value }];
  });
  if (manager === undefined || manager_to === undefined) return writes;
  return [...writes, { name: 'manager', field: custom.get(manager_to), value: manager?.email ?? null }];
}

/** Flags are taken as texts only by some calls. */
export function flag(value: boolean, { boolean_encoding }: Pick<LearnUponSettings, 'boolean_encoding'>): unknown {
  return boolean_encoding === 'string' ? String(value) : value;
}

function customDataOf(writes: readonly CustomWrite[], settings: LearnUponSettings): Body | null {
  if (writes.length === 0) return null;
  const byId = settings.custom_data_key === 'id';
  const values = writes.map(({ field, value }) => [
    byId ? String(field.id) : field.label,
    isEmpty(value) ? settings.clear_value : encodeValue(value, field),
  ]);
  return { ...(byId && { use_definition_ids: 1 }), ...Object.fromEntries(values) };
}

function isPlain(name: string): name is keyof typeof KEYS {
  return Object.hasOwn(KEYS, name);
}

function permitted(name: string, value: Value): string {
  const text = String(value);
  const { choices = null, type } = FIELDS.find((field) => field.name === name) ?? {};
  if (choices !== null && !choices.includes(text)) {
    throw new RejectedError('invalid_value', `${name} "${text.slice(0, 80)}" is none of ${choices.join(', ')}`);
  }
  if (type === 'date' && !isDay(text)) {
    throw new RejectedError('invalid_value', `${name} "${text.slice(0, 80)}" is no day (YYYY-MM-DD)`);
  }
  return text;
}
