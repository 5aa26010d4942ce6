import { Hono } from 'hono';
import type { StandInEnvironment } from '../stand-in.js';
import { BODIES } from './bodies.js';
import { isBlank, type LearnUponParts, pageOf, wrapped } from './parts.js';
import { notFound, Refusal } from './refusal.js';

/** `/groups` and `/group_memberships`. */
export function groupRoutes({ portal, settings }: LearnUponParts): Hono<StandInEnvironment> {
  const app = new Hono<StandInEnvironment>();

  app.get('/groups', (c) => {
    const title = c.req.query('title');
    const groups = [...portal.groups.values()].filter((group) => title === undefined || group.title.includes(title));
    const members = (id: number): number => portal.memberships.filter(({ groupId }) => groupId === id).length;
    const rows = pageOf(c, groups, settings).map((group) => ({
      ...group,
      description: '',
      number_of_members: members(group.id),
    }));
    return c.json({ groups: rows });
  });

  app.post('/groups', async (c) => {
    const { title } = await wrapped(c, 'Group', BODIES.createGroup, settings);
    if (isBlank(title)) throw new Refusal(422, 'title is missing');
    if (portal.findGroup(String(title)) !== null) throw new Refusal(422, 'Title has already been taken');
    return c.json({ id: portal.addGroup(String(title)).id });
  });

  app.get('/group_memberships', (c) => {
    const { user_id, group_id } = c.req.query();
    if (user_id !== undefined) return c.json({ group: pageOf(c, portal.groupsOf(Number(user_id)), settings) });
    const among = portal.memberships.filter(({ groupId }) => group_id === undefined || groupId === Number(group_id));
    const users = among.flatMap(({ userId }) => portal.users.get(userId) ?? []);
    return c.json({ user: pageOf(c, users, settings).map(({ id, email }) => ({ id, email })) });
  });

  app.post('/group_memberships', async (c) => {
    const { group_id, user_id } = await wrapped(c, 'GroupMembership', BODIES.addMember, settings);
    if (isBlank(group_id) || isBlank(user_id)) throw new Refusal(422, 'group_id and user_id are required');
    const [groupId, userId] = [Number(group_id), Number(user_id)];
    if (!portal.groups.has(groupId)) throw notFound('Group');
    if (!portal.users.has(userId)) throw notFound('User');
    if (portal.groupsOf(userId).some(({ id }) => id === groupId)) {
      throw new Refusal(422, 'User is already a member of this group');
    }
    return c.json({ id: portal.join(groupId, userId).id });
  });

  app.delete('/group_memberships/:id', async (c) => {
    const id = Number(c.req.param('id'));
    const pair = id === 0 ? await wrapped(c, 'GroupMembership', BODIES.removeMember, settings) : {};
    const membership = portal.memberships.find(
      (one) => one.id === id || (one.groupId === Number(pair['group_id']) && one.userId === Number(pair['user_id'])),
    );
    if (membership === undefined) throw notFound('Group membership');
    portal.leave(membership);
    return c.json({});
  });
  return app;
}
