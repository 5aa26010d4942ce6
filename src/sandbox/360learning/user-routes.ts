import { Hono } from 'hono';
import { requireScope } from './access.js';
import { BODIES } from './bodies.js';
import { answerPage, filtersIn, type Parts, type PlatformEnvironment, readBody } from './parts.js';
import { found, refuse } from './refusal.js';
import type { LmsUser } from './user.js';
import { readUserWrite } from './user-write.js';
import { userView } from './view.js';

/** `/users` and `/users/{id}`. */
export function userRoutes(parts: Parts): Hono<PlatformEnvironment> {
  const { platform, settings } = parts;
  const app = new Hono<PlatformEnvironment>();
  const [read, write] = [requireScope(parts, 'users:read'), requireScope(parts, 'users:write')];
  const byId = (id: string): LmsUser => found(platform.users.get(id), 'userNotFound');
  const changed = (user: LmsUser): void => {
    user.writes += 1;
  };

  app.get('/', read, (c) => {
    const filters = filtersIn(c, settings);
    const users = [...platform.users.values()].filter((user) => settings.listsDeleted || user.status !== 'deleted');
    const chosen = users.filter((user) =>
      filters.every(({ field, test }) => {
        if (field === 'mail') return test(user.mail, !settings.mailFilterMindsCase);
        if (field === 'username') return test(user.username);
        return field !== 'status' || test(user.status);
      }),
    );
    return answerPage(
      c,
      chosen.map((user) => userView(user, settings)),
      'users',
      settings,
    );
  });

  app.post('/', write, async (c) => {
    const { membership, ...body } = await readBody(c, BODIES.createUser);
    found(platform.groups.get(membership.groupId), 'groupNotFound');
    const changes = readUserWrite(body, null, parts, membership.groupId);
    if (!changes.mail && !changes.username) throw refuse(400, 'mailAndUsernameUndefined');
    const byMail = platform.findByLogin('mail', changes.mail ?? null);
    const byUsername = platform.findByLogin('username', changes.username ?? null);
    if (byMail !== null && byUsername !== null && byMail !== byUsername) {
      throw refuse(400, 'loginIdentifierMultipleUsersFound');
    }
    const known = byMail ?? byUsername;
    if (known !== null) platform.restore(Object.assign(known, changes));
    const user = known ?? platform.add(changes, 'invited');
    changed(user);
    platform.join(user.id, membership.groupId, membership.role);
    if (c.req.query('sendInvitationEmail') !== 'false') platform.invite(user);
    return c.json(userView(user, settings), known === null ? 201 : 200);
  });

  app.get('/:id', read, (c) => c.json(userView(byId(c.req.param('id')), settings)));

  app.patch('/:id', write, async (c) => {
    const user = byId(c.req.param('id'));
    Object.assign(user, readUserWrite(await readBody(c, BODIES.updateUser), user, parts));
    changed(user);
    return c.json(userView(user, settings));
  });

  app.delete('/:id', write, (c) => {
    const user = byId(c.req.param('id'));
    if (user === platform.owner) throw refuse(400, 'userIsCompanyOwner');
    if (user.status === 'deleted') {
      if (settings.deletedAgainStatus === 204) return c.body(null, 204);
      throw refuse(settings.deletedAgainStatus, settings.deletedAgainStatus === 404 ? 'userNotFound' : 'userDeleted');
    }
    if (settings.ignoresEndings) return c.body(null, 204);
    platform.remove(user);
    changed(user);
    if (!settings.externalIdsSurviveDeletion) {
      for (const [id, mapping] of platform.externalIds) {
        if (mapping.targetId === user.id) platform.externalIds.delete(id);
      }
    }
    return c.body(null, 204);
  });

  app.put('/:id/activate', write, (c) => {
    const user = byId(c.req.param('id'));
    if (user.status === 'deleted') throw refuse(400, 'userDeleted');
    user.status = 'active';
    changed(user);
    return c.json(userView(user, settings));
  });
  return app.route('/', relationRoutes(parts));
}

/** Managers, subordinates and roles of a user. */
function relationRoutes(parts: Parts): Hono<PlatformEnvironment> {
  const { platform, settings } = parts;
  const app = new Hono<PlatformEnvironment>();
  const [read, write] = [requireScope(parts, 'users:read'), requireScope(parts, 'users:write')];
  const byId = (id: string): LmsUser => found(platform.users.get(id), 'userNotFound');

  app.get('/:id/managers', read, (c) => {
    const managers = platform.managersOf(byId(c.req.param('id')).id);
    return answerPage(c, [...managers], 'managers', settings);
  });
  app.get('/:id/subordinates', read, (c) =>
    answerPage(c, platform.subordinatesOf(byId(c.req.param('id')).id), 'managers', settings),
  );
  app.post('/:id/managers/:managerId', write, (c) => {
    const user = byId(c.req.param('id'));
    const manager = found(platform.users.get(c.req.param('managerId')), 'managerNotFound');
    if (user.status === 'deleted') throw refuse(400, 'userDeleted');
    if (manager.status === 'deleted') throw refuse(400, 'managerDeleted');
    const managers = platform.managersOf(user.id);
    if (managers.has(manager.id) && settings.managerAgainStatus === 400) throw refuse(400, 'managerAlreadyAssigned');
    managers.add(manager.id);
    user.writes += 1;
    return c.body(null, 204);
  });
  app.delete('/:id/managers/:managerId', write, (c) => {
    const user = byId(c.req.param('id'));
    if (user.status === 'deleted') throw refuse(400, 'userDeleted');
    found(platform.users.get(c.req.param('managerId')), 'managerNotFound');
    if (!platform.managersOf(user.id).delete(c.req.param('managerId'))) throw refuse(400, 'managerNotAssignedToUser');
    user.writes += 1;
    return c.body(null, 204);
  });
  app.get('/:id/roles', read, (c) =>
    answerPage(c, platform.rolesOf(byId(c.req.param('id')).id), 'memberships', settings),
  );
  return app;
}
