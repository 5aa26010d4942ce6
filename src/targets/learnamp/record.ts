import { type Account, CUSTOM_FIELD_PREFIX } from '../../core/account.js';
import { emailKey } from '../../core/email.js';
import { emptyFields, type Fields, isEmpty, sameValue, type Value } from '../../core/value.js';
import { RejectedError } from '../rejected.js';
import type { ManagerAccount } from '../target.js';
import { choicesOf } from './catalogue.js';
import { keyOf } from './fields.js';
import type { Team, User } from './schema.js';
import type { LearnAmpSettings } from './settings.js';

/** What one request writes, in our names: null clears, undefined leaves the manager alone. */
export interface Writing {
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
  const name = [user.firstName, user.lastName].filter((part) => part).join(' ');
  return {
    id: String(user.id),
    state: stateOf(user.status?.status),
    externalId: textOf(user.integrationExternalId) ?? null,
    email: textOf(user.email) ?? null,
    name: name === '' ? null : name,
    fields,
  };
}

/** The body of a create or an update. Of an either/or pair only one member is ever sent. */
export function bodyOf({ fields, manager, teamIds }: Writing, settings: LearnAmpSettings): Record<string, unknown> {
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

/**
 * The fields that the reply shows not to have been taken over. What a reply does not show counts as taken over, except
 * a clearing that was withheld by `omit`.
 */
export function refusedFields(
  { fields, manager, teamIds }: Writing,
  reply: User,
  settings: LearnAmpSettings,
): string[] {
  const shown = readable(reply);
  const refused = Object.entries(fields).filter(([name, value]) => {
    const unsent = isEmpty(value) && clearValueOf(name, settings) === 'omit';
    if (shown[name] === undefined) return unsent;
    if (!unsent && !settings.verify_after_write) return false;
    if (name === 'primary_team') return reply.primaryTeam?.id !== teamIds.get(textFrom(value));
    if (name === 'secondary_teams') return !sameTeams(value, reply, teamIds);
    return !isSame(name, value, shown[name]);
  });
  const names = refused.map(([name]) => name);
  const keepsManager = manager === null && clearValueOf('manager', settings) === 'omit' && reply.manager !== null;
  return keepsManager ? [...names, 'manager'] : names;
}

/** Secondary teams that the user has and these fields do not name; none where the fields say nothing of them. */
export function leftoverTeams({ fields, teamIds }: Writing, user: User): readonly Team[] {
  const value = fields['secondary_teams'];
  if (value === undefined) return [];
  const wanted = teamsIn(value).map((name) => teamIds.get(name));
  return (user.secondaryTeams ?? []).filter((team) => !wanted.includes(team.id));
}

function readable(user: User): Readonly<Record<string, Value | undefined>> {
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

function clearValueOf(name: string, settings: LearnAmpSettings): LearnAmpSettings['clear_value'] {
  const own = Object.hasOwn(settings.clear_values, name) ? settings.clear_values[name] : undefined;
  return own === undefined ? settings.clear_value : own;
}

function permitted(name: string, text: string): string {
  const choices = choicesOf(name);
  if (choices === null || choices.includes(text)) return text;
  throw new RejectedError('invalid_value', `${name} "${text.slice(0, 80)}" is none of ${choices.join(', ')}`);
}

// Whoever is in a team as their primary one need not be shown in it a second time.
function sameTeams(value: Value, reply: User, teamIds: ReadonlyMap<string, number>): boolean {
  const wanted = teamsIn(value).map((name) => teamIds.get(name));
  const present = (reply.secondaryTeams ?? []).map((team) => team.id);
  const primary = reply.primaryTeam?.id;
  const besides = (ids: readonly (number | undefined)[]) => ids.filter((id) => id !== primary).map(String);
  return sameValue(besides(wanted), besides(present));
}

function isSame(name: string, sent: Value, shown: Value | undefined): boolean {
  if (isEmpty(sent) || isEmpty(shown)) return isEmpty(sent) === isEmpty(shown);
  const [left, right] = [textFrom(sent), textFrom(shown ?? null)];
  return name === 'email' ? emailKey(left) === emailKey(right) : squeezed(left) === squeezed(right);
}

function squeezed(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

function teamsIn(value: Value | undefined): readonly string[] {
  if (value === undefined || isEmpty(value)) return [];
  return Array.isArray(value) ? value : [textFrom(value)];
}

// undefined: the reply did not hold the key.
function textOf(text: string | null | undefined): string | null | undefined {
  if (text === undefined) return undefined;
  const trimmed = text?.normalize('NFC').trim();
  return trimmed ? trimmed : null;
}

function textFrom(value: Value): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}
