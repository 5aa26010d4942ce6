import { describe, expect } from 'vitest';
import type { Intercept } from '../../../src/sandbox/index.js';
import { day, test } from '../../support/connector.js';
import { connectPortal } from '../../support/learnupon.js';
import { hire } from '../../support/people.js';

describe('a run that is killed at an invitation, into a LearnUpon that shows none', () => {
  test.for([
    ['before', 0],
    ['after', 1],
  ] as const)('mails it once at most, and says who may wait for it: %s', async ([moment, sent], { connect }) => {
    let intercept: Intercept = (_, handle) => handle();
    const connector = await connectPortal(connect, {
      people: 6,
      sandbox: { intercept: (request, handle) => intercept(request, handle) },
      target: { invite_strategy: 'invite' },
    });
    const { portal } = connector.sandbox;
    await connector.imported();
    const ada = hire(connector, 'Ada', day(0));
    const running = connector.start(['import-all']);
    intercept = async ({ route }, handle) => {
      if (route !== 'invites.create') return handle();
      if (moment === 'after') await handle();
      running.child.kill('SIGKILL');
      return null;
    };
    expect((await running.ended).code).toBeNull();
    intercept = (_, handle) => handle();

    for (const _ of ['the next night', 'and the one after']) {
      const { changes, notices } = await connector.json(['import-all']);
      expect(changes).toEqual([]);
      expect(notices.join()).toContain(`#${ada.id}`);
      expect(portal.mails).toHaveLength(sent);
    }
    expect((await connector.run(['status'])).stdout).toContain('1 invited and not there yet');
    // Whoever finds out that no mail was sent has it sent; whoever got one comes in by it.
    if (sent === 0) expect((await connector.run(['invite', 'send', String(ada.id)])).code).toBe(0);
    const invite = portal.openInvite('ada@acme.example');
    if (invite === null) throw new Error('nobody was invited');
    portal.accept(invite);
    expect((await connector.imported()).summary).toMatchObject({ adopt: 1, create: 0, invite: 0 });
    expect(portal.mails.map(({ to }) => to)).toEqual(['ada@acme.example']);
  });
});
