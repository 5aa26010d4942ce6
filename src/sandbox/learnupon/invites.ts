import { Hono } from 'hono';
import type { StandInEnvironment } from '../stand-in.js';
import { BODIES } from './bodies.js';
import { customBody, definitionsBody, readCustomData } from './custom-data.js';
import { isBlank, type LearnUponParts, pageOf, wrapped } from './parts.js';
import { notFound, Refusal } from './refusal.js';
import type { Invite, UserType } from './user.js';

/** `/portal_invite` and `/group_invites`. */
export function inviteRoutes({ portal, settings }: LearnUponParts): Hono<StandInEnvironment> {
  const app = new Hono<StandInEnvironment>();
  const refuseKnown = (email: string): void => {
    if (portal.findByEmail(email) !== null) throw new Refusal(settings.existsStatus, 'That email is already in use');
    if (portal.openInvite(email) !== null) {
      throw new Refusal(settings.invitedStatus, 'Duplicate invite: this person has already been invited');
    }
  };
  const listed = (): readonly Invite[] =>
    [...portal.invites.values()].filter(({ kind }) => kind === 'group' || settings.portalInvitesListed);
  const body = (invites: readonly Invite[]) => ({
    ...definitionsBody(settings),
    group_invite: invites.map((invite) => ({
      id: invite.id,
      first_name: invite.first_name,
      last_name: invite.last_name,
      invite_email_address: invite.email,
      invite_status: invite.status,
      num_reminders_sent: 0,
      created_at: invite.createdAt,
      group_id: invite.groupId,
      user_type: invite.user_type,
      customDataFieldValues: customBody(invite.custom, settings)['customDataFieldValues'],
    })),
  });
  const found = (id: string): Invite => {
    const invite = listed().find((one) => one.id === Number(id));
    if (invite === undefined) throw notFound('Group invite');
    return invite;
  };

  app.post('/portal_invite', async (c) => {
    const sent = await wrapped(c, 'Invite', BODIES.portalInvite, settings);
    if (isBlank(sent['email'])) throw new Refusal(422, 'email is missing');
    const email = String(sent['email']);
    refuseKnown(email);
    const text = (key: string): string | null => (isBlank(sent[key]) ? null : String(sent[key]));
    const invite = portal.invite({
      kind: 'portal',
      email,
      first_name: text('first_name'),
      last_name: text('last_name'),
      custom: readCustomData(sent['CustomData'], {}, settings),
      groupId: isBlank(sent['group_id']) ? null : Number(sent['group_id']),
      user_type: typeNumbered(sent['portal_membership_type_id']),
    });
    return c.json({ portal_invite: { id: invite.id, email } });
  });

  app.post('/group_invites', async (c) => {
    const sent = await wrapped(c, 'GroupInvite', BODIES.groupInvite, settings);
    if (isBlank(sent['email_addresses'])) throw new Refusal(422, 'email_addresses is missing');
    const addresses = String(sent['email_addresses'] ?? '')
      .split(',')
      .map((one) => one.trim());
    const groupId = isBlank(sent['group_id']) ? null : Number(sent['group_id']);
    const user_type = typeNumbered(sent['group_membership_type_id']);
    for (const email of addresses) refuseKnown(email);
    const blank = { kind: 'group', first_name: null, last_name: null, custom: {}, groupId, user_type } as const;
    const made = addresses.map((email) => portal.invite({ ...blank, email }));
    return c.json({ group_invites: made.map(({ id, email }) => ({ id, invite_email_address: email })) });
  });

  app.get('/group_invites', (c) => {
    const groupId = c.req.query('group_id');
    const invites = listed().filter((invite) => groupId === undefined || String(invite.groupId) === groupId);
    return c.json(body(pageOf(c, invites, settings)));
  });
  app.get('/group_invites/:id', (c) => c.json(body([found(c.req.param('id'))])));
  app.delete('/group_invites/:id', (c) => {
    portal.invites.delete(found(c.req.param('id')).id);
    return c.json({});
  });
  return app;
}

function typeNumbered(number: unknown): UserType {
  return (['learner', 'admin', 'instructor', 'manager'] as const)[Number(number ?? 1) - 1] ?? 'learner';
}
