import { type Account, EXTERNAL_ID, type Rights } from '../../core/account.js';
import { caseless } from '../../core/caseless.js';
import { isEmail } from '../../core/email.js';
import { emptyFields, type Value } from '../../core/value.js';
import { MANAGER_PATH, PATHS, pathOf, WORK_ENTRIES } from './catalogue.js';
import { chiefEntry, entryText, workEntry } from './entries.js';
import { asResource, entriesOf, type Resource, valueAt } from './path.js';
import type { ReadOptions } from './reading.js';
import type { ScimResource } from './schema.js';

/**
 * A user as the server shows it, in our names. Servers leave out what is empty and some of what they hold, so a field that
 * is not shown has no entry: it may be either. Values may come back rewritten.
 */
export function accountFrom(user: ScimResource, reading: ReadOptions): Account {
  const fields = emptyFields();
  const note = (name: string, value: Value | undefined): void => {
    if (value !== undefined) fields[name] = value;
  };
  for (const [name, path] of Object.entries(PATHS)) {
    // Where it is not ours it may be somebody else's number for the account.
    if (name !== EXTERNAL_ID || reading.settings.external_id === 'write') note(name, textOf(valueAt(user, path)));
  }
  for (const [name, path] of Object.entries(WORK_ENTRIES))
    note(name, textOf(entryText(workEntry(valueAt(user, path)))));
  for (const name of reading.customFields) note(name, shownValue(valueAt(user, pathOf(name) ?? name)));
  const userName = userNameOf(user);
  note('user_name', userName);
  note(
    'groups',
    ownedGroupsOf(user, reading)
      ?.map(({ name }) => name)
      .toSorted(),
  );
  note('manager', managerOf(user, reading));
  const chief = textOf(entryText(chiefEntry(valueAt(user, WORK_ENTRIES.email))));
  const address = chief ?? (userName !== undefined && isEmail(userName) ? userName : undefined);
  note('email', address);
  const externalId = fields[EXTERNAL_ID];
  const names = [fields['first_name'], fields['last_name']].filter((part) => typeof part === 'string');
  const whole =
    names.length > 0 ? names.join(' ') : (textOf(valueAt(user, 'name.formatted')) ?? fields['display_name']);
  return {
    id: user.id,
    state: stateOf(user),
    externalId: typeof externalId === 'string' ? externalId : null,
    email: typeof address === 'string' ? address : null,
    name: typeof whole === 'string' ? whole : null,
    fields,
    ...(names.length > 0 && { names }),
    rights: rightsOf(user, reading),
  };
}

/** Whether somebody can log in. Some servers write the boolean as text, and some leave it out. */
export function stateOf(user: Resource): Account['state'] {
  const word = caseless(String(valueAt(user, 'active')));
  if (word === 'true') return 'active';
  return word === 'false' ? 'deactivated' : 'unknown';
}

export function userNameOf(user: Resource): string | undefined {
  return textOf(valueAt(user, 'userName'));
}

/** The owned groups that a user is in, as the server shows them; undefined where it shows no groups. */
export function ownedGroupsOf(
  user: Resource,
  { settings, isOwned }: Pick<ReadOptions, 'settings' | 'isOwned'>,
): readonly { readonly id: string; readonly name: string }[] | undefined {
  const groups = valueAt(user, 'groups');
  if (settings.groups === 'off' || groups === undefined) return undefined;
  return entriesOf(groups).flatMap((entry) => {
    const id = entryText(entry);
    const name = textOf(asResource(entry)?.['display']);
    return id !== null && name !== undefined && isOwned(name) ? [{ id, name }] : [];
  });
}

/** What a user may do, by the attributes that `privileged_when` names. What is empty is not shown, and gives no rights. */
export function rightsOf(user: Resource, { settings: { privileged_when } }: Pick<ReadOptions, 'settings'>): Rights {
  const watched = Object.entries(privileged_when);
  if (watched.length === 0) return { privileged: null, role: null };
  for (const [path, values] of watched) {
    const wanted = new Set(values.map(caseless));
    const role = entriesOf(valueAt(user, path))
      .flatMap(wordsOf)
      .find((word) => wanted.has(caseless(word)));
    if (role !== undefined) return { privileged: true, role };
  }
  return { privileged: false, role: null };
}

// A role or a group is shown by its value, by its name, or by both.
function wordsOf(entry: unknown): readonly string[] {
  const words = [entryText(entry), asResource(entry)?.['display'], typeof entry === 'boolean' ? String(entry) : null];
  return words.filter((word) => typeof word === 'string');
}

// What names a manager by something else than an account or an address cannot be told from the user alone.
function managerOf(user: Resource, { settings, managerByAddress }: ReadOptions): string | undefined {
  const isById = settings.manager_as === 'id' || settings.manager_as === 'string';
  if (!isById && !managerByAddress) return undefined;
  return textOf(entryText(valueAt(user, MANAGER_PATH)));
}

function shownValue(value: unknown): Value | undefined {
  if (typeof value === 'boolean' || typeof value === 'number') return value;
  if (!Array.isArray(value)) return textOf(value);
  return value.flatMap((entry) => entryText(entry) ?? []);
}

function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value).normalize('NFC').trim();
  return text === '' ? undefined : text;
}
