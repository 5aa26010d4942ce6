import type { Academy } from './academy.js';
import type { Team } from './account.js';
import type { Body } from './body.js';
import type { LearnAmpParts } from './environment.js';
import { invalid, Refusal, refuse } from './refusal.js';
import { existingTeamIds, existingUser, readManager, teamNamed } from './user-links.js';
import { isBlank, listIn, textIn } from './values.js';

/** Turns a body into what it changes of a team. Throws a `Refusal` for the first thing that is wrong. */
export function readTeamWrite(body: Body, parts: LearnAmpParts, team: Team | null): Partial<Omit<Team, 'id'>> {
  const { academy, settings } = parts;
  const changes: Partial<Omit<Team, 'id'>> = {};
  for (const [one, other] of [
    ['managerId', 'managerEmail'],
    ['parentTeamId', 'parentTeamName'],
  ] as const) {
    if (one in body && other in body) throw refuse(400, `${one}, ${other} are mutually exclusive`);
  }
  if ('name' in body) {
    if (isBlank(body['name'])) throw invalid({ name: ['is empty'] });
    changes.name = textIn(body, 'name');
  }
  if ('integrationExternalId' in body) {
    const externalId = textIn(body, 'integrationExternalId') || null;
    const holder = externalId === null ? null : academy.findTeamByExternalId(externalId);
    // Unlike a user's, without "Validation failed: " in front.
    if (holder !== null && holder.id !== team?.id) throw externalIdTaken();
    changes.integrationExternalId = externalId;
  }
  const manager = readManager(body, { academy, settings, account: null }).managerId;
  if (manager !== undefined) changes.managerId = manager;
  if ('secondaryManagerIds' in body) {
    changes.secondaryManagerIds = listIn(body, 'secondaryManagerIds').map(
      (id) => existingUser(academy, { secondaryManagerIds: id }, 'secondaryManagerIds').id,
    );
  }
  if ('parentTeamId' in body) changes.parentTeamId = existingTeamIds(academy, body, 'parentTeamId')[0] ?? null;
  if ('parentTeamName' in body) changes.parentTeamId = teamNamed(academy, body, 'parentTeamName').id;
  if ('tags' in body)
    changes.tags = textIn(body, 'tags')
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '');
  return changes;
}

/** Puts the teams that a body names below another. */
export function adoptSubTeams(academy: Academy, parent: Team, body: Body): void {
  const named = listIn(body, 'subTeamNames').map(
    (name) => teamNamed(academy, { subTeamNames: name }, 'subTeamNames').id,
  );
  for (const id of [...existingTeamIds(academy, body, 'subTeamIds'), ...named]) {
    const child = academy.teams.get(id);
    if (child !== undefined) child.parentTeamId = parent.id;
  }
}

function externalIdTaken(): Refusal {
  return new Refusal(400, {
    error: 'Integration external id has already been taken',
    fullErrors: { integrationExternalId: ['has already been taken'] },
  });
}
