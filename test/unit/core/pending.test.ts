import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
const INVITED = snapshot({ state: 'pending', accountId: 'invite:5' });
const WANTED = { kind: 'wanted', fields: fields({ email: 'Mia@acme.example' }), leavesOn: null } as const;
const MOVED = { kind: 'wanted', fields: fields({ email: 'mia.new@acme.example' }), leavesOn: null } as const;
const ENDS = { kind: 'ends', because: 'HR status is inactive' } as const;
const OUTSIDE = { kind: 'outside', because: 'office is not one of Bonn' } as const;
const SENT: InvitationDecision = {
  action: 'withhold',
  hire: 1,
  because: 'was invited for this hire already',
  existingStaff: false,
  recorded: true,
};
const SEND: InvitationDecision = { action: 'send', hire: 1, because: 'invited by hand' };
const HOLD: InvitationDecision = { action: 'hold', hire: 1, until: '2026-12-01', because: 'starts on 2026-12-01' };
const ACCEPTED: Match = { outcome: 'found', account: account({ id: '88' }), by: 'email' };
const NONE: Match = { outcome: 'none' };

function decided(situation: Partial<Situation>, policy: Partial<DeactivationPolicy> = {}): Decision {
  const whole: Situation = {
    employee: { id: '1001', email: 'mia@acme.example', name: 'Mia Adler' },
    standing: WANTED,
    snapshot: INVITED,
    claim: null,
    match: NONE,
    linkedTo: null,
    invitation: SENT,
    opensLater: false,
    awaitsOpening: false,
    mailing: null,
    invitesAgain: false,
    ...situation,
  };
  return decide(whole, { ...POLICY, ...policy });
}

describe('somebody who was invited and has not accepted', () => {
  it('is waited for, and told when HR has changed the address since', () => {
    expect(decided({})).toEqual({ action: 'wait', moved: false });
    expect(decided({ standing: MOVED })).toEqual({ action: 'wait', moved: true });
  });

  it('is linked to the account that turns up', () => {
    const decision = decided({ match: ACCEPTED, standing: MOVED });
    expect(decision).toMatchObject({ action: 'adopt', account: { id: '88' }, from: null });
    expect(decided({ match: ACCEPTED, linkedTo: { employeeId: '900', gone: false } })).toMatchObject({
      action: 'skip',
      skip: { reason: 'ambiguous_match' },
    });
  });

  it('is invited anew by hand only', () => {
    expect(decided({ invitation: SEND })).toMatchObject({ action: 'wait' });
    expect(decided({ invitation: SEND, invitesAgain: true })).toEqual({
      action: 'create',
      invitation: SEND,
      closed: null,
    });
    expect(decided({ invitation: SEND, invitesAgain: true, match: ACCEPTED })).toMatchObject({ action: 'adopt' });
  });

  it('who leaves has the invitation withdrawn, or the account ended that it became', () => {
    expect(decided({ standing: ENDS })).toMatchObject({ action: 'deactivate', account: null });
    expect(decided({ standing: ENDS, match: ACCEPTED })).toMatchObject({ action: 'deactivate', account: { id: '88' } });
    expect(decided({ standing: ENDS }, { action: 'delete' })).toMatchObject({ action: 'delete', account: null });
  });

  it('who is out of scope is treated as the config says', () => {
    expect(decided({ standing: OUTSIDE })).toMatchObject({ action: 'skip' });
    expect(decided({ standing: OUTSIDE }, { outOfScope: 'deactivate' })).toMatchObject({ action: 'deactivate' });
  });

  it('is never sent anything by itself', () => {
    const standing = fc.constantFrom(WANTED, MOVED, ENDS, OUTSIDE);
    const invitation = fc.constantFrom<InvitationDecision>(SENT, SEND, HOLD);
    const situations = fc.record({
      standing,
      invitation,
      match: fc.constantFrom<Match>(ACCEPTED, NONE, { outcome: 'ambiguous', message: 'x' }),
      isProtected: fc.boolean(),
      opensLater: fc.boolean(),
    });
    fc.assert(
      fc.property(situations, (situation) => {
        const { action } = decided(situation);
        expect(['create', 'update', 'compare', 'take_over', 'reactivate']).not.toContain(action);
        if (action === 'adopt') expect(situation.match).toBe(ACCEPTED);
      }),
    );
  });
});

describe('an account that is made closed', () => {
  const closed = snapshot({ state: 'deactivated' });

  it('is made at once where the LMS can, and the day is known', () => {
    const { until, because, hire } = HOLD;
    const early = decided({ snapshot: null, invitation: HOLD, opensLater: true });
    expect(early).toMatchObject({
      action: 'create',
      invitation: { action: 'withhold' },
      closed: { until, because, hire },
    });
    expect(decided({ snapshot: null, invitation: HOLD })).toMatchObject({ action: 'hold' });
    const unknown: InvitationDecision = { ...HOLD, until: null };
    expect(decided({ snapshot: null, invitation: unknown, opensLater: true })).toMatchObject({ action: 'hold' });
  });

  it('stays closed until the day, and is opened with the invitation', () => {
    const waiting = { snapshot: closed, awaitsOpening: true, opensLater: true };
    expect(decided({ ...waiting, invitation: HOLD })).toMatchObject({ action: 'hold', until: '2026-12-01' });
    expect(decided({ ...waiting, invitation: SEND })).toMatchObject({
      action: 'reactivate',
      invitation: { hire: 1, because: SEND.because },
    });
  });

  it('stays closed also where the calendar was lost, and where the setting was changed', () => {
    expect(decided({ snapshot: closed, opensLater: true, invitation: HOLD })).toMatchObject({ action: 'hold' });
    expect(decided({ snapshot: closed, awaitsOpening: true, invitation: HOLD })).toMatchObject({ action: 'hold' });
    expect(decided({ snapshot: closed, invitation: HOLD })).toMatchObject({ action: 'reactivate', invitation: null });
  });

  it('of somebody who leaves before the day is left closed', () => {
    expect(decided({ snapshot: closed, awaitsOpening: true, standing: ENDS })).toEqual({ action: 'nothing' });
  });
});
