import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import * as z from 'zod';
import { readJson } from '../control/read-json.js';
import type { Directory } from './directory.js';
import type { User, Values } from './resource.js';

/** A user as SCIM writes one; nothing but the name is checked, so that accounts can be as odd as real ones. */
const userSchema = z.looseObject({ userName: z.string().min(1) });

/** Values by the names of attributes; null takes one away. */
const editSchema = z.record(z.string(), z.unknown());

/**
 * Looks into the SCIM stand-in, and does what administrators would by hand: `GET|POST /users` (attributes as SCIM writes them,
 * also `userType` and `roles`), `PATCH|DELETE /users/{id}`, `GET /groups`, `GET /mails`, `POST /reconcile`.
 */
export function directoryRoutes(directory: Directory): Hono {
  const app = new Hono();
  const found = (id: string): User => {
    const user = directory.users.get(id);
    if (user === undefined) throw new HTTPException(404, { message: 'nobody has this id' });
    return user;
  };
  const refuseTaken = (values: Values, user: User | null): void => {
    const holder = directory.findByUserName(String(values['userName']));
    if (holder !== null && holder !== user) throw new HTTPException(400, { message: 'this userName is taken' });
  };
  app.get('/users', (c) => c.json({ users: [...directory.users.values()].map(shown) }));
  app.post('/users', async (c) => {
    const values = await readJson(c, userSchema);
    refuseTaken(values, null);
    return c.json(shown(directory.addUser(values)), 201);
  });
  app.patch('/users/:id', async (c) => {
    const user = found(c.req.param('id'));
    const edited = { ...user.values, ...(await readJson(c, editSchema)) };
    const values = userSchema.parse(Object.fromEntries(Object.entries(edited).filter(([, value]) => value !== null)));
    refuseTaken(values, user);
    directory.change(user, values);
    return c.json(shown(user));
  });
  app.delete('/users/:id', (c) => {
    directory.removeUser(found(c.req.param('id')));
    return c.body(null, 204);
  });
  app.get('/groups', (c) => c.json({ groups: [...directory.groups.values()] }));
  app.get('/mails', (c) => c.json({ mails: directory.mails }));
  app.post('/reconcile', (c) => {
    directory.reconcile();
    return c.body(null, 204);
  });
  return app;
}

function shown({ values: { password: _, ...values }, ...user }: User): object {
  return { ...user, values };
}
