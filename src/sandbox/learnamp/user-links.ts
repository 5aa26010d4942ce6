import type { Academy } from './academy.js';
import type { Account, AccountData, Team } from './account.js';
import type { Body } from './body.js';
import type { WriteContext } from './environment.js';
import { invalid, refuse } from './refusal.js';
import { isBlank, listIn, textIn } from './values.js';

/** Primary and secondary teams, by id or by external id. */
export function readTeams(body: Body, { academy, account, settings }: WriteContext): Partial<AccountData> {
  const changes: Partial<AccountData> = {};
  const primary = idsOfEither(academy, body, 'primaryTeamId', 'primaryTeamIntegrationExternalId');
  if (primary !== null) changes.primaryTeamId = primary[0] ?? null;
  const secondary = idsOfEither(academy, body, 'secondaryTeamIds', 'secondaryTeamIntegrationExternalIds');
  if (secondary !== null) {
    const kept = settings.secondaryTeams === 'merge' ? (account?.secondaryTeamIds ?? []) : [];
    changes.secondaryTeamIds = [...new Set([...kept, ...secondary])];
  }
  return changes;
}

/** The override manager, by id or by the e-mail of an active user. */
export function readManager(body: Body, { academy }: WriteContext): Partial<AccountData> {
  if ('managerEmail' in body) {
    if (isBlank(body['managerEmail'])) return { managerId: null };
    const manager = academy.findByEmail(textIn(body, 'managerEmail'));
    if (manager === null || manager.status === 'deactivated') {
      throw refuse(400, 'managerEmail must match an existing user email within your company');
    }
    return { managerId: manager.id };
  }
  if (!('managerId' in body)) return {};
  if (isBlank(body['managerId'])) return { managerId: null };
  return { managerId: existingUser(academy, body, 'managerId').id };
}

/** The user whose id a field holds; refuses what is not one. */
export function existingUser(academy: Academy, body: Body, field: string): Account {
  const account = academy.find(Number(body[field]));
  if (account === null) throw invalid({ [field]: ['must match existing users IDs'] });
  return account;
}

/** The first team of the name that a field holds; names need not be unique. */
export function teamNamed(academy: Academy, body: Body, field: string): Team {
  const team = [...academy.teams.values()].find(({ name }) => name === textIn(body, field));
  if (team === undefined) throw invalid({ [field]: ['must match existing teams names'] });
  return team;
}

/** Team ids from a body; refuses unknown ones. */
export function existingTeamIds(academy: Academy, body: Body, field: string): readonly number[] {
  return listIn(body, field).map((value) => {
    const team = academy.teams.get(Number(value));
    if (team === undefined) throw invalid({ [field]: ['must match existing teams IDs'] });
    return team.id;
  });
}

/** Null when the body names neither. */
function idsOfEither(academy: Academy, body: Body, byId: string, byExternalId: string): readonly number[] | null {
  if (byId in body) return existingTeamIds(academy, body, byId);
  if (!(byExternalId in body)) return null;
  return listIn(body, byExternalId).map((value) => {
    const team = academy.findTeamByExternalId(String(value));
    if (team === null) throw invalid({ [byExternalId]: ['must match existing teams integration external IDs'] });
    return team.id;
  });
}
