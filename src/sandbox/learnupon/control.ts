import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import * as z from 'zod';
import { readJson } from '../control/read-json.js';
import type { Portal } from './portal.js';

/** A user who is there without anybody having been mailed. */
const userSchema = z.strictObject({
  email: z.string(),
  first_name: z.string().nullable().default(null),
  last_name: z.string().nullable().default(null),
  /** Any type, unknown ones too; everything but `learner` has further rights. */
  user_type: z.string().min(1).default('learner'),
  enabled: z.boolean().default(true),
});

/**
 * Looks into the LearnUpon stand-in, and does what its users would do by hand: `GET|POST /users` (also with `user_type`),
 * `PATCH /users/{id}`, `GET /groups`, `GET /invites`, `POST /invites/{id}/accept`, `GET /mails`.
 */
export function portalRoutes(portal: Portal): Hono {
  const app = new Hono();
  app.get('/users', (c) => c.json({ users: portal.list().map(({ password: _, ...user }) => user) }));
  app.post('/users', async (c) => {
    const data = await readJson(c, userSchema);
    if (portal.findAllByEmail(data.email).some(({ email }) => email === data.email)) {
      return c.json({ error: 'this e-mail is taken' }, 400);
    }
    const { password: _, ...user } = portal.add(data);
    return c.json(user, 201);
  });
  app.patch('/users/:id', async (c) => {
    const user = portal.users.get(Number(c.req.param('id')));
    if (user === undefined) throw new HTTPException(404, { message: 'nobody has this id' });
    const edit = await readJson(c, userSchema.partial());
    // Keys that were left out must not stand as undefined, or get a default.
    const sent: unknown = await c.req.json();
    const given = Object.entries(edit).filter(([key]) => Object.hasOwn(Object(sent), key));
    portal.change(user, Object.fromEntries(given));
    const { password: _, ...changed } = user;
    return c.json(changed);
  });
  app.get('/groups', (c) => c.json({ groups: [...portal.groups.values()], memberships: portal.memberships }));
  app.get('/invites', (c) => c.json({ invites: [...portal.invites.values()] }));
  app.get('/mails', (c) => c.json({ mails: portal.mails }));
  app.post('/invites/:id/accept', (c) => {
    const invite = portal.invites.get(Number(c.req.param('id')));
    if (invite === undefined) return c.json({ error: 'no invitation has this id' }, 404);
    if (invite.status !== 'sent') return c.json({ error: `this invitation is ${invite.status}` }, 400);
    const { password: _, ...user } = portal.accept(invite);
    return c.json(user, 201);
  });
  return app;
}
