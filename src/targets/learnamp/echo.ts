import { caseless } from '../../core/caseless.js';
import { emailKey } from '../../core/email.js';
import { isEmpty, sameValue, type Value } from '../../core/value.js';
import { FIELDS } from './catalogue.js';
import { clearValueOf, readable, teamsIn, textFrom, type WriteOptions } from './record.js';
import type { Team, User } from './schema.js';
import type { LearnAmpSettings } from './settings.js';

const IN_ANY_CAPITALS = new Set(FIELDS.filter(({ ignoresCase }) => ignoresCase).map(({ name }) => name));

/**
 * The fields that the reply shows not to have been taken over. What a reply does not show counts as taken over, except
 * a clearing that was withheld by `omit`.
 */
export function refusedFields(
  { fields, manager, teamIds }: WriteOptions,
  reply: User,
  settings: LearnAmpSettings,
): string[] {
  const shown = readable(reply);
  const refused = Object.entries(fields).filter(([name, value]) => {
    // Never sent where the config says that there are no employee ids.
    if (name === 'external_id' && !settings.external_ids) return false;
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
export function leftoverTeams({ fields, teamIds }: WriteOptions, user: User): readonly Team[] {
  const value = fields['secondary_teams'];
  if (value === undefined) return [];
  const wanted = teamsIn(value).map((name) => teamIds.get(name));
  return (user.secondaryTeams ?? []).filter((team) => !wanted.includes(team.id));
}

// A user's primary team need not be shown a second time.
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
  if (name === 'email') return emailKey(left) === emailKey(right);
  return IN_ANY_CAPITALS.has(name) ? caseless(left) === caseless(right) : squeezed(left) === squeezed(right);
}

function squeezed(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}
