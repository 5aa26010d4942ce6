import { Hono } from 'hono';
import type { Portal } from '../learnupon/portal.js';

/** Looks into the LearnUpon stand-in, and does what its users would do by hand. */
export function portalRoutes(portal: Portal): Hono {
  const app = new Hono();
  app.get('/users', (c) => c.json({ users: portal.list().map(({ password: _, ...user }) => user) }));
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
