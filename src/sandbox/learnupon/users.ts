import { Hono } from 'hono';
import type { StandInEnvironment } from '../stand-in.js';
import { BODIES } from './bodies.js';
import { customBody, definitionsBody, definitionsOf } from './custom-data.js';
import { type LearnUponParts, pageOf, wrapped } from './parts.js';
import { notFound } from './refusal.js';
import type { User } from './user.js';
import { createdFrom, updateUser } from './user-write.js';

/** Everything below `/users`. */
export function userRoutes(parts: LearnUponParts): Hono<StandInEnvironment> {
  const { portal, settings } = parts;
  const app = new Hono<StandInEnvironment>();
  const body = (users: readonly User[], version: string | undefined, listed: boolean) => ({
    ...definitionsBody(settings),
    user: users.map((user) => view(user, parts, { version, listed })),
  });

  app.get('/', (c) => {
    const filter = c.req.query('login_enabled');
    const users = portal.list().filter(({ enabled }) => filter === undefined || String(enabled) === filter);
    return c.json(body(pageOf(c, users, settings), c.req.query('version_id'), true));
  });

  // Any other query is ignored, and the whole list comes back.
  app.get('/search', (c) => {
    const { email, username, version_id } = c.req.query();
    if (email === undefined && username === undefined)
      return c.json(body(pageOf(c, portal.list(), settings), version_id, true));
    const byName = portal.findByUsername(username ?? '');
    const fits = (user: User): boolean => !settings.searchMindsCase || user.email === email;
    const found = email !== undefined ? portal.findAllByEmail(email).filter(fits) : byName === null ? [] : [byName];
    if (found.length === 0 && settings.emptySearchStatus === 404) throw notFound('User');
    return c.json(body(found, version_id, true));
  });

  app.get('/customuserdata', (c) =>
    c.json({
      customDataFieldDefinitions: Object.values(definitionsBody(settings))[0] ?? definitionsOf(settings),
    }),
  );

  app.get('/:id', (c) => {
    const user = portal.users.get(Number(c.req.param('id')));
    if (user === undefined) throw notFound('User');
    return c.json(body([user], c.req.query('version_id'), false));
  });

  app.post('/', async (c) => {
    const created = createdFrom(await wrapped(c, 'User', BODIES.createUser, settings), parts);
    if (settings.mailsOnCreation && created.email !== null) portal.mail(created.email, 'creation');
    return c.json({ id: created.id }, 201);
  });

  app.put('/:id', async (c) => {
    const sent = await wrapped(c, 'User', BODIES.updateUser, settings);
    const id = Number(c.req.param('id'));
    const named =
      typeof sent['email'] === 'string'
        ? portal.findByEmail(sent['email'])
        : portal.findByUsername(String(sent['username'] ?? ''));
    const user = id === 0 ? named : (portal.users.get(id) ?? null);
    if (user === null) throw notFound('User');
    updateUser(user, sent, parts);
    return c.json({ id: user.id });
  });

  app.delete('/:id', (c) => {
    const user = portal.users.get(Number(c.req.param('id')));
    if (user === undefined) throw notFound('User');
    if (!settings.ignoresEndings) portal.remove(user);
    return c.json({});
  });
  return app;
}

function view(
  user: User,
  { settings }: LearnUponParts,
  { version, listed }: { readonly version: string | undefined; readonly listed: boolean },
): object {
  return {
    id: user.id,
    first_name: user.first_name,
    last_name: user.last_name,
    email: user.email,
    ...(settings.usernames && { username: user.username }),
    locale: user.language,
    created_at: user.createdAt,
    ...((version === '1.1' || version === '1.2') && { updated_at: user.updatedAt }),
    ...(version === '1.2' && { timezone_id: user.timezone_id }),
    last_sign_in_at: null,
    account_expires: user.account_expires,
    sign_in_count: 0,
    enabled: user.enabled,
    user_type: user.user_type,
    number_of_enrollments: 0,
    is_salesforce_contact: 0,
    ...((!listed || settings.listsCustomData) && customBody(user.custom, settings)),
  };
}
