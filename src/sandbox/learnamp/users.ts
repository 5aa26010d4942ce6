import { Hono } from 'hono';
import type { Account } from './account.js';
import { BODIES } from './bodies.js';
import { readBody } from './body.js';
import { type LearnAmpEnvironment, type LearnAmpParts, pageOf } from './environment.js';
import { requireScope } from './oauth.js';
import { notFound, refuse } from './refusal.js';
import { filterUsers } from './user-filter.js';
import { readUserWrite } from './user-write.js';
import { isTrue } from './values.js';
import { briefUser, fullUser } from './view.js';

/** Everything below `/v1/users`. */
export function userRoutes(parts: LearnAmpParts): Hono<LearnAmpEnvironment> {
  const { academy, settings } = parts;
  const app = new Hono<LearnAmpEnvironment>();
  const full = (account: Account) => fullUser(academy, account, settings.showsCustomFields);

  app.get('/', requireScope('users:read'), (c) => {
    const query = new URL(c.req.url).searchParams;
    const rows = pageOf(c, filterUsers(academy, query, settings), settings);
    return c.json({ users: rows.map(query.get('expanded') === 'true' ? full : briefUser) });
  });

  app.post('/', requireScope('users:create'), async (c) => {
    const body = await readBody(c, BODIES.createUser, settings);
    const account = academy.add(readUserWrite(body, { academy, settings, account: null }), 'not_invited');
    if (!isTrue(body['skipInvitation'])) academy.invite(account);
    return c.json(full(account), 201);
  });

  const byId = (id: string): Account => found(academy.find(Number(id)));
  const byExternalId = (externalId: string): Account => found(academy.findByExternalId(externalId));
  for (const [path, find] of [
    ['/by_integration_external_id/:key', byExternalId],
    ['/:key', byId],
  ] as const) {
    app.get(path, requireScope('users:read'), (c) => c.json(full(find(c.req.param('key')))));
    app.put(path, requireScope('users:update'), async (c) => {
      const account = find(c.req.param('key'));
      const body = await readBody(c, BODIES.updateUser, settings);
      academy.change(account, readUserWrite(body, { academy, settings, account }));
      if (isTrue(body['reactivate']) && account.status === 'deactivated') academy.reactivate(account);
      const mayInvite = settings.updateCanInvite && account.status === 'not_invited';
      if (mayInvite && 'skipInvitation' in body && !isTrue(body['skipInvitation'])) academy.invite(account);
      return c.json(full(account));
    });
  }
  return app.route('/', userLifeRoutes(parts, byId));
}

function userLifeRoutes(
  { academy, settings }: LearnAmpParts,
  byId: (id: string) => Account,
): Hono<LearnAmpEnvironment> {
  const app = new Hono<LearnAmpEnvironment>();
  const setDeactivated = (account: Account, wanted: boolean): 204 => {
    if ((account.status === 'deactivated') === wanted) {
      if (settings.alreadySoStatus === 204) return 204;
      throw refuse(settings.alreadySoStatus, wanted ? 'User is already deactivated' : 'User is already active');
    }
    if (wanted) {
      keepAnOwner(account);
      if (!settings.ignoresEndings) academy.deactivate(account);
    } else academy.reactivate(account);
    return 204;
  };
  const keepAnOwner = (account: Account): void => {
    const owners = academy.activeOwners();
    if (owners.length === 1 && owners[0] === account) {
      throw refuse(422, 'At least one Owner must stay active');
    }
  };
  app.put('/:key/deactivate', requireScope('users:deactivate'), (c) =>
    c.body(null, setDeactivated(byId(c.req.param('key')), true)),
  );
  app.put('/:key/reactivate', requireScope('users:reactivate'), (c) =>
    c.body(null, setDeactivated(byId(c.req.param('key')), false)),
  );
  app.delete('/:key', requireScope('users:delete'), (c) => {
    const account = byId(c.req.param('key'));
    keepAnOwner(account);
    if (!settings.ignoresEndings) academy.remove(account);
    return c.body(null, 204);
  });
  return app;
}

function found<Thing>(thing: Thing | null): Thing {
  if (thing === null) throw notFound();
  return thing;
}
