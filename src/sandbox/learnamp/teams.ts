import { Hono } from 'hono';
import type { Academy } from './academy.js';
import type { Team } from './account.js';
import { BODIES } from './bodies.js';
import { readBody } from './body.js';
import { type LearnAmpEnvironment, type LearnAmpParts, pageOf } from './environment.js';
import { joinRoute, memberRoutes } from './members.js';
import { requireScope } from './oauth.js';
import { invalid, notFound } from './refusal.js';
import type { LearnAmpSettings } from './settings.js';
import { adoptSubTeams, readTeamWrite } from './team-write.js';
import { extendedTeam, simpleTeam } from './view.js';

/** Everything below `/v1/teams`. */
export function teamRoutes(parts: LearnAmpParts): Hono<LearnAmpEnvironment> {
  const { academy, settings } = parts;
  const app = new Hono<LearnAmpEnvironment>();

  app.get('/', requireScope('teams:read'), (c) => {
    const list = filterTeams(academy, new URL(c.req.url).searchParams, settings);
    return c.json({ teams: pageOf(c, list, settings).map((team) => simpleTeam(academy, team)) });
  });

  app.post('/', requireScope('teams:create'), async (c) => {
    const body = await readBody(c, BODIES.createTeam, settings);
    if (!('name' in body)) throw invalid({ name: ['is missing', 'is empty'] });
    const team = academy.addTeam({ ...blankTeam, ...readTeamWrite(body, parts, null) });
    adoptSubTeams(academy, team, body);
    return c.json(extendedTeam(academy, team), 201);
  });

  app.route('/', joinRoute(parts));
  const byId = (id: string): Team => found(academy.teams.get(Number(id)));
  const byExternalId = (externalId: string): Team => found(academy.findTeamByExternalId(externalId) ?? undefined);
  for (const [path, find] of [
    ['/by_external_id/:key', byExternalId],
    ['/:key', byId],
  ] as const) {
    app.route('/', memberRoutes(path, find, parts));
    app.get(path, requireScope('teams:read'), (c) => c.json(extendedTeam(academy, find(c.req.param('key')))));
    app.put(path, requireScope('teams:update'), async (c) => {
      const team = find(c.req.param('key'));
      const body = await readBody(c, BODIES.updateTeam, settings);
      Object.assign(team, readTeamWrite(body, parts, team));
      return c.json(body['response'] === 'Extended' ? extendedTeam(academy, team) : simpleTeam(academy, team));
    });
    app.delete(path, requireScope('teams:delete'), (c) => {
      academy.removeTeam(find(c.req.param('key')));
      return c.body(null, 204);
    });
  }
  return app;
}

const blankTeam: Omit<Team, 'id'> = {
  name: '',
  integrationExternalId: null,
  managerId: null,
  secondaryManagerIds: [],
  parentTeamId: null,
  tags: [],
};

function filterTeams(academy: Academy, query: URLSearchParams, settings: LearnAmpSettings): readonly Team[] {
  const name = query.get('filters[name]')?.toLowerCase();
  const tags = query.get('filters[tags]')?.split(',') ?? [];
  const fits = (text: string, wanted: string): boolean =>
    settings.teamNameFilterIsExact ? text === wanted : text.includes(wanted);
  return [...academy.teams.values()].filter(
    (team) =>
      (name === undefined || fits(team.name.toLowerCase(), name)) && tags.every((tag) => team.tags.includes(tag)),
  );
}

function found(team: Team | undefined): Team {
  if (team === undefined) throw notFound();
  return team;
}
