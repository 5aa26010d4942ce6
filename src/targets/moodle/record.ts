import { type Account, CUSTOM_FIELD_PREFIX, type Rights } from '../../core/account.js';
import type { MappingRule } from '../../core/mapping.js';
import { emptyFields } from '../../core/value.js';
import { KEYS } from './catalogue.js';
import { type CustomReadOptions, decodeCustom } from './custom-values.js';
import type { User } from './schema.js';
import { FIRST_ADMIN, GUEST, type Site } from './site.js';

/** What reading a user depends on. */
export interface ReadOptions extends CustomReadOptions {
  /** The custom profile fields that are managed, by short name. */
  readonly shortnames: readonly string[];
  readonly managerTo: string | undefined;
  readonly site: Pick<Site, 'userId' | 'formerUserIds'>;
}

/** The short names of the custom profile fields that a mapping writes. */
export function shortnamesIn(rules: readonly MappingRule[]): readonly string[] {
  return rules.flatMap(({ field }) =>
    field.startsWith(CUSTOM_FIELD_PREFIX) ? field.slice(CUSTOM_FIELD_PREFIX.length) : [],
  );
}

/**
 * A user in our names. What is empty is left out by Moodle, so what does not stand there is known to be empty; the phone
 * alone is shown only where the site setting `showuseridentity` names it. A manager is an address.
 */
export function accountFrom(user: User, reading: ReadOptions): Account {
  const fields = emptyFields();
  for (const [name, key] of Object.entries(KEYS)) {
    const value = textOf(user[key]);
    if (name !== 'phone' || value !== null) fields[name] = value;
  }
  // The zone of the site, which is what an account without one has.
  if (fields['time_zone'] === SITE_ZONE) fields['time_zone'] = null;
  const custom = new Map((user.customfields ?? []).map((held) => [held.shortname, held]));
  const customValue = (shortname: string) => {
    const held = custom.get(shortname);
    if (held !== undefined) return decodeCustom(held, reading);
    return reading.isRaw ? null : undefined;
  };
  for (const shortname of reading.shortnames) {
    const value = customValue(shortname);
    if (value !== undefined) fields[`${CUSTOM_FIELD_PREFIX}${shortname}`] = value;
  }
  const manager = reading.managerTo === undefined ? undefined : customValue(reading.managerTo);
  if (manager !== undefined) fields['manager'] = manager;
  const names = [textOf(user.firstname), textOf(user.lastname)].filter((part) => part !== null);
  return {
    id: user.id,
    state: user.suspended === undefined ? 'unknown' : user.suspended ? 'deactivated' : 'active',
    externalId: textOf(user.idnumber),
    email: textOf(user.email),
    name: names.length === 0 ? null : names.join(' '),
    names,
    fields,
    rights: rightsOf(user.id, reading.site),
  };
}

/** An account that Moodle has and cannot show: nothing of it is known but that it is there. */
export function unshownAccount(id: string, { site }: Pick<ReadOptions, 'site'>): Account {
  return {
    ...{ id, state: 'unknown', externalId: null, email: null, name: null, fields: emptyFields() },
    rights: rightsOf(id, site),
  };
}

/** Accounts that hrsync never writes, whatever is linked to them. */
export function isUntouchable(id: string, { userId, formerUserIds }: ReadOptions['site']): boolean {
  return id === GUEST || id === FIRST_ADMIN || id === userId || formerUserIds.has(id);
}

/**
 * Whether somebody was deleted: a deleted user is found by id still, without a mark, under a made-up address and the old one
 * with the time behind it as the user name: https://moodledev.io/ (delete_user).
 */
export function isDeleted({ email, username, idnumber }: User): boolean {
  return /^[0-9a-f]{32}$/.test(email ?? '') && /\.\d{9,}$/.test(username ?? '') && !idnumber;
}

/** Nothing that Moodle shows of an account marks an administrator, so of all others the rights are unknown. */
function rightsOf(id: string, site: ReadOptions['site']): Rights {
  if (id === GUEST) return { privileged: true, role: 'guest account' };
  if (id === FIRST_ADMIN) return { privileged: true, role: 'first administrator' };
  if (id === site.userId) return { privileged: true, role: 'service user of hrsync' };
  if (site.formerUserIds.has(id)) return { privileged: true, role: 'earlier service user of hrsync' };
  return { privileged: null, role: null };
}

const SITE_ZONE = '99';

function textOf(text: string | null | undefined): string | null {
  const trimmed = text?.normalize('NFC').trim();
  return trimmed ? trimmed : null;
}
