import { describe, expect, it } from 'vitest';
import type { Account } from '../../../src/core/account.js';
import type { Decision } from '../../../src/core/decide.js';
import { switchedOff } from '../../../src/core/rollout.js';
import { switchesFor } from '../../../src/core/rollout-decision.js';

const AT_CREATION = { atCreation: true, atReturn: false };
const ON_REQUEST = { atCreation: false, atReturn: false };
const AT_RETURN = { atCreation: true, atReturn: true };

const account = (state: Account['state']): Account => {
  return { id: '7', state, externalId: null, email: null, name: null, fields: {} };
};
const send = { action: 'send', hire: 1, because: 'starts today' } as const;
const withhold = { action: 'withhold', hire: 1, because: 'never', existingStaff: false, recorded: false } as const;
const adopt = (state: Account['state']): Decision => {
  return { action: 'adopt', account: account(state), from: null, because: 'found', needsName: false };
};

describe('the switches that a decision needs', () => {
  it.each<[string, Decision, typeof AT_CREATION, readonly string[]]>([
    ['a new account', { action: 'create', invitation: withhold, closed: null }, AT_CREATION, ['create']],
    [
      'a new account that is mailed',
      { action: 'create', invitation: send, closed: null },
      AT_CREATION,
      ['create', 'invite'],
    ],
    [
      'a new account that is mailed by a request of its own',
      { action: 'create', invitation: send, closed: null },
      ON_REQUEST,
      ['create'],
    ],
    ['a return', { action: 'reactivate', because: 'back', invitation: null }, AT_CREATION, ['create']],
    [
      'a return that the LMS mails of',
      { action: 'reactivate', because: 'back', invitation: null },
      AT_RETURN,
      ['create', 'invite'],
    ],
    ['a link to an open account', adopt('active'), AT_CREATION, ['update']],
    ['a link to a closed account', adopt('deactivated'), AT_CREATION, ['update', 'create']],
    [
      'an account that goes to somebody who came back',
      { action: 'take_over', accountId: '7', from: '9' },
      AT_CREATION,
      ['update', 'create'],
    ],
    ['an account that may differ', { action: 'compare' }, AT_CREATION, ['update']],
    ['an ending', { action: 'deactivate', because: 'left', account: null }, AT_CREATION, ['deactivate']],
    ['a deletion', { action: 'delete', because: 'left', account: null }, AT_CREATION, ['deactivate']],
    ['nothing', { action: 'nothing' }, AT_CREATION, []],
  ])('%s', (_, decision, mails, switches) => {
    expect(switchesFor(decision, mails)).toEqual(switches);
  });

  it('hold it back as soon as one is off', () => {
    const rollout = { create: true, update: true, deactivate: true, invite: false };
    expect(switchedOff(rollout, ['create', 'invite'])).toBe('invite');
    expect(switchedOff(rollout, ['create'])).toBeNull();
  });
});
