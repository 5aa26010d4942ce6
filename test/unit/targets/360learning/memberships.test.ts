import { describe, expect, it } from 'vitest';
import { StatusError } from '../../../../src/http/errors.js';
import { silentLog } from '../../../../src/http/log.js';
import type { Membership } from '../../../../src/targets/360learning/bulk-client.js';
import { createMemberships, type Move } from '../../../../src/targets/360learning/memberships.js';
import { learning360Settings } from '../../../../src/targets/360learning/settings.js';
import { RejectedError } from '../../../../src/targets/kit/rejected.js';

const membership = (userId: string, groupId: string): Membership => ({ userId, groupId, role: 'learner' });
const move = (user: string, to: string, changes: Partial<Move> = {}): Move => ({
  ...{ add: [membership(user, to)], remove: [membership(user, 'old')], again: [] },
  ...changes,
});
const busy = () => {
  const request = { system: '360Learning', method: 'POST', url: 'https://a.example/bulk', attempts: 5 };
  return new StatusError(request, 429, { error: { code: 'bulkOperationsConcurrencyLimitReached' } }, {});
};

/** Memberships on a made-up 360Learning in which the group "gone" does not exist. */
function open(options: { bulk_from?: number; isBusy?: boolean } = {}) {
  const calls: string[] = [];
  const warnings: string[] = [];
  const one = (sign: string) => async (wanted: Membership) => {
    calls.push(`${sign}${wanted.userId}@${wanted.groupId}`);
    if (wanted.groupId === 'gone') throw new RejectedError('unknown_reference', 'groupNotFound');
  };
  const started: Membership[][] = [];
  const client = {
    addMembership: one('+'),
    removeMembership: one('-'),
    startMemberships: async (method: 'POST' | 'DELETE', input: readonly Membership[]) => {
      if (options.isBusy) throw busy();
      calls.push(
        `${method === 'POST' ? '+' : '-'}${input.map(({ userId, groupId }) => `${userId}@${groupId}`).join(' ')}`,
      );
      started.push([...input]);
      return String(started.length - 1);
    },
    operation: async () => ({ status: 'completed', errorMessage: undefined }),
    operationResults: async (id: string) =>
      (started[Number(id)] ?? []).map((input) =>
        input.groupId === 'gone'
          ? { input, status: 'error', errorMessage: 'groupNotFound' }
          : { input, status: 'success', errorMessage: undefined },
      ),
  };
  const required = { client_id: 'key', client_secret: 'secret', group: '1'.repeat(24) };
  const settings = learning360Settings.parse({ ...required, bulk_from: options.bulk_from ?? 0 });
  const log = { ...silentLog, warn: (sentence: string) => void warnings.push(sentence) };
  const signal = new AbortController().signal;
  const world = { now: () => new Date(0), sleep: async () => {}, random: () => 0, randomInt: () => 0, log, signal };
  const memberships = createMemberships(client, settings, { ...world, environment: { proxyFor: () => '' } });
  const go = (...moves: readonly Move[]) =>
    Promise.allSettled(moves.map((each) => memberships.during(() => memberships.ask(each))));
  return { go, calls, warnings };
}

describe.each([
  ['one by one', 0],
  ['in bulk', 1],
])('a move between groups, %s', (_, bulk_from) => {
  it('joins the new group before it leaves the old one', async () => {
    const { go, calls } = open({ bulk_from });
    await go(move('u', 'new'));
    expect(calls).toEqual(['+u@new', '-u@old']);
  });

  it('leaves nothing where the new group is gone, and fails for that person alone', async () => {
    const { go, calls } = open({ bulk_from });
    const outcomes = await go(move('u', 'gone'), move('v', 'new'));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(outcomes[0]).toMatchObject({ reason: { reason: 'unknown_reference' } });
    expect(calls.join(' ')).not.toContain('-u@');
    expect(calls.join(' ')).toContain('v@old');
  });

  it('joins once more where leaving the old group takes the new one away', async () => {
    const { go, calls } = open({ bulk_from });
    await go(move('u', 'below', { again: [membership('u', 'below')] }));
    expect(calls).toEqual(['+u@below', '-u@old', '+u@below']);
  });
});

it('moves are written one by one where other bulk operations take all places, and that is told', async () => {
  const { go, calls, warnings } = open({ bulk_from: 1, isBusy: true });
  const outcomes = await go(move('u', 'new'), move('v', 'new'));
  expect(outcomes.every(({ status }) => status === 'fulfilled')).toBe(true);
  expect(calls).toEqual(['+u@new', '+v@new', '-u@old', '-v@old']);
  expect(warnings[0]).toBe(
    '360Learning is busy with other bulk operations of this company, so 2 memberships are written one by one',
  );
});
