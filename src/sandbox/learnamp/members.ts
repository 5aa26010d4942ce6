import { Hono } from 'hono';
import type { Academy } from './academy.js';
import { type Account, type Team, teamIds } from './account.js';
import { BODIES } from './bodies.js';
import { type Body, readBody } from './body.js';
import { type LearnAmpEnvironment, type LearnAmpParts, pageOf } from './environment.js';
import { requireScope } from './oauth.js';
import { invalid, notFound, refuse } from './refusal.js';
import { existingUser, teamNamed } from './user-links.js';
import { isBlank, isTrue, listIn, textIn } from './values.js';
import { simpleTeam, teamMember } from './view.js';

/** Reads, adds and removes members of the team that the key in a path names. */
export function memberRoutes(
  path: string,
  find: (key: string) => Team,
  { academy, settings }: LearnAmpParts,
): Hono<LearnAmpEnvironment> {
  const app = new Hono<LearnAmpEnvironment>();
  const teamOf = (key: string | undefined): Team => find(key ?? '');

  app.get(`${path}/users`, requireScope('team_users:read'), (c) => {
    const team = teamOf(c.req.param('key'));
    const rows = pageOf(c, academy.members(team.id), settings);
    return c.json({ ...simpleTeam(academy, team), users: rows.map((account) => teamMember(team, account)) });
  });

  app.post(`${path}/users`, requireScope('team_users:create'), async (c) => {
    const team = teamOf(c.req.param('key'));
    const body = await readBody(c, BODIES.addMember, settings);
    if (isBlank(body['userId'])) throw invalid({ userId: ['is missing'] });
    return c.json(join(academy, team, existingUser(academy, body, 'userId'), isTrue(body['isPrimary'])), 201);
  });

  app.post(`${path}/bulk/users`, requireScope('team_users:create'), async (c) => {
    const team = teamOf(c.req.param('key'));
    // All are looked up before the first joins: one unknown user refuses the whole request.
    const body = await readBody(c, BODIES.addMembers, settings);
    const users = listIn(body, 'userIds').map((userIds) => existingUser(academy, { userIds }, 'userIds'));
    return c.json({ teamUsers: users.map((account) => join(academy, team, account, false)) }, 201);
  });

  app.delete(`${path}/users/:user`, requireScope('team_users:delete'), (c) => {
    const team = teamOf(c.req.param('key'));
    const account = academy.find(Number(c.req.param('user')));
    if (account === null || !teamIds(account).has(team.id)) throw notFound();
    academy.leave(account, team.id);
    return c.body(null, 204);
  });
  return app;
}

/** `POST /v1/teams/users`: names team and user in the body, each in one of several ways. */
export function joinRoute({ academy, settings }: LearnAmpParts): Hono<LearnAmpEnvironment> {
  return new Hono<LearnAmpEnvironment>().post('/users', requireScope('team_users:create'), async (c) => {
    const body = await readBody(c, BODIES.join, settings);
    exactlyOne(body, ['teamId', 'teamName', 'teamIntegrationExternalId']);
    exactlyOne(body, ['userId', 'userEmail']);
    return c.json(join(academy, teamIn(academy, body), userIn(academy, body), isTrue(body['isPrimary'])), 201);
  });
}

/** Joining twice changes nothing. */
function join(academy: Academy, team: Team, account: Account, asPrimary: boolean): object {
  if (asPrimary) {
    academy.change(account, {
      primaryTeamId: team.id,
      secondaryTeamIds: account.secondaryTeamIds.filter((id) => id !== team.id),
    });
  } else if (!teamIds(account).has(team.id)) {
    academy.change(account, { secondaryTeamIds: [...account.secondaryTeamIds, team.id] });
  }
  return { id: academy.linkId(team, account), teamId: team.id, userId: account.id };
}

function exactlyOne(body: Body, fields: readonly string[]): void {
  const given = fields.filter((field) => field in body);
  if (given.length > 1) throw refuse(400, `${given.join(', ')} are mutually exclusive`);
  if (given.length === 0) throw refuse(400, `${fields.join(', ')} are missing, exactly one parameter must be provided`);
}

function teamIn(academy: Academy, body: Body): Team {
  if ('teamName' in body) return teamNamed(academy, body, 'teamName');
  const team =
    'teamId' in body
      ? academy.teams.get(Number(body['teamId']))
      : academy.findTeamByExternalId(textIn(body, 'teamIntegrationExternalId'));
  if (!team) throw notFound();
  return team;
}

function userIn(academy: Academy, body: Body): Account {
  if ('userId' in body) return existingUser(academy, body, 'userId');
  const account = academy.findByEmail(textIn(body, 'userEmail'));
  if (account === null) throw invalid({ userEmail: ['must match an existing user email within your company'] });
  return account;
}
