import { Hono } from 'hono';
import * as z from 'zod';
import type { Academy } from '../learnamp/academy.js';
import { readJson } from './read-json.js';

/** A user who is there without anybody having been mailed. */
const accountSchema = z.strictObject({
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  integrationExternalId: z.string().nullable().default(null),
  jobTitle: z.string().nullable().default(null),
  role: z.string().default('viewer'),
  status: z
    .enum(['not_invited', 'invite_scheduled', 'invite_pending', 'confirmed', 'deactivated'])
    .default('confirmed'),
});

/** Looks into the Learn Amp stand-in, and does what its users would do by hand. */
export function academyRoutes(academy: Academy): Hono {
  const app = new Hono();
  app.get('/accounts', (c) => c.json({ accounts: academy.list() }));
  app.get('/teams', (c) => c.json({ teams: [...academy.teams.values()] }));
  app.get('/mails', (c) => c.json({ mails: academy.mails }));
  app.post('/accounts', async (c) => {
    const { status, ...data } = await readJson(c, accountSchema);
    if (academy.findByEmail(data.email) !== null) return c.json({ error: 'this e-mail is taken' }, 400);
    return c.json(academy.add(data, status), 201);
  });
  app.post('/accounts/:id/confirm', (c) => {
    const account = academy.find(Number(c.req.param('id')));
    if (account === null) return c.json({ error: 'nobody has this id' }, 404);
    academy.confirm(account);
    return c.json(account);
  });
  return app;
}
