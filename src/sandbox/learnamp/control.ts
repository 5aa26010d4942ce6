import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import * as z from 'zod';
import { readJson } from '../control/read-json.js';
import type { Academy } from './academy.js';
import type { Account } from './account.js';

/** Any role: those that the API cannot give, and unknown ones too. Everything but `viewer` is more than a learner. */
const roleSchema = z.string().min(1);

/** A user who is there without anybody having been mailed. */
const accountSchema = z.strictObject({
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  integrationExternalId: z.string().nullable().default(null),
  jobTitle: z.string().nullable().default(null),
  role: roleSchema.default('viewer'),
  status: z
    .enum(['not_invited', 'invite_scheduled', 'invite_pending', 'confirmed', 'deactivated'])
    .default('confirmed'),
});

/** What somebody may edit by hand in a profile; a key that is left out stays as it is. */
const editSchema = z
  .strictObject({
    email: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    integrationExternalId: z.string().nullable(),
    role: roleSchema,
    jobTitle: z.string().nullable(),
    department: z.string().nullable(),
    location: z.string().nullable(),
    hireDate: z.iso.date().nullable(),
    customFields: z.record(z.string(), z.string()),
  })
  .partial();

/**
 * Looks into the Learn Amp stand-in, and does what its users would do by hand: `GET|POST /accounts` (also with `role`, and
 * addresses that differ by capitals alone), `PATCH|DELETE /accounts/{id}`,
 * `POST /accounts/{id}/{confirm|deactivate|reactivate}`, `GET /teams`, `GET /mails`.
 */
export function academyRoutes(academy: Academy): Hono {
  const app = new Hono();
  app.get('/accounts', (c) => c.json({ accounts: academy.list() }));
  app.get('/teams', (c) => c.json({ teams: [...academy.teams.values()] }));
  app.get('/mails', (c) => c.json({ mails: academy.mails }));
  app.post('/accounts', async (c) => {
    const { status, ...data } = await readJson(c, accountSchema);
    // Old accounts may have addresses that differ by nothing but capitals; the API itself makes no such pair.
    if (academy.findAllByEmail(data.email).some(({ email }) => email === data.email)) {
      return c.json({ error: 'this e-mail is taken' }, 400);
    }
    return c.json(academy.add(data, status), 201);
  });
  app.patch('/accounts/:id', async (c) => {
    const account = found(academy, c.req.param('id'));
    const edit = await readJson(c, editSchema);
    const sameEmail = edit.email === undefined ? [] : academy.findAllByEmail(edit.email);
    const holders = [
      ...sameEmail.filter(({ email }) => email === edit.email),
      edit.integrationExternalId ? academy.findByExternalId(edit.integrationExternalId) : null,
    ];
    if (holders.some((holder) => holder !== null && holder !== account)) {
      return c.json({ error: 'this e-mail or external id is taken' }, 400);
    }
    // Keys that were left out must not stand as undefined.
    const given = Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined));
    return c.json(academy.change(account, given));
  });
  app.delete('/accounts/:id', (c) => {
    academy.remove(found(academy, c.req.param('id')));
    return c.body(null, 204);
  });
  app.post('/accounts/:id/:deed{confirm|deactivate|reactivate}', (c) => {
    const account = found(academy, c.req.param('id'));
    const deed = c.req.param('deed');
    if (deed === 'confirm') academy.confirm(account);
    else if (deed === 'deactivate') academy.deactivate(account);
    else academy.reactivate(account);
    return c.json(account);
  });
  return app;
}

function found(academy: Academy, id: string): Account {
  const account = academy.find(Number(id));
  if (account === null) throw new HTTPException(404, { message: 'nobody has this id' });
  return account;
}
