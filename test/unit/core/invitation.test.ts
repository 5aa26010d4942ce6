import { describe, expect, it } from 'vitest';
import {
  decideInvitation,
  type InvitationFacts,
  type LedgerEntry,
  type Mails,
  mailsReturns,
} from '../../../src/core/invitation.js';
import type { InvitationPolicy } from '../../../src/core/policy.js';
import { TODAY } from './made-up.js';

const POLICY: InvitationPolicy = {
  send: 'on_hire_date',
  daysBefore: 0,
  existingStaff: 'skip',
  maxPerRun: 500,
  createEarly: false,
};
const FIRST_IMPORT = '2026-11-01';

function decided(facts: Partial<InvitationFacts>, policy: Partial<InvitationPolicy> = {}, mails?: Mails) {
  const whole: InvitationFacts = {
    startDate: TODAY,
    onboarding: false,
    firstImport: FIRST_IMPORT,
    shownAtFirst: null,
    today: TODAY,
    ledger: null,
    rehired: false,
    byHand: false,
    ...facts,
  };
  return decideInvitation(whole, { ...POLICY, ...policy }, mails);
}

/** The action, for a wait with its day. */
function outcome(facts: Partial<InvitationFacts>, policy: Partial<InvitationPolicy> = {}): string {
  const decision = decided(facts, policy);
  return decision.action === 'hold' ? `hold until ${decision.until}` : decision.action;
}

const entry = (partial: Partial<LedgerEntry> = {}): LedgerEntry => ({
  hire: 1,
  state: 'scheduled',
  startDate: TODAY,
  ...partial,
});

describe('on the hire date', () => {
  it.each<[string | null, number, string]>([
    ['2026-11-25', 0, 'hold until 2026-11-25'],
    ['2026-11-24', 0, 'send'],
    ['2026-11-23', 0, 'send'],
    ['2026-12-01', 7, 'send'],
    ['2026-12-02', 7, 'hold until 2026-11-25'],
    ['2026-11-01', 0, 'send'],
    ['2026-10-31', 0, 'withhold'],
  ])('who starts on %s, %i days before: %s', (startDate, daysBefore, result) => {
    expect(outcome({ startDate }, { daysBefore })).toBe(result);
  });

  it('waits for a start date only where HR says that the person is still to come', () => {
    expect(outcome({ startDate: null, onboarding: true })).toBe('hold until null');
    expect(outcome({ startDate: null, onboarding: false })).toBe('send');
  });

  it('makes the account early without a mail where the config says so', () => {
    expect(decided({ startDate: '2026-12-01' }, { createEarly: true })).toMatchObject({
      action: 'withhold',
      existingStaff: false,
    });
    expect(outcome({ startDate: null, onboarding: true }, { createEarly: true })).toBe('withhold');
    expect(outcome({ startDate: TODAY }, { createEarly: true })).toBe('send');
  });

  it('follows a start date that was moved, both ways', () => {
    const ledger = entry({ startDate: '2026-11-24' });
    expect(outcome({ startDate: '2026-12-01', ledger })).toBe('hold until 2026-12-01');
    expect(outcome({ startDate: '2026-11-20', ledger: entry({ startDate: '2026-12-01' }) })).toBe('send');
  });
});

describe('immediately', () => {
  it.each<[Partial<InvitationFacts>, string]>([
    [{ startDate: '2027-06-01' }, 'send'],
    [{ startDate: null, onboarding: true }, 'send'],
    [{ startDate: '2026-10-31' }, 'withhold'],
    [{ ledger: entry({ state: 'sent' }) }, 'withhold'],
  ])('of %j: %s', (facts, result) => {
    expect(outcome(facts, { send: 'immediately' })).toBe(result);
  });
});

describe('never', () => {
  it.each<Partial<InvitationFacts>>([
    { startDate: TODAY },
    { startDate: '2027-01-01' },
    { startDate: null, onboarding: true },
    { ledger: entry() },
    { startDate: '2020-01-01' },
  ])('of %j makes the account at once without a mail', (facts) => {
    expect(decided(facts, { send: 'never', existingStaff: 'send' })).toMatchObject({
      action: 'withhold',
      existingStaff: false,
    });
  });
});

