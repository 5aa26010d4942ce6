import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import * as z from 'zod';
import { readJson } from '../control/read-json.js';
import { profileField } from './site/profile-field.js';
import type { Site } from './site/site.js';
import type { User } from './site/user.js';

const text = z.string();

/** A change to a user by hand; keys that are left out stay as they are. Moodle checks none of it. */
const editSchema = z
  .strictObject({
    ...{ username: text, firstname: text, lastname: text, email: text, auth: text, idnumber: text, lang: text },
    ...{ timezone: text, city: text, country: text, department: text, institution: text, phone1: text },
    ...{ suspended: z.boolean(), confirmed: z.boolean(), isRemote: z.boolean(), isAdmin: z.boolean() },
    custom: z.record(text, text),
  })
  .partial();

/** A user who exists without a mail. */
const userSchema = editSchema.required({ username: true, firstname: true, lastname: true, email: true });

const cohortSchema = z.strictObject({ idnumber: text, name: text, members: z.array(z.number().int()).default([]) });

const fieldSchema = z.strictObject({
  shortname: text,
  name: text.optional(),
  kind: z.enum(['text', 'textarea', 'menu', 'checkbox', 'datetime']).optional(),
  options: z.array(text).optional(),
  default: text.optional(),
  required: z.boolean().optional(),
});

/** Shows what the Moodle stand-in holds, and does what its administrators would do by hand. */
export function siteRoutes(site: Site): Hono {
  const app = new Hono();
  app.get('/users', (c) => c.json({ users: site.list().map((user) => shown(user, site)) }));
  app.post('/users', async (c) => c.json(shown(edit(site, null, await readJson(c, userSchema)), site), 201));
  app.patch('/users/:id', async (c) => {
    const user = found(site, c.req.param('id'));
    return c.json(shown(edit(site, user, await readJson(c, editSchema)), site));
  });
  app.delete('/users/:id', (c) => {
    site.remove(found(site, c.req.param('id')));
    return c.body(null, 204);
  });
  app.get('/cohorts', (c) => c.json({ cohorts: [...site.cohorts.values()].map(withMembers) }));
  app.post('/cohorts', async (c) => {
    const { members, ...data } = await readJson(c, cohortSchema);
    const cohort = site.addCohort(data);
    for (const id of members) cohort.members.add(id);
    return c.json(withMembers(cohort), 201);
  });
  app.get('/fields', (c) => c.json({ fields: site.fields }));
  app.post('/fields', async (c) => {
    const { shortname, ...data } = await readJson(c, fieldSchema);
    const field = profileField({ shortname, ...given(data) });
    site.fields = [...site.fields.filter((one) => one.shortname !== shortname), field];
    return c.json(field, 201);
  });
  app.get('/mails', (c) => c.json({ mails: site.mails }));
  return app;
}

function edit(site: Site, user: User | null, { isAdmin, ...data }: z.output<typeof editSchema>): User {
  const edited = user === null ? site.add(given(data)) : site.change(user, given(data));
  if (isAdmin === true) site.admins.add(edited.id);
  if (isAdmin === false) site.admins.delete(edited.id);
  return edited;
}

function shown({ password: _, ...user }: User, { admins }: Site): object {
  return { ...user, isAdmin: admins.has(user.id) };
}

function withMembers<Cohort extends { readonly members: Iterable<number> }>(cohort: Cohort) {
  return { ...cohort, members: [...cohort.members] };
}

function found(site: Site, id: string): User {
  const user = site.users.get(Number(id));
  if (user === undefined) throw new HTTPException(404, { message: 'no user has this id' });
  return user;
}

/** Drops the keys that stand as undefined. */
function given(data: object) {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}
