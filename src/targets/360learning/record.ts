import type { Account } from '../../core/account.js';
import { addDays, dayIn, isDay, midnightIn } from '../../core/day.js';
import { emailKey } from '../../core/email.js';
import { emptyFields, type Fields, isEmpty, type Value } from '../../core/value.js';
import { RejectedError } from '../kit/rejected.js';
import { isLanguage, KEYS, languageCode } from './catalogue.js';
import type { User } from './schema.js';
import type { Learning360Settings } from './settings.js';

/** What reading and writing a user depends on; `zone` is the connector's, in which its days begin. */
export type ReadOptions = Pick<Learning360Settings, 'leave_date_days_after' | 'restored_users'> & {
  readonly zone: string;
};

/** A user in our names, as far as the user object itself shows them. */
export function accountFrom(user: User, externalId: string | null, settings: ReadOptions): Account {
  const fields = emptyFields();
  // What is not set is left out by 360Learning, so what does not stand there is known to be empty.
  for (const [name, key] of Object.entries(KEYS)) fields[name] = textOf(user[key]);
  fields['leave_date'] = dayFrom(user.toBeDeactivatedAt, settings);
  fields['external_id'] = externalId;
  const names = [textOf(user.firstName), textOf(user.lastName)].filter((part) => part !== null);
  return {
    id: user._id,
    state: stateOf(user, settings),
    externalId,
    email: textOf(user.mail),
    name: names.length === 0 ? null : names.join(' '),
    names,
    fields,
  };
}

/** The part of a body that these fields make, of those that are the user's own; null clears. */
export function bodyOf(fields: Fields, settings: ReadOptions, now: Date): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (isPlain(name)) body[KEYS[name]] = textFor(name, value);
    else if (name === 'leave_date') body['toBeDeactivatedAt'] = instantOf(value, settings, now);
  }
  // The language is the one thing that cannot be cleared, so it stays as it is.
  if (body['lang'] === null) delete body['lang'];
  return body;
}

/** Whether somebody was deleted; early versions said it by a boolean. */
export function isDeleted({ status, deleted }: User): boolean {
  return status === undefined || status === null ? deleted === true : status === 'deleted';
}

/** A value as the one text that 360Learning takes. */
export function textFrom(value: Value): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** Whether somebody was brought back from a deletion and not activated yet, so that they cannot log in. */
export function waitsForActivation(user: User, { restored_users }: Pick<ReadOptions, 'restored_users'>): boolean {
  return restored_users === 'activate' && user.status === 'invited' && (user.reactivatedAt?.length ?? 0) > 0;
}

function stateOf(user: User, settings: ReadOptions): Account['state'] {
  if (isDeleted(user) || waitsForActivation(user, settings)) return 'deactivated';
  return user.status || user.deleted === false ? 'active' : 'unknown';
}

function textFor(name: keyof typeof KEYS, value: Value): string | null {
  if (isEmpty(value)) return null;
  const text = textFrom(value);
  if (name === 'email') return emailKey(text);
  if (name !== 'language') return text;
  const code = languageCode(text);
  if (isLanguage(code)) return code;
  throw new RejectedError('invalid_value', `360Learning has no language "${text.slice(0, 80)}"`);
}

// The account is to end at a midnight to come, by the connector's clock; a day that has passed leaves nothing to announce.
function instantOf(value: Value, { leave_date_days_after, zone }: ReadOptions, now: Date): string | null {
  if (isEmpty(value)) return null;
  const day = textFrom(value).slice(0, 10);
  if (!isDay(day)) throw new RejectedError('invalid_value', `leave_date "${day}" is no day`);
  const midnight = midnightIn(zone, addDays(day, leave_date_days_after));
  return midnight.getTime() > now.getTime() ? midnight.toISOString() : null;
}

const HALF_A_DAY = 12 * 3_600_000;

// 360Learning may keep the midnight of the company's own zone: the nearest one is meant.
function dayFrom(instant: string | null | undefined, { leave_date_days_after, zone }: ReadOptions): string | null {
  const time = Date.parse(instant ?? '');
  if (Number.isNaN(time)) return null;
  return addDays(dayIn(zone, new Date(time + HALF_A_DAY)), -leave_date_days_after);
}

function textOf(text: string | null | undefined): string | null {
  const trimmed = text?.normalize('NFC').trim();
  return trimmed ? trimmed : null;
}

function isPlain(name: string): name is keyof typeof KEYS {
  return Object.hasOwn(KEYS, name);
}
