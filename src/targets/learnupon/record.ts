import { type Account, CUSTOM_FIELD_PREFIX, type Rights } from '../../core/account.js';
import type { Day } from '../../core/day.js';
import { emptyFields, type Value } from '../../core/value.js';
import { type CustomField, decodeValue, folded } from './custom-data.js';
import type { CustomFields } from './definitions.js';
import type { User } from './schema.js';
import type { LearnUponSettings } from './settings.js';

/** What reading a user depends on. */
export interface ReadOptions {
  readonly custom: CustomFields;
  readonly settings: Pick<LearnUponSettings, 'employee_id_field' | 'manager_to' | 'deactivate_how'>;
  /** Today in the zone of the connector. */
  readonly today: Day;
}

/** A user as it was read, in our names; what the reply did not hold has no entry. A manager is an address there. */
export function accountFrom(user: User, { custom, settings, today }: ReadOptions): Account {
  const fields = emptyFields();
  const note = (name: string, text: string | null | undefined): void => {
    const value = textOf(text);
    if (value !== undefined) fields[name] = value;
  };
  note('first_name', user.first_name);
  note('last_name', user.last_name);
  note('email', user.email);
  note('username', user.username);
  note('language', user.locale);
  note('time_zone', user.timezone_id);
  note('leave_date', user.account_expires);
  const idField = settings.employee_id_field === undefined ? undefined : custom.find(settings.employee_id_field);
  const managerField = settings.manager_to === undefined ? undefined : custom.find(settings.manager_to);
  for (const field of custom.all) {
    if (field === idField || field === managerField) continue;
    const value = customValueOf(user, field);
    if (value !== undefined) fields[`${CUSTOM_FIELD_PREFIX}${field.label}`] = value;
  }
  const manager = managerField === undefined ? undefined : customValueOf(user, managerField);
  if (manager !== undefined) fields['manager'] = manager;
  const names = [textOf(user.first_name), textOf(user.last_name)];
  const filled = names.filter((part) => typeof part === 'string');
  const rights = rightsOf(user);
  const externalId = idField === undefined ? null : (customValueOf(user, idField) ?? null);
  return {
    id: String(user.id),
    state: stateOf(user, settings, today),
    externalId: externalId === null ? null : String(externalId),
    email: textOf(user.email) ?? null,
    name: filled.length === 0 ? null : filled.join(' '),
    fields,
    ...(rights.role !== null && { rights }),
    ...(names.some((part) => part !== undefined) && { names: filled }),
  };
}

/**
 * What a user may do by the type that the reply shows; unknown where it shows none. Instructors, managers of groups and
 * admins are types of their own (https://docs.learnupon.com/api/), and a word that comes later is more than a learner.
 */
export function rightsOf(user: Pick<User, 'user_type'>): Rights {
  const role = textOf(user.user_type) ?? null;
  return { privileged: role === null ? null : role.toLowerCase() !== 'learner', role };
}

/** The value of one custom field; undefined when the reply shows no custom values at all. */
export function customValueOf(user: User, field: CustomField): Value | undefined {
  if (user.customDataFieldValues) {
    const entry = user.customDataFieldValues.find(({ definition_id }) => definition_id === field.id);
    if (entry !== undefined) return decodeValue(entry.value, field);
    if (!user.CustomData) return null;
  }
  if (user.CustomData === undefined) return undefined;
  const entries = Object.entries(user.CustomData ?? {});
  const entry =
    entries.find(([label]) => label === field.label) ??
    entries.find(([label]) => folded(label) === folded(field.label));
  return entry === undefined ? null : decodeValue(entry[1], field);
}

function stateOf(
  { enabled, account_expires }: User,
  { deactivate_how }: ReadOptions['settings'],
  today: Day,
): Account['state'] {
  if (enabled === false) return 'deactivated';
  if (deactivate_how === 'expiry' && account_expires && account_expires.slice(0, 10) < today) return 'deactivated';
  return enabled === undefined && deactivate_how === 'enabled' ? 'unknown' : 'active';
}

// undefined: the reply did not hold the key.
function textOf(text: string | null | undefined): string | null | undefined {
  if (text === undefined) return undefined;
  const trimmed = text?.normalize('NFC').trim();
  return trimmed ? trimmed : null;
}
