import { Hono } from 'hono';
import { requireScope } from './access.js';
import { answerPage, type Parts, type PlatformEnvironment } from './parts.js';
import { found, refuse } from './refusal.js';
import { ROLES } from './user.js';
import { groupView } from './view.js';

/** `/groups`: reading them, and memberships one by one. */
export function groupRoutes(parts: Parts): Hono<PlatformEnvironment> {
  const { platform, settings } = parts;
  const app = new Hono<PlatformEnvironment>();
  const [read, write] = [requireScope(parts, 'groups:read'), requireScope(parts, 'groups:write')];
  app.get('/', read, (c) => answerPage(c, [...platform.groups.values()].map(groupView), 'groups', settings));
  app.get('/:id', read, (c) => c.json(groupView(found(platform.groups.get(c.req.param('id')), 'groupNotFound'))));
  app.get('/:id/roles', read, (c) => {
    const { id } = found(platform.groups.get(c.req.param('id')), 'groupNotFound');
    return answerPage(c, platform.membersOf(id), 'memberships', settings);
  });
  app.post('/:groupId/:role/:userId', write, (c) => {
    const { groupId, role, userId } = c.req.param();
    joinGroup(parts, groupId, roleOfPath(role), userId);
    return c.body(null, 204);
  });
  app.delete('/:groupId/:role/:userId', write, (c) => {
    const { groupId, role, userId } = c.req.param();
    leaveGroup(parts, groupId, roleOfPath(role), userId);
    return c.body(null, 204);
  });
  return app;
}

export function joinGroup({ platform }: Parts, groupId: string, role: string, userId: string): void {
  found(platform.groups.get(groupId), 'groupNotFound');
  const user = found(platform.users.get(userId), 'userNotFound');
  if (user.status === 'deleted') throw refuse(400, 'userDeleted');
  platform.join(userId, groupId, role);
  user.writes += 1;
}

export function leaveGroup({ platform }: Parts, groupId: string, role: string, userId: string): void {
  found(platform.groups.get(groupId), 'groupNotFound');
  if (!platform.leave(userId, groupId, role)) throw refuse(404, 'userNotFoundInGroup');
  found(platform.users.get(userId), 'userNotFound').writes += 1;
}

// In the path one role is spelled otherwise than in bodies.
function roleOfPath(text: string): string {
  const role = ROLES.find((one) => (one === 'userAdmin' ? 'user-admin' : one) === text);
  if (role === undefined) throw refuse(404, 'notFound');
  return role;
}
