import { describe, expect, it } from 'vitest';
import { compileMapping } from '../../../src/core/mapping.js';
import type { Policy } from '../../../src/core/policy.js';
import { candidateFor, claimedEmail, obstacleTo, standingOf, wantedManager } from '../../../src/core/standing.js';
import type { Value } from '../../../src/core/value.js';
import { employee, NO_LIMITS, TODAY } from './made-up.js';

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
    localDays: null,
    scope: { filter: [{ field: 'legal_entity', in: ['Acme GmbH'] }], appliesToInactive },
    match: ['external_id', 'email'],
    invitations: { send: 'on_hire_date', daysBefore: 0, existingStaff: 'skip', maxPerRun: 500, createEarly: false },
    deactivation: {
      when: ['inactive'],
      missing: null,
      outOfScope: 'keep',
      action: 'deactivate',
      deleteAfter: null,
      protect: [],
    },
    read: { minEmployees: { percent: 80 }, minKnown: { percent: 50 }, minPopulation: 20, canaries: [] },
    matchNames: 'agree',
    protect: [],
    safety: { ...NO_LIMITS, minPopulation: 20 },
    rollout: { create: true, update: true, deactivate: true, invite: true },
    failures: { tell: null, stop: null },
    drift: { repair: 'never', fields: 'all' },
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

describe('somebody of whom HR contradicts itself', () => {
  const record = { ...ACME, status: 'active', termination_date: '2026-10-01', work_email: 'mia@acme.example' };
  const listed = { ...policy(), deactivation: { ...policy().deactivation, when: ['termination_date'] } } as const;

  it('is a skip that says what to correct', () => {
    expect(standingOf(employee(record), listed, MAPPING)).toMatchObject({
      kind: 'skipped',
      skip: { reason: 'contradiction', message: expect.stringContaining('correct one of the two in HR') },
    });
  });

  it('is a leaver all the same where an earlier run knew of the ending', () => {
    expect(standingOf(employee(record), listed, MAPPING, true)).toEqual({
      kind: 'ends',
      because: 'last day was 2026-10-01',
    });
  });
});

describe('a field that cannot be read', () => {
  const broken = (field: string, values: Record<string, Value> = {}) => ({
    ...employee({ ...ACME, status: 'active', work_email: 'mia@acme.example', manager: '2', ...values }),
    unreadable: { [field]: `${field} holds "?"` },
  });
  const without = (field: string) => {
    const one = broken(field);
    return { ...one, fields: Object.fromEntries(Object.entries(one.fields).filter(([name]) => name !== field)) };
  };

  it.each(['legal_entity', 'work_email', 'manager'])('skips somebody whose %s is needed', (field) => {
    expect(standingOf(without(field), policy(), MAPPING)).toMatchObject({
      kind: 'skipped',
      skip: { reason: 'invalid_value', message: expect.stringContaining(`${field} holds "?"`) },
    });
  });

  it('is no matter where nothing needs it', () => {
    expect(standingOf(broken('avatar'), policy(), MAPPING).kind).toBe('wanted');
  });

  it('of the start date holds up what goes by it, and no account that is open', () => {
    expect(obstacleTo(broken('start_date'), false)).toMatchObject({ reason: 'invalid_value' });
    expect(obstacleTo(broken('start_date'), true)).toBeNull();
    expect(obstacleTo(broken('avatar'), false)).toBeNull();
  });
});

it.each([
  [{ status: null }, 'status is empty'],
  [{}, 'does not show the status'],
])('nothing is done about somebody with %j', (record, words) => {
  for (const isOpen of [true, false]) {
    expect(obstacleTo(employee(record), isOpen)?.message).toContain(words);
  }
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
