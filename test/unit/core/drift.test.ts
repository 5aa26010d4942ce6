import { describe, expect, it } from 'vitest';
import type { Account, Snapshot } from '../../../src/core/account.js';
import { corrected, type Drift, driftOf } from '../../../src/core/drift.js';
import type { MappingRule } from '../../../src/core/mapping.js';
import { account, fields, snapshot } from './made-up.js';

const rule = (field: string, partial: Partial<MappingRule> = {}): MappingRule => ({
  ...{ field, from: ['x'], whenEmpty: 'clear', write: 'always' },
  ...partial,
});
const RULES = [
  rule('email'),
  rule('job_title'),
  rule('custom_fields.Badge'),
  rule('custom_fields.Level'),
  rule('manager'),
];
const KNOWN = {
  external_id: '1001',
  email: 'mia@acme.example',
  job_title: 'Engineer',
  'custom_fields.Badge': 5,
  manager: '1000',
};
const acknowledged = (partial: Partial<Snapshot> = {}) => snapshot({ fields: fields(KNOWN), hash: 'h', ...partial });
const shown = (values: object = {}, partial: Partial<Account> = {}) =>
  account({ externalId: '1001', email: 'mia@acme.example', fields: fields({ ...values }), ...partial });
const find = (held: Snapshot, seen: Account | null, rules = RULES) => driftOf(held, seen, rules);
function found(held: Snapshot, seen: Account | null): { drift: Drift; row: Snapshot } {
  const drift = find(held, seen);
  if (drift === null) throw new Error('nothing differs');
  return { drift, row: corrected(held, drift, seen, RULES) };
}

describe('what is no drift', () => {
  it.each<[string, Snapshot, Account | null]>([
    ['an account as it was', acknowledged(), shown({ job_title: 'Engineer', 'custom_fields.Badge': '5' })],
    ['what cannot be read back', acknowledged(), shown()],
    ['a field that nobody maps', acknowledged({ fields: fields({ ...KNOWN, phone: '1' }) }), shown({ phone: '2' })],
    ['a value that was never acknowledged', acknowledged(), shown({ 'custom_fields.Level': '3' })],
    [
      'one that may have been written',
      acknowledged({ fields: fields({ job_title: '(unknown)' }) }),
      shown({ job_title: 'X' }),
    ],
    ['an account that does not say how it is', acknowledged(), shown({}, { state: 'unknown' })],
    ['an address in other letters', acknowledged(), shown({}, { email: 'Mia@ACME.example' })],
    [
      'what the LMS clears itself in an account that ended',
      acknowledged({ state: 'deactivated' }),
      shown({ job_title: null }, { state: 'deactivated' }),
    ],
    ['an account that hrsync deleted', acknowledged({ state: 'deleted' }), null],
  ])('%s', (_, held, seen) => {
    expect(find(held, seen)).toBeNull();
  });

  it('a value that was written once', () => {
    expect(find(acknowledged(), shown({ job_title: 'X' }), [rule('job_title', { write: 'once' })])).toBeNull();
  });
});

describe('drift', () => {
  it('of values names each field before and now, and the snapshot is corrected in these alone', () => {
    const seen = shown(
      { job_title: 'Lead', 'custom_fields.Badge': null },
      { externalId: '9', email: 'x@acme.example' },
    );
    const { drift, row } = found(acknowledged(), seen);
    expect(drift).toEqual({
      kind: 'changed',
      employee: { id: '1001', email: 'mia@acme.example', name: 'Mia Adler' },
      account: '77',
      state: null,
      fields: {
        external_id: { before: '1001', after: '9' },
        email: { before: 'mia@acme.example', after: 'x@acme.example' },
        job_title: { before: 'Engineer', after: 'Lead' },
        'custom_fields.Badge': { before: 5, after: null },
      },
    });
    const now = { external_id: '9', email: 'x@acme.example', job_title: 'Lead', 'custom_fields.Badge': null };
    expect(row).toEqual({ ...acknowledged(), email: 'x@acme.example', fields: { ...KNOWN, ...now }, hash: null });
  });

  it('of an account that is gone ends the link', () => {
    const { drift, row } = found(acknowledged({ state: 'deactivated' }), null);
    expect(drift).toMatchObject({ kind: 'gone', state: { before: 'deactivated', after: 'gone' }, fields: {} });
    expect(row).toEqual({ ...acknowledged(), state: 'deleted', email: null, fields: {}, hash: null });
  });

  it('of an account that was closed leaves its fields to the reactivation', () => {
    const { drift, row } = found(acknowledged(), shown({ job_title: null }, { state: 'deactivated' }));
    expect(drift).toMatchObject({ kind: 'deactivated', state: { before: 'active', after: 'deactivated' }, fields: {} });
    expect(row).toEqual({ ...acknowledged(), state: 'deactivated', hash: null });
  });

  it.each(['deactivated', 'deleted'] as const)(
    'of a %s account that is open takes only what the LMS shows',
    (state) => {
      const { drift, row } = found(acknowledged({ state, email: null }), shown({ job_title: null }));
      expect(drift).toMatchObject({ kind: 'active', state: { before: state, after: 'active' } });
      expect(row).toMatchObject({ state: 'active', email: 'mia@acme.example', hash: null, awaitingManager: '1000' });
      expect(row.fields).toEqual({
        external_id: '1001',
        email: 'mia@acme.example',
        job_title: null,
        'custom_fields.Badge': '(unknown)',
        'custom_fields.Level': '(unknown)',
        manager: '(unknown)',
      });
    },
  );

  it('is no more once the snapshot is corrected', () => {
    for (const [held, seen] of [
      [acknowledged(), shown({ job_title: 'Lead', manager: '7' }, { email: 'x@acme.example' })],
      [acknowledged(), null],
      [acknowledged(), shown({}, { state: 'deactivated' })],
      [acknowledged({ state: 'deactivated' }), shown({ job_title: 'Lead' })],
      [acknowledged({ state: 'deleted' }), shown({}, { state: 'unknown' })],
    ] as const) {
      expect(find(found(held, seen).row, seen)).toBeNull();
    }
  });
});
