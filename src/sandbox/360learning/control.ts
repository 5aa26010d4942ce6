import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import * as z from 'zod';
import { readJson } from '../control/read-json.js';
import type { Platform } from './platform.js';
import { type Group, ROLES } from './user.js';

/** A role in a group, which goes by its id or name; null is the root. */
const place = {
  role: z.enum([...ROLES, 'owner']),
  group: z.string().nullable().default(null),
};
const roleSchema = z.strictObject(place);

/** A user who is there without anybody having been mailed. */
const userSchema = z.strictObject({
  mail: z.string(),
  firstName: z.string().nullable().default(null),
  lastName: z.string().nullable().default(null),
  job: z.string().nullable().default(null),
  status: z.enum(['active', 'invited', 'deleted']).default('active'),
  ...place,
  role: place.role.default('learner'),
});

/**
 * Looks into the 360Learning stand-in, does what its administrators would do by hand, and lets a midnight come:
 * `GET|POST /users` (`mail`, names, `status`, and `role` in a `group`), `DELETE /users/{id}`, `PUT /users/{id}/roles`,
 * `GET /groups`, `DELETE /groups/{id}`, `GET /mails`, `POST /midnight`.
 */
export function platformRoutes(platform: Platform): Hono {
  const app = new Hono();
  app.get('/users', (c) => {
    const users = [...platform.users.values()].map((user) => ({
      ...user,
      roles: platform.rolesOf(user.id),
      managers: [...platform.managersOf(user.id)],
      customValues: Object.fromEntries(platform.valuesOf(user.id)),
    }));
    return c.json({ users, externalIds: [...platform.externalIds.values()] });
  });
  app.get('/groups', (c) => c.json({ groups: [...platform.groups.values()] }));
  app.post('/users', async (c) => {
    const { status, role, group, ...data } = await readJson(c, userSchema);
    const joined = group === null ? platform.root : findGroup(platform, group);
    if (platform.findAllByLogin('mail', data.mail).some(({ mail }) => mail === data.mail)) {
      return c.json({ error: 'this mail is taken' }, 400);
    }
    const user = platform.add(data, status);
    if (status !== 'deleted') platform.join(user.id, joined.id, role);
    return c.json({ ...user, roles: platform.rolesOf(user.id) }, 201);
  });
  app.delete('/users/:id', (c) => {
    const user = platform.users.get(c.req.param('id'));
    if (user === undefined) throw new HTTPException(404, { message: 'nobody has this id' });
    platform.remove(user);
    return c.body(null, 204);
  });
  app.put('/users/:id/roles', async (c) => {
    const user = platform.users.get(c.req.param('id'));
    if (user === undefined) throw new HTTPException(404, { message: 'nobody has this id' });
    const { role, group } = await readJson(c, roleSchema);
    platform.join(user.id, group === null ? platform.root.id : findGroup(platform, group).id, role);
    return c.json({ roles: platform.rolesOf(user.id) });
  });
  app.delete('/groups/:id', (c) => {
    const group = findGroup(platform, c.req.param('id'));
    if (group === platform.root) throw new HTTPException(400, { message: 'the root group stays' });
    platform.removeGroup(group);
    return c.body(null, 204);
  });
  app.get('/mails', (c) => c.json({ mails: platform.mails }));
  app.post('/midnight', async (c) => {
    const { day } = await readJson(c, z.strictObject({ day: z.iso.date() }));
    platform.midnight(new Date(`${day}T00:00:00Z`));
    return c.body(null, 204);
  });
  return app;
}

function findGroup(platform: Platform, text: string): Group {
  const group = [...platform.groups.values()].find(({ id, name }) => id === text || name === text);
  if (group === undefined) throw new HTTPException(404, { message: 'no group has this id or name' });
  return group;
}