describe('existing staff', () => {
  it('is who was hired before the first import', () => {
    expect(decided({ startDate: '2026-10-31' })).toMatchObject({ action: 'withhold', existingStaff: true });
    expect(outcome({ startDate: FIRST_IMPORT })).toBe('send');
  });

  it('is, without a start date, who works here on the day of the first import', () => {
    const facts = { startDate: null, today: FIRST_IMPORT };
    expect(decided(facts)).toMatchObject({ action: 'withhold', existingStaff: true });
    expect(outcome({ ...facts, onboarding: true })).toBe('hold until null');
  });

  it('is nobody whom no read had shown by then, whatever the start date says', () => {
    expect(outcome({ startDate: '2020-01-01', shownAtFirst: false })).toBe('send');
    expect(outcome({ startDate: '2020-01-01', shownAtFirst: true })).toBe('withhold');
    expect(outcome({ startDate: null, today: FIRST_IMPORT, shownAtFirst: false })).toBe('send');
    expect(outcome({ startDate: null, shownAtFirst: false, onboarding: true })).toBe('hold until null');
  });

  it('is, without a start date, whom the first import showed, on later days as well', () => {
    expect(outcome({ startDate: null, shownAtFirst: true })).toBe('withhold');
    expect(outcome({ startDate: null, shownAtFirst: true, onboarding: true })).toBe('hold until null');
  });

  it('is invited where the config says so', () => {
    expect(outcome({ startDate: '2020-01-01' }, { existingStaff: 'send' })).toBe('send');
    expect(outcome({ startDate: null, today: FIRST_IMPORT }, { existingStaff: 'send' })).toBe('send');
  });

  it('is who is invited by hand, all the same', () => {
    expect(outcome({ startDate: '2020-01-01', byHand: true })).toBe('send');
  });
});

describe('the ledger', () => {
  it.each<[LedgerEntry['state'], string]>([
    ['scheduled', 'send'],
    ['cancelled', 'send'],
    ['withheld', 'send'],
    ['sent', 'withhold'],
    ['uncertain', 'withhold'],
  ])('that holds %s for this hire leads to: %s', (state, result) => {
    expect(outcome({ ledger: entry({ state }) })).toBe(result);
  });

  it('holds against an invitation by hand as well', () => {
    expect(outcome({ ledger: entry({ state: 'sent' }), byHand: true })).toBe('withhold');
  });

  it('counts a rehire under the same id as a new hire', () => {
    const ledger = entry({ state: 'sent', startDate: '2024-01-01' });
    expect(decided({ ledger, rehired: true })).toMatchObject({ action: 'send', hire: 2 });
    expect(decided({ ledger, rehired: true, startDate: '2026-12-01' })).toMatchObject({ action: 'hold', hire: 2 });
  });

  it('counts a moved start date of somebody who never left as the same hire', () => {
    const ledger = entry({ state: 'sent', startDate: '2026-11-10' });
    expect(decided({ ledger, rehired: false })).toMatchObject({ action: 'withhold', hire: 1 });
  });

  it('counts somebody who is back for the same start date, or none, as the same hire', () => {
    const ledger = entry({ state: 'sent', startDate: TODAY });
    expect(decided({ ledger, rehired: true })).toMatchObject({ action: 'withhold', hire: 1 });
    expect(decided({ ledger, rehired: true, startDate: null })).toMatchObject({ action: 'withhold', hire: 1 });
    expect(decided({ ledger, rehired: true, startDate: '2026-11-20' })).toMatchObject({ action: 'withhold', hire: 1 });
  });
});

describe('an LMS that mails by itself or never', () => {
  const later = { startDate: '2026-12-24', onboarding: true };
  const staff = { startDate: '2020-01-01' };

  it.each<Mails>(['never', 'at_reactivation'])('%s: makes the account at once and leaves the ledger alone', (mails) => {
    for (const facts of [later, staff, { byHand: true }])
      expect(decided(facts, {}, mails)).toMatchObject({ action: 'withhold', recorded: true, existingStaff: false });
  });

  it.each<Mails>(['at_creation', 'at_activation'])('%s: counts a mail for everybody whose account is made', (mails) => {
    const because = 'hired before the first import, but this LMS mails every new account';
    expect(decided(staff, {}, mails)).toMatchObject({ action: 'send', because });
    expect(decided({}, { send: 'never' }, mails)).toMatchObject({ action: 'send' });
  });

  it.each<Mails>(['at_creation', 'at_activation'])('%s: makes no account early', (mails) => {
    expect(decided(later, { createEarly: true }, mails)).toMatchObject({ action: 'hold', until: '2026-12-24' });
  });

  it('mails who comes back where opening an account mails', () => {
    const all: readonly Mails[] = ['when_asked', 'at_creation', 'at_activation', 'at_reactivation', 'never'];
    expect(all.filter(mailsReturns)).toEqual(['at_activation', 'at_reactivation']);
  });
});
