import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/core/day.js';
import { decideInvitation, type InvitationFacts, type LedgerEntry } from '../../../src/core/invitation.js';
import type { InvitationPolicy } from '../../../src/core/policy.js';
import { someDay, TODAY } from './made-up.js';

const policy: fc.Arbitrary<InvitationPolicy> = fc.record({
  send: fc.constantFrom('immediately', 'on_hire_date', 'never'),
  daysBefore: fc.integer({ min: 0, max: 30 }),
  existingStaff: fc.constantFrom('skip', 'send'),
  maxPerRun: fc.constant(500),
  createEarly: fc.boolean(),
});
const ledger: fc.Arbitrary<LedgerEntry> = fc.record({
  hire: fc.integer({ min: 1, max: 3 }),
  state: fc.constantFrom('scheduled', 'sent', 'cancelled', 'withheld', 'uncertain'),
  startDate: fc.option(someDay),
});
const facts: fc.Arbitrary<InvitationFacts> = fc.record({
  startDate: fc.option(someDay),
  onboarding: fc.boolean(),
  firstImport: someDay,
  shownAtFirst: fc.constantFrom(true, false, null),
  today: someDay,
  ledger: fc.option(ledger),
  rehired: fc.boolean(),
  byHand: fc.boolean(),
});

describe('whatever HR, ledger and config say', () => {
  it('the mail never goes before its day', () => {
    fc.assert(
      fc.property(facts, policy, (one, config) => {
        const onDate = { ...config, send: 'on_hire_date' } as const;
        const decision = decideInvitation({ ...one, byHand: false }, onDate);
        if (decision.action !== 'send') return;
        if (one.startDate === null) expect(one.onboarding).toBe(false);
        else expect(addDays(one.startDate, -config.daysBefore) <= one.today).toBe(true);
      }),
    );
  });

  it('who waits waits for a day to come, or for HR to name one', () => {
    fc.assert(
      fc.property(facts, policy, (one, config) => {
        const decision = decideInvitation(one, config);
        if (decision.action !== 'hold') return;
        expect(config.createEarly).toBe(false);
        if (decision.until === null) expect(one.startDate).toBeNull();
        else expect(decision.until > one.today).toBe(true);
      }),
    );
  });

  it('nobody is mailed under never, except by hand', () => {
    fc.assert(
      fc.property(facts, policy, (one, config) => {
        const decision = decideInvitation({ ...one, byHand: false }, { ...config, send: 'never' });
        expect(decision.action).toBe('withhold');
      }),
    );
  });

  it('a hire that was invited, or may have been, is not invited again, and its entry stands', () => {
    fc.assert(
      fc.property(facts, policy, (one, config) => {
        const decision = decideInvitation(one, config);
        if (one.ledger === null || decision.hire !== one.ledger.hire) return;
        if (!['sent', 'uncertain'].includes(one.ledger.state)) return;
        expect(decision).toMatchObject({ action: 'withhold', recorded: true });
      }),
    );
  });
});

describe('over a life in HR', () => {
  // Each night: time passes, HR may move the start date, the person may leave and come back, somebody may ask by hand.
  const night = fc.record({
    passes: fc.integer({ min: -1, max: 20 }),
    startDate: fc.option(someDay),
    onboarding: fc.boolean(),
    rehired: fc.boolean(),
    byHand: fc.boolean(),
    unclear: fc.boolean(),
  });
  const nights = fc.array(night, { maxLength: 30 });

  function sendsOf(
    life: readonly (typeof night extends fc.Arbitrary<infer Night> ? Night : never)[],
    config: InvitationPolicy,
  ): number[] {
    const sends: number[] = [];
    let today = TODAY;
    let entry: LedgerEntry | null = null;
    for (const { passes, unclear, ...rest } of life) {
      today = addDays(today, passes);
      const known = { firstImport: TODAY, shownAtFirst: null, ledger: entry };
      const decision = decideInvitation({ ...rest, ...known, today }, config);
      const { hire } = decision;
      const { startDate } = rest;
      if (decision.action === 'send') {
        sends.push(hire);
        entry = { hire, startDate, state: unclear ? 'uncertain' : 'sent' };
      } else if (decision.action === 'hold') entry = { hire, startDate, state: 'scheduled' };
    }
    return sends;
  }

  it('at most one mail goes out for each hire', () => {
    fc.assert(
      fc.property(nights, policy, (life, config) => {
        const sends = sendsOf(life, config);
        expect(new Set(sends).size).toBe(sends.length);
      }),
      { numRuns: 500 },
    );
  });

  it('who never left is mailed at most once, however often the start date moves', () => {
    fc.assert(
      fc.property(nights, policy, (life, config) => {
        const sends = sendsOf(
          life.map((one) => ({ ...one, rehired: false })),
          config,
        );
        expect(sends.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });
});
