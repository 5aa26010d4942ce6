import { Hono } from 'hono';
import * as z from 'zod';
import type { Platform } from '../360learning/platform.js';
import { readJson } from './read-json.js';

/** Looks into the 360Learning stand-in, and lets a midnight come. */
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
  app.get('/mails', (c) => c.json({ mails: platform.mails }));
  app.post('/midnight', async (c) => {
    const { day } = await readJson(c, z.strictObject({ day: z.iso.date() }));
    platform.midnight(new Date(`${day}T00:00:00Z`));
    return c.body(null, 204);
  });
  return app;
}
