import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acknowledge, creationFields, diffFields, fingerprint, sayChanged } from '../../../src/core/diff.js';
import { emailKey } from '../../../src/core/email.js';
import { type Fields, isEmpty, sameValue, type Value } from '../../../src/core/value.js';
import { fields, HOSTILE_NAMES, someValue } from './made-up.js';

const NAMES = ['email', 'job_title', 'manager', 'custom_fields.Badge'] as const;
const address = fc.constantFrom('mia@acme.example', 'Mia@ACME.example', 'ben@acme.example', null);
const values = { email: address, job_title: someValue, manager: someValue, 'custom_fields.Badge': someValue };
const whole = fc.record(values).map(fields);
const part = fc
  .record(values, { requiredKeys: [] })
  .map((record) => fields(Object.fromEntries(Object.entries(record))));

function afterOf(changes: ReturnType<typeof diffFields>): Fields {
  return Object.fromEntries(Object.entries(changes).map(([name, change]) => [name, change.after]));
}

describe('diffFields', () => {
  it.each<[string, Record<string, Value>, Record<string, Value>, Record<string, [Value, Value]>]>([
    ['is empty for equal accounts', { a: 'x', b: 1 }, { a: 'x', b: 1 }, {}],
    ['names only what differs', { a: 'x', b: 1 }, { a: 'y', b: 1 }, { a: ['x', 'y'] }],
    ['clears what was emptied', { a: 'x' }, { a: null }, { a: ['x', null] }],
    ['fills what was never acknowledged', {}, { a: 'x' }, { a: [null, 'x'] }],
    ['does not clear what was never acknowledged', {}, { a: null }, {}],
    ['takes all empty values for one', { a: '' }, { a: null, b: ' ', c: [] }, {}],
    ['tells text from number', { a: '1' }, { a: 1 }, { a: ['1', 1] }],
    ['does not look at the order of a set', { a: ['x', 'y'] }, { a: ['y', 'x'] }, {}],
    ['leaves alone what the mapping does not name', { a: 'x', other: 'kept' }, { a: 'x' }, {}],
    ['takes an e-mail in other case for the same', { email: 'MIA@acme.example' }, { email: ' mia@acme.example' }, {}],
    [
      'tells other texts by their case',
      { a: 'MIA@acme.example' },
      { a: 'mia@acme.example' },
      { a: ['MIA@acme.example', 'mia@acme.example'] },
    ],
    [
      'moves an e-mail',
      { email: 'a@acme.example' },
      { email: 'b@acme.example' },
      { email: ['a@acme.example', 'b@acme.example'] },
    ],
    ['clears an e-mail', { email: 'a@acme.example' }, { email: null }, { email: ['a@acme.example', null] }],
  ])('%s', (_, before, after, expected) => {
    const changes = Object.entries(expected).map(([name, [from, to]]) => [name, { before: from, after: to }]);
    expect(diffFields(fields(before), fields(after))).toEqual(Object.fromEntries(changes));
  });

  it('passes over the fields that are written once', () => {
    expect(diffFields(fields({ a: 'x' }), fields({ a: 'y', b: 'z' }), ['a'])).toEqual({
      b: { before: null, after: 'z' },
    });
  });

  it.each(HOSTILE_NAMES)('knows %s as a field only where it is one', (name) => {
    const after = fields({ [name]: 'x' });
    expect(Object.entries(diffFields({}, after))).toEqual([[name, { before: null, after: 'x' }]]);
    expect(diffFields({}, fields({ [name]: null }))).toEqual({});
    expect(diffFields(after, after)).toEqual({});
  });

  it('never names a field that no mapping names', () => {
    fc.assert(
      fc.property(part, part, (before, after) => {
        for (const name of Object.keys(diffFields(before, after))) expect(Object.keys(after)).toContain(name);
      }),
    );
  });

  it('once carried out leaves nothing to do', () => {
    fc.assert(
      fc.property(part, part, (before, after) => {
        const changed = { ...before, ...afterOf(diffFields(before, after)) };
        expect(diffFields(changed, after)).toEqual({});
      }),
    );
  });

  it('is empty both ways exactly when the fingerprints are equal, the case of the address apart', () => {
    const plain = (one: Fields) =>
      fingerprint({ ...one, email: isEmpty(one['email']) ? null : emailKey(String(one['email'])) }, []);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.tuple(whole, whole),
          whole.map((one) => [one, { ...one }] as const),
        ),
        ([one, other]) => {
          const forth = Object.keys(diffFields(one, other));
          const back = Object.keys(diffFields(other, one));
          expect(forth).toEqual(back);
          expect(forth.length === 0).toBe(plain(one) === plain(other));
          if (fingerprint(one, []) === fingerprint(other, [])) expect(forth).toEqual([]);
        },
      ),
    );
  });
});

describe('fingerprint', () => {
  it('does not count fields that are written once', () => {
    expect(fingerprint(fields({ a: 'x', b: 'y' }), ['b'])).toBe(fingerprint(fields({ a: 'x', b: 'z' }), ['b']));
  });

  it.each<[Record<string, Value>, Record<string, Value>]>([
    [
      { a: 'x', b: 'y' },
      { a: 'xy', b: '' },
    ],
    [{ a: null }, {}],
    [{ a: 'x\u0001b\u0000"y"' }, { a: 'x', b: 'y' }],
    [{ a: ['x', 'y'] }, { a: 'x, y' }],
    [{ a: true }, { a: 'true' }],
  ])('tells %j from %j', (one, other) => {
    expect(fingerprint(fields(one), [])).not.toBe(fingerprint(fields(other), []));
  });
});

describe('creationFields', () => {
  it('lists all that is filled, with nothing before', () => {
    expect(creationFields(fields({ a: 'x', b: null, c: '', d: 0, e: [], f: false }))).toEqual({
      a: { before: null, after: 'x' },
      d: { before: null, after: 0 },
      f: { before: null, after: false },
    });
  });
});

describe('acknowledge', () => {
  it('puts the new values over the old and keeps the rest', () => {
    expect(acknowledge({ a: '1', b: '2' }, { b: '3', c: null }, [])).toEqual({ a: '1', b: '3', c: null });
  });

  it('does not claim what the LMS refused', () => {
    expect(acknowledge({ a: '1' }, { a: '2', b: '3' }, ['a', 'b', 'never written'])).toEqual({});
  });

  it('leaves a refused change to be tried again, a refused clear included', () => {
    fc.assert(
      fc.property(whole, whole, fc.subarray([...NAMES]), (before, wanted, refused) => {
        const changes = diffFields(before, wanted);
        const acknowledged = acknowledge(before, wanted, refused);
        for (const name of refused) {
          if (name in changes) expect(diffFields(acknowledged, wanted)).toHaveProperty([name]);
        }
        for (const name of NAMES) {
          if (!refused.includes(name)) expect(sameValue(acknowledged[name], wanted[name])).toBe(true);
        }
      }),
    );
  });
});

describe('sayChanged', () => {
  const change = { before: null, after: 'x' };

  it.each<[string[], string]>([
    [[], 'nothing changed'],
    [['a'], 'a changed'],
    [['a', 'b'], 'a and b changed'],
    [['a', 'b', 'c'], 'a, b and c changed'],
  ])('of %j says: %s', (names, words) => {
    expect(sayChanged(Object.fromEntries(names.map((name) => [name, change])))).toBe(words);
  });
});
