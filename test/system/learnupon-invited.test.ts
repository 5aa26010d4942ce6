import { describe, expect } from 'vitest';
import { type Connect, type Connector, day, test } from '../support/connector.js';
import type { RunDocument } from '../support/document.js';
import { configurePortal, connectPortal, customValue, type PortalOptions, portalUser } from '../support/learnupon.js';
import { hire, plainPerson } from '../support/people.js';

const INVITE = { invite_strategy: 'invite' };

/** A connector that invites: whoever is hired today is mailed, everybody else has been here before. */
function opened(connect: Connect, { target, ...options }: PortalOptions = {}): Promise<Connector> {
  return connectPortal(connect, { people: 5, ...options, target: { ...INVITE, ...target } });
}

/** What a run did about one person. */
const about = ({ changes }: RunDocument, { id }: { readonly id: number }) =>
  changes.filter(({ employee }) => employee.id === String(id));

const mails = ({ sandbox }: Connector) => sandbox.portal.mails.map(({ to }) => to);

function accept({ sandbox }: Connector, email: string) {
  const invite = sandbox.portal.openInvite(email);
  if (invite === null) throw new Error(`nobody invited ${email}`);
  return sandbox.portal.accept(invite);
}

describe.concurrent('an invitation to LearnUpon', () => {
  test('is waited for, then linked and brought up to date', async ({ connect }) => {
    const connector = await opened(connect);
    const ada = hire(connector, 'Ada', day(0));
    const { summary } = await connector.imported();
    expect(summary.invite).toBe(1);
    expect(summary.create).toBeGreaterThan(2);
    expect(mails(connector)).toEqual(['ada@acme.example']);
    expect(connector.sandbox.portal.findByEmail('ada@acme.example')).toBeNull();

    connector.sandbox.learnupon.requests.clear();
    connector.hr.apply({ kind: 'change_name', person: ada.id, lastName: 'Lovelace' });
    const waiting = await connector.imported();
    expect(waiting.changes).toEqual([]);
    expect(waiting.notices).toContain(`1 person has not accepted their invitation yet: #${ada.id}`);
    expect(connector.sandbox.learnupon.requests.writes()).toEqual([]);
    expect((await connector.run(['status'])).stdout).toContain('1 invited and not there yet');
    expect((await connector.run(['verify'])).code).toBe(0);

    const user = accept(connector, 'ada@acme.example');
    const linked = await connector.imported();
    expect(linked.changes).toMatchObject([
      { kind: 'adopt', invites: false, account: String(user.id), because: 'the invitation was accepted' },
    ]);
    expect(user).toMatchObject({ last_name: 'Lovelace', password: 'their own' });
    expect(customValue(connector, user, 'Hire date')).toBe(day(0));
    connector.hr.apply({ kind: 'terminate', person: ada.id, on: day(-1) });
    connector.sandbox.learnupon.requests.clear();
    await connector.imported();
    expect(user.enabled).toBe(false);
    expect(mails(connector)).toEqual(['ada@acme.example']);
  });

  test('that somebody leaves behind is reported for hand work, or withdrawn where LearnUpon can', async ({
    connect,
  }) => {
    const connector = await opened(connect);
    const ada = hire(connector, 'Ada', day(0));
    await connector.imported();
    connector.hr.apply({ kind: 'terminate', person: ada.id, on: day(-1) });
    const byHand = await connector.json(['import-all']);
    expect(byHand).toMatchObject({ exit_code: 4, changes: [{ kind: 'deactivate', outcome: 'failed' }] });
    expect(byHand.changes[0]?.error).toContain('must be withdrawn by hand in LearnUpon');
    expect((await connector.run(['status'])).stdout).toContain('withdrawn by hand');

    connector.sandbox.learnupon.settings.change({ portalInvitesListed: true });
    await configurePortal(connector, { target: { ...INVITE, portal_invites_listed: true } });
    const withdrawn = await connector.json(['import-all', '--only', String(ada.id)]);
    expect(withdrawn).toMatchObject({ exit_code: 0, changes: [{ kind: 'deactivate', outcome: 'done' }] });
    expect(connector.sandbox.portal.openInvite('ada@acme.example')).toBeNull();
    expect((await connector.imported()).notices).toEqual([]);

    connector.hr.apply({ kind: 'withdraw_termination', person: ada.id });
    expect((await connector.imported()).summary.invite).toBe(1);
  });

  test.for(['reset_after_commit', 'reset_before_commit'] as const)(
    'whose withdrawal is interrupted (%s) is withdrawn by the next run',
    async (kind, { connect }) => {
      const connector = await opened(connect, {
        target: { portal_invites_listed: true },
        sandbox: { learnupon: { portalInvitesListed: true } },
      });
      const ada = hire(connector, 'Ada', day(0));
      await connector.imported();
      connector.hr.apply({ kind: 'terminate', person: ada.id, on: day(-1) });
      const { faults, requests } = connector.sandbox.learnupon;
      faults.add({ match: { route: 'group_invites.delete' }, times: null, fault: { kind } });
      const broken = await connector.json(['import-all']);
      expect(about(broken, ada)).toMatchObject([{ kind: 'deactivate', outcome: 'failed' }]);
      faults.clear();
      const mended = await connector.imported('--only', String(ada.id));
      expect(about(mended, ada)).toMatchObject([{ kind: 'deactivate', outcome: 'done' }]);
      expect(connector.sandbox.portal.openInvite('ada@acme.example')).toBeNull();
      requests.clear();
      expect((await connector.imported()).changes).toEqual([]);
      expect(requests.list()).toEqual([]);
    },
  );

  test('that a leaver accepts before the next run ends with the account closed', async ({ connect }) => {
    const connector = await opened(connect);
    const ada = hire(connector, 'Ada', day(0));
    await connector.imported();
    const user = accept(connector, 'ada@acme.example');
    connector.hr.apply({ kind: 'terminate', person: ada.id, on: day(-1) });
    const { changes } = await connector.imported();
    expect(changes).toMatchObject([{ kind: 'deactivate', account: String(user.id) }]);
    expect(user.enabled).toBe(false);
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('to an address that HR changes stands until a person sees to it', async ({ connect }) => {
    const connector = await opened(connect);
    const ada = hire(connector, 'Ada', day(0));
    await connector.imported();
    connector.hr.apply({ kind: 'change_email', person: ada.id, to: 'countess@acme.example' });
    const { changes, notices } = await connector.imported();
    expect(changes).toEqual([]);
    expect(notices.join()).toContain(`the invitation went to an address that HR has changed since: #${ada.id}`);
    expect(mails(connector)).toEqual(['ada@acme.example']);
    expect((await connector.run(['invite', 'send', String(ada.id)])).code).toBe(0);
    expect(mails(connector)).toEqual(['ada@acme.example', 'countess@acme.example']);
    const user = accept(connector, 'countess@acme.example');
    expect((await connector.imported()).changes).toMatchObject([{ kind: 'adopt', account: String(user.id) }]);
  });

  test('of which nobody knows whether it was mailed is not sent again', async ({ connect }) => {
    const connector = await opened(connect);
    const ada = hire(connector, 'Ada', day(0));
    const { faults } = connector.sandbox.learnupon;
    faults.add({ match: { route: 'invites.create' }, fault: { kind: 'reset_after_commit' } });
    const run = await connector.json(['import-all']);
    expect(run.exit_code).toBe(4);
    expect(about(run, ada)[0]?.error).toContain('may have been mailed, so it is not sent again');
    const { notices } = await connector.imported();
    expect(notices.join()).toContain(`#${ada.id}`);
    expect(mails(connector)).toEqual(['ada@acme.example']);
    accept(connector, 'ada@acme.example');
    expect((await connector.imported()).summary).toMatchObject({ adopt: 1, invite: 0 });
  });

  test('without an answer is asked for where LearnUpon shows invitations', async ({ connect }) => {
    const connector = await opened(connect, {
      target: { portal_invites_listed: true },
      sandbox: { learnupon: { portalInvitesListed: true } },
    });
    const { faults } = connector.sandbox.learnupon;
    hire(connector, 'Ada', day(0));
    hire(connector, 'Grace', day(0));
    faults.add({ match: { route: 'invites.create' }, fault: { kind: 'reset_after_commit' } });
    faults.add({ match: { route: 'invites.create' }, from: 2, fault: { kind: 'reset_before_commit' } });
    await connector.json(['import-all']);
    await connector.imported();
    expect([...mails(connector)].sort()).toEqual(['ada@acme.example', 'grace@acme.example']);
  });

  test('that somebody sent by hand is waited for like our own', async ({ connect }) => {
    const connector = await opened(connect);
    const { portal } = connector.sandbox;
    const ada = hire(connector, 'Ada', day(0));
    const blank = { first_name: null, last_name: null, custom: {}, groupId: null };
    portal.invite({ kind: 'portal', email: 'ada@acme.example', ...blank });
    const run = await connector.imported();
    expect(about(run, ada)).toMatchObject([{ outcome: 'done', account: `invite:of:${ada.id}` }]);
    expect(mails(connector)).toHaveLength(1);
  });
});

describe.concurrent('the other strategies', () => {
  test('create_disabled_then_enable makes the account early and closed, and opens it on the day', async ({
    connect,
  }) => {
    const connector = await opened(connect, { target: { invite_strategy: 'create_disabled_then_enable' } });
    const ada = hire(connector, 'Ada', day(5));
    const run = await connector.imported();
    expect(about(run, ada)).toMatchObject([
      { kind: 'create', invites: false, because: expect.stringContaining('closed until') },
    ]);
    expect(run.scheduled).toContainEqual(expect.objectContaining({ kind: 'invite', on: day(5) }));
    const user = portalUser(connector, 'ada@acme.example');
    expect(user.enabled).toBe(false);

    connector.sandbox.learnupon.requests.clear();
    connector.hr.apply({ kind: 'move_hire_date', person: ada.id, to: day(9) });
    expect((await connector.imported()).scheduled).toContainEqual(expect.objectContaining({ on: day(9) }));
    expect(connector.sandbox.learnupon.requests.list()).toEqual([]);

    connector.hr.apply({ kind: 'move_hire_date', person: ada.id, to: day(0) });
    expect((await connector.imported()).changes).toMatchObject([{ kind: 'reactivate', invites: true }]);
    expect(user.enabled).toBe(true);
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('an opening without an answer is looked for, and neither repeated nor left scheduled', async ({ connect }) => {
    const connector = await opened(connect, { target: { invite_strategy: 'create_disabled_then_enable' } });
    const { hr, sandbox } = connector;
    const boss = plainPerson(connector.company);
    const newcomers = ['Ada', 'Grace'].map((name) => hire(connector, name, day(5)));
    // Nobody can read a manager back, so the opening cannot be proven whole.
    for (const { id } of newcomers) hr.apply({ kind: 'change_manager', person: id, to: boss.id });
    await connector.imported();
    for (const { id } of newcomers) hr.apply({ kind: 'move_hire_date', person: id, to: day(0) });
    const { faults } = sandbox.learnupon;
    faults.add({ match: { route: 'users.update' }, fault: { kind: 'reset_after_commit' } });
    faults.add({ match: { route: 'users.update' }, from: 2, fault: { kind: 'reset_before_commit' } });
    await connector.json(['import-all']);
    faults.clear();
    await connector.json(['import-all']);
    for (const { email } of newcomers) {
      const user = portalUser(connector, email);
      expect(user.enabled).toBe(true);
      expect(customValue(connector, user, 'Manager')).toBe(boss.email);
    }
    sandbox.learnupon.requests.clear();
    expect(await connector.imported()).toMatchObject({ changes: [], scheduled: [] });
    expect(sandbox.learnupon.requests.writes()).toEqual([]);
    expect((await connector.run(['invite', 'list'])).stdout).not.toContain('ada@acme.example');
  });

  test('create_sso asks nobody to change a password that nobody uses', async ({ connect }) => {
    const connector = await opened(connect, { target: { invite_strategy: 'create_sso' } });
    hire(connector, 'Ada', day(0));
    await connector.imported();
    expect(portalUser(connector, 'ada@acme.example')).toMatchObject({ enabled: true, changesPassword: false });
  });

  test('an address that another portal of the realm knows is refused with advice', async ({ connect }) => {
    const connector = await opened(connect, {
      target: { invite_strategy: 'create_enabled' },
      sandbox: { learnupon: { elsewhere: ['ada@acme.example'] } },
    });
    const ada = hire(connector, 'Ada', day(0));
    const run = await connector.json(['import-all']);
    expect(about(run, ada)[0]?.error).toMatch(/an address is unique across the portal.*invite_strategy: invite/);
  });
});
