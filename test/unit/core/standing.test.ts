import { describe, expect, it } from 'vitest';
import { compileMapping } from '../../../src/core/mapping.js';
import type { Policy } from '../../../src/core/policy.js';
import { candidateFor, claimedEmail, standingOf, wantedManager } from '../../../src/core/standing.js';
import type { Value } from '../../../src/core/value.js';
import { employee, TODAY } from './made-up.js';

const ACME = { legal_entity: 'Acme GmbH' };
const MAPPING = compileMapping(
  [
    { field: 'email', from: ['work_email'], whenEmpty: 'clear', write: 'always' },
    { field: 'manager', from: ['manager'], whenEmpty: 'clear', write: 'always' },
  ],
  [{ name: 'email', type: 'email', required: true, choices: null }],
);

function policy(appliesToInactive = false): Policy {
  return {
    today: TODAY,
    scope: { filter: [{ field: 'legal_entity', in: ['Acme GmbH'] }], appliesToInactive },
    match: ['external_id', 'email'],
    invitations: { send: 'on_hire_date', daysBefore: 0, existingStaff: 'skip', maxPerRun: 500, createEarly: false },
    deactivation: { when: ['inactive'], missing: null, outOfScope: 'keep', action: 'deactivate', protect: [] },
    read: { minEmployees: { percent: 80 }, minPopulation: 20, canaries: [] },
    safety: { limits: {}, clears: { percent: 50 }, minPopulation: 20, onRefusal: 'stop' },
  };
}

function standing(record: Record<string, Value>, appliesToInactive = false) {
  return standingOf(employee({ work_email: 'mia@acme.example', ...record }), policy(appliesToInactive), MAPPING);
}

describe('standingOf', () => {
  it('wants an account for somebody employed, in scope and mapped', () => {
    expect(standing({ ...ACME, manager: '1002' })).toEqual({
      kind: 'wanted',
      fields: expect.objectContaining({ external_id: '1001', email: 'mia@acme.example', manager: '1002' }),
      leavesOn: null,
    });
  });

  it('does not filter leavers unless the config says so', () => {
    expect(standing({ status: 'inactive', legal_entity: 'Other' }).kind).toBe('ends');
    expect(standing({ status: 'inactive', legal_entity: 'Other' }, true).kind).toBe('outside');
    expect(standing({ status: 'inactive', ...ACME }, true).kind).toBe('ends');
  });

  it('ends the account of a leaver whose mapping would fail', () => {
    expect(standing({ status: 'inactive', ...ACME, work_email: null }).kind).toBe('ends');
  });

  it('leaves alone who is gone in a way that the config does not list', () => {
    const listsDates = { ...policy(), deactivation: { ...policy().deactivation, when: ['termination_date'] } } as const;
    expect(standingOf(employee({ ...ACME, status: 'inactive' }), listsDates, MAPPING).kind).toBe('left_alone');
  });

  it('wants somebody who works here, whatever date of an end they have, where dates are not listed', () => {
    expect(standing({ ...ACME, status: 'active', termination_date: '2025-10-20' }).kind).toBe('wanted');
  });

  it('keeps out whom the filter keeps out before it looks at status words or mapping', () => {
    const outside = { kind: 'outside', because: 'legal_entity is not one of Acme GmbH' };
    expect(standing({ legal_entity: 'Other', status: 'suspended' })).toEqual(outside);
    expect(standing({ legal_entity: 'Other', work_email: null })).toEqual(outside);
  });

  it('skips whom HR does not show a field of that a filter needs, instead of taking them for out of scope', () => {
    const hidden = standing({ status: 'active' });
    expect(hidden).toMatchObject({ kind: 'skipped', skip: { reason: 'invalid_value' } });
  });

  it('skips a status that nobody knows, with its words cut short', () => {
    const unclear = standing({ ...ACME, status: 'x'.repeat(10_000) });
    expect(unclear).toMatchObject({ kind: 'skipped', skip: { reason: 'invalid_value' } });
    expect(unclear.kind === 'skipped' && unclear.skip.message.length).toBeLessThan(200);
  });

  it('skips who cannot be mapped', () => {
    expect(standing({ ...ACME, work_email: null })).toMatchObject({ kind: 'skipped', skip: { reason: 'no_email' } });
  });

  it('takes who is their own manager for somebody without one', () => {
    const own = standing({ ...ACME, manager: '1001' });
    expect(own.kind === 'wanted' && own.fields['manager']).toBeNull();
  });
});

describe('a candidate', () => {
  const wanted = { kind: 'wanted', fields: { email: ' Mia@ACME.example' }, leavesOn: null } as const;

  it('knows the start date and whether the person is still to come', () => {
    const person = employee({ status: 'onboarding', start_date: '2026-12-01' });
    expect(candidateFor(person, wanted, 'h')).toMatchObject({ startDate: '2026-12-01', onboarding: true, hash: 'h' });
    expect(candidateFor(employee({ status: 'active' }), wanted, 'h')).toMatchObject({
      startDate: null,
      onboarding: false,
    });
  });

  it('claims its address as a key, and none where no account is wanted', () => {
    expect(claimedEmail(candidateFor(employee(), wanted, null))).toBe('mia@acme.example');
    expect(claimedEmail(candidateFor(employee(), { kind: 'ends', because: 'x' }, null))).toBeNull();
  });
});

describe('wantedManager', () => {
  it.each<[Parameters<typeof wantedManager>[0], string | null]>([
    [{ manager: '1002' }, '1002'],
    [{ manager: null }, null],
    [{}, null],
    [null, null],
  ])('of %j is %j', (fields, manager) => {
    expect(wantedManager(fields)).toBe(manager);
  });
});
