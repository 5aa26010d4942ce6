import { describe, expect, it } from 'vitest';
import type { ClaimVerdict } from '../../../src/core/claims.js';
import { type Decision, decide, type Situation } from '../../../src/core/decide.js';
import type { InvitationDecision } from '../../../src/core/invitation.js';
import type { Match } from '../../../src/core/match.js';
import type { DeactivationPolicy } from '../../../src/core/policy.js';
import { account, fields, snapshot } from './made-up.js';

const POLICY: DeactivationPolicy = {
  when: ['inactive', 'termination_date'],
  missing: { afterRuns: 2, afterDays: 2 },
  outOfScope: 'keep',
  action: 'deactivate',
  deleteAfter: null,
  protect: [],
};
const WANTED = { kind: 'wanted', fields: fields({}), leavesOn: null } as const;
const ENDS = { kind: 'ends', because: 'HR status is inactive' } as const;
const OUTSIDE = { kind: 'outside', because: 'office is not one of Bonn' } as const;
const SEND: InvitationDecision = { action: 'send', hire: 1, because: 'starts today' };
const HOLD: InvitationDecision = { action: 'hold', hire: 1, until: '2026-12-01', because: 'starts on 2026-12-01' };
const DUPLICATE: ClaimVerdict = { verdict: 'duplicate', others: ['1002', '1003'] };
const TAKEOVER: ClaimVerdict = {
  verdict: 'takeover',
  holder: { employeeId: '900', accountId: '55', emailKey: 'mia@acme.example', intention: 'gone' },
};
const FOUND: Match = { outcome: 'found', account: account({ id: '88' }), by: 'email' };
const AMBIGUOUS: Match = { outcome: 'ambiguous', message: 'accounts 1 and 2 both fit' };
const LINKS = { active: snapshot(), deactivated: snapshot({ state: 'deactivated' }), none: null };

function decided(situation: Partial<Situation>, policy: Partial<DeactivationPolicy> = {}): Decision {
  const whole: Situation = {
    employee: { id: '1001', email: 'mia@acme.example', name: 'Mia Adler' },
    standing: WANTED,
    snapshot: null,
    claim: null,
    match: { outcome: 'none' },
    linkedTo: null,
    invitation: SEND,
    opensLater: false,
    awaitsOpening: false,
    mailing: null,
    invitesAgain: false,
    ...situation,
  };
  return decide(whole, { ...POLICY, ...policy });
}

/** The action, or for a skip its reason. */
function outcome(decision: Decision): string {
  return decision.action === 'skip' ? decision.skip.reason : decision.action;
}

describe('what is done about somebody', () => {
  it.each<[Situation['standing']['kind'], keyof typeof LINKS, string]>([
    ['wanted', 'active', 'compare'],
    ['wanted', 'deactivated', 'reactivate'],
    ['wanted', 'none', 'create'],
    ['ends', 'active', 'deactivate'],
    ['ends', 'deactivated', 'nothing'],
    ['ends', 'none', 'nothing'],
    ['outside', 'active', 'out_of_scope'],
    ['outside', 'deactivated', 'out_of_scope'],
    ['outside', 'none', 'out_of_scope'],
  ])('who is %s with an account %s: %s', (kind, link, action) => {
    const standing = { wanted: WANTED, ends: ENDS, outside: OUTSIDE }[kind];
    expect(outcome(decided({ standing, snapshot: LINKS[link] }))).toBe(action);
  });

  it.each<[Partial<DeactivationPolicy>, Situation['standing'], string]>([
    [{ action: 'deactivate' }, ENDS, 'deactivate'],
    [{ action: 'delete' }, ENDS, 'delete'],
    [{ action: 'none' }, ENDS, 'nothing'],
    [{ outOfScope: 'deactivate' }, OUTSIDE, 'deactivate'],
    [{ outOfScope: 'deactivate', action: 'delete' }, OUTSIDE, 'delete'],
    [{ outOfScope: 'deactivate', action: 'none' }, OUTSIDE, 'nothing'],
    [{ outOfScope: 'keep', action: 'delete' }, OUTSIDE, 'out_of_scope'],
  ])('under %j, of one who is %j: %s', (policy, standing, action) => {
    expect(outcome(decided({ standing, snapshot: LINKS.active }, policy))).toBe(action);
  });

  it('says why an account ends', () => {
    expect(decided({ standing: ENDS, snapshot: LINKS.active })).toEqual({
      action: 'deactivate',
      because: ENDS.because,
      account: null,
    });
    expect(decided({ standing: OUTSIDE, snapshot: LINKS.active }, { outOfScope: 'deactivate' })).toEqual({
      action: 'deactivate',
      because: 'out of scope: office is not one of Bonn',
      account: null,
    });
  });
});

describe('an address that is another’s as well', () => {
  it.each(['active', 'deactivated', 'none'] as const)('skips who has an account %s, and names the others', (link) => {
    const decision = decided({ snapshot: LINKS[link], claim: DUPLICATE, match: FOUND });
    expect(outcome(decision)).toBe('duplicate_email');
    expect(decision.action === 'skip' && decision.skip.message).toContain('#1002, #1003');
  });

  it('does not keep a leaver’s account open', () => {
    expect(outcome(decided({ standing: ENDS, snapshot: LINKS.active, claim: DUPLICATE }))).toBe('deactivate');
  });
});

describe('somebody without a link', () => {
  it('takes over the account of a leaver, whatever becomes of invitations', () => {
    const decision = decided({ claim: TAKEOVER, invitation: HOLD });
    expect(decision).toEqual({ action: 'take_over', accountId: '55', from: '900' });
  });

  it('takes over nobody’s account where the LMS shows another of their own, or several', () => {
    expect(outcome(decided({ claim: TAKEOVER, match: AMBIGUOUS }))).toBe('ambiguous_match');
  });

  it('who has an account of their own takes over nobody’s', () => {
    expect(outcome(decided({ claim: TAKEOVER, snapshot: LINKS.active }))).toBe('compare');
    expect(outcome(decided({ claim: TAKEOVER, snapshot: LINKS.deactivated }))).toBe('reactivate');
  });

  it('is not guessed at when several accounts fit', () => {
    expect(outcome(decided({ match: AMBIGUOUS }))).toBe('ambiguous_match');
  });

  it('adopts the account that fits, without a mail', () => {
    expect(decided({ match: FOUND })).toMatchObject({ action: 'adopt', account: { id: '88' }, from: null });
    expect(decided({ match: FOUND, invitation: HOLD })).toMatchObject({ action: 'adopt' });
  });

  it('does not adopt the account of another who stays', () => {
    const decision = decided({ match: FOUND, linkedTo: { employeeId: '900', gone: false } });
    expect(outcome(decision)).toBe('ambiguous_match');
    expect(decision.action === 'skip' && decision.skip.message).toContain('account 88 fits but belongs to #900');
  });

  it('adopts the account of another who is gone, and unlinks them', () => {
    expect(decided({ match: FOUND, linkedTo: { employeeId: '900', gone: true } })).toMatchObject({ from: '900' });
  });

  it('waits where the invitation waits', () => {
    expect(decided({ invitation: HOLD })).toEqual({ ...HOLD });
  });

  it('gets an account with what was decided about the invitation', () => {
    const withhold: InvitationDecision = {
      action: 'withhold',
      hire: 2,
      because: 'x',
      existingStaff: true,
      recorded: false,
    };
    expect(decided({ invitation: withhold })).toEqual({ action: 'create', invitation: withhold, closed: null });
  });
});
