import { type Account, CUSTOM_FIELD_PREFIX, type Rights } from '../../core/account.js';
import { didYouMean } from '../../core/closest.js';
import { emptyFields, type Fields, isEmpty, type Value } from '../../core/value.js';
import { RejectedError } from '../kit/rejected.js';
import type { ManagerAccount } from '../target.js';
import { FIELDS } from './catalogue.js';
import { keyOf } from './fields.js';
import type { User } from './schema.js';
import type { LearnAmpSettings } from './settings.js';

/** What one request writes, in our names: null clears, undefined leaves the manager alone. */
export interface WriteOptions {
  readonly fields: Fields;
  readonly manager: ManagerAccount | null | undefined;
  /** The id of every team that the fields name. */
  readonly teamIds: ReadonlyMap<string, number>;
}

/** A user as it was read, in our names. The manager is left out: it may be the team's and not the user's own. */
export function accountFrom(user: User): Account {
  const fields = emptyFields();
  for (const [name, value] of Object.entries(readable(user))) {
    if (value !== undefined) fields[name] = value;
  }
  const names = [textOf(user.firstName), textOf(user.lastName)];
  const filled = names.filter((part) => typeof part === 'string');
  const rights = rightsOf(user);
  return {
    id: String(user.id),
    state: stateOf(user.status?.status),
    externalId: textOf(user.integrationExternalId) ?? null,
    email: textOf(user.email) ?? null,
    name: filled.length === 0 ? null : filled.join(' '),
    fields,
    ...(rights.role !== null && { rights }),
    ...(names.some((part) => part !== undefined) && { names: filled }),
  };
}

// The API calls the lowest role `viewer`, the interface and the imports "learner". Whatever else there is can do more,
// words that come later included: https://developers.learnamp.com/#create-a-user
const LEARNERS = ['viewer', 'learner'];

/** What a user may do by the role that the reply shows; unknown where it shows none. */
export function rightsOf(user: Pick<User, 'role'>): Rights {
  const role = textOf(user.role) ?? null;
  return { privileged: role === null ? null : !LEARNERS.includes(role.toLowerCase()), role };
}

/** The body of a create or an update. Of an either/or pair only one member is ever sent. */
export function bodyOf(
  { fields, manager, teamIds }: WriteOptions,
  settings: LearnAmpSettings,
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  const customFields: { name: string; value: string | null }[] = [];
  for (const [name, value] of Object.entries(fields)) {
    const key = keyOf(name, settings);
    const cleared = isEmpty(value) ? clearValueOf(name, settings) : null;
    if (cleared === 'omit') continue;
    if (key !== undefined) body[key] = isEmpty(value) ? cleared : permitted(name, textFrom(value));
    else if (name === 'primary_team') body['primaryTeamId'] = isEmpty(value) ? cleared : teamIds.get(textFrom(value));
    else if (name === 'secondary_teams') body['secondaryTeamIds'] = teamsIn(value).map((team) => teamIds.get(team));
    else if (name.startsWith(CUSTOM_FIELD_PREFIX)) {
      const text = isEmpty(value) ? cleared : textFrom(value);
      customFields.push({ name: name.slice(CUSTOM_FIELD_PREFIX.length), value: text });
    }
  }
  if (customFields.length > 0) body['customFields'] = customFields;
  return { ...body, ...managerIn(manager, settings) };
}

/** The names of the teams that these fields put somebody into. */
export function teamNamesIn(fields: Fields): readonly string[] {
  return [...teamsIn(fields['primary_team']), ...teamsIn(fields['secondary_teams'])];
}

/** What a user shows of our fields; undefined where the key was not in the reply. */
export function readable(user: User): Readonly<Record<string, Value | undefined>> {
  return {
    first_name: textOf(user.firstName),
    last_name: textOf(user.lastName),
    email: textOf(user.email),
    external_id: textOf(user.integrationExternalId),
    job_title: textOf(user.jobTitle),
    primary_team: user.primaryTeam === undefined ? undefined : (textOf(user.primaryTeam?.name) ?? null),
    secondary_teams: user.secondaryTeams?.flatMap((team) => textOf(team.name) ?? []),
    primary_location: textOf(user.location),
    department: textOf(user.department),
    hire_date: textOf(user.hireDate),
    language: textOf(user.language),
    role: textOf(user.role),
    occupation_role: textOf(user.occupationRole),
  };
}

// "Confirmed", "Invite pending", "Not yet invited", "Invite scheduled", "Deactivated", and whatever comes later:
// https://learnamp.atlassian.net/wiki/spaces/KB/pages/201097707/How+can+I+check+the+invite+status+of+users
function stateOf(label: string | null | undefined): Account['state'] {
  const word = label?.trim().toLowerCase();
  if (!word) return 'unknown';
  return word === 'deactivated' ? 'deactivated' : 'active';
}

function managerIn(manager: ManagerAccount | null | undefined, settings: LearnAmpSettings): Record<string, unknown> {
  if (manager === undefined) return {};
  const byEmail = settings.manager_key === 'email';
  if (manager === null) {
    const cleared = clearValueOf('manager', settings);
    return cleared === 'omit' ? {} : { [byEmail ? 'managerEmail' : 'managerId']: cleared };
  }
  return byEmail && manager.email !== null ? { managerEmail: manager.email } : { managerId: Number(manager.accountId) };
}

/** What is sent to empty a field. */
export function clearValueOf(name: string, settings: LearnAmpSettings): LearnAmpSettings['clear_value'] {
  const own = Object.hasOwn(settings.clear_values, name) ? settings.clear_values[name] : undefined;
  return own === undefined ? settings.clear_value : own;
}

function permitted(name: string, text: string): string {
  const choices = FIELDS.find((field) => field.name === name)?.choices ?? null;
  if (choices === null || choices.includes(text)) return text;
  const detail = `${name} "${text.slice(0, 80)}" is none of ${choices.join(', ')}`;
  throw new RejectedError('invalid_value', `${detail}${didYouMean(text, choices)}`);
}

/** The team names that the value of a team field holds. */
export function teamsIn(value: Value | undefined): readonly string[] {
  if (value === undefined || isEmpty(value)) return [];
  return Array.isArray(value) ? value : [textFrom(value)];
}

// undefined: the reply did not hold the key.
function textOf(text: string | null | undefined): string | null | undefined {
  if (text === undefined) return undefined;
  const trimmed = text?.normalize('NFC').trim();
  return trimmed ? trimmed : null;
}

/** A value as the one text that Learn Amp takes. */
export function textFrom(value: Value): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}
