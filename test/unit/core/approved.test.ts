import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ApprovedChange, identityOf, reaches, together } from '../../../src/core/approved.js';

const same = (text: string) => text;
const value = fc.oneof(fc.constant(null), fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string()));
const fields = fc.dictionary(fc.string(), fc.record({ before: value, after: value }), { noNullPrototype: true });
const change: fc.Arbitrary<ApprovedChange> = fc.record({
  kind: fc.constantFrom('create', 'update', 'deactivate'),
  employee: fc.record({ id: fc.string(), email: fc.option(fc.string()), name: fc.option(fc.string()) }),
  account: fc.option(fc.string()),
  invites: fc.boolean(),
  fields,
  because: fc.string(),
});

describe('the identity of a change', () => {
  it('is its kind, person, account, mail and fields, in any order; never the reason or the name', () => {
    fc.assert(
      fc.property(change, fc.string(), (one, text) => {
        const turned = Object.fromEntries(Object.entries(one.fields).reverse());
        const employee = { ...one.employee, name: text };
        expect(identityOf({ ...one, employee, fields: turned, because: text }, same)).toBe(identityOf(one, same));
        expect(identityOf({ ...one, invites: !one.invites }, same)).not.toBe(identityOf(one, same));
        expect(identityOf({ ...one, account: `${one.account}x` }, same)).not.toBe(identityOf(one, same));
        const more = { ...one.fields, [`${text}-more`]: { before: null, after: 'x' } };
        expect(identityOf({ ...one, fields: more }, same)).not.toBe(identityOf(one, same));
      }),
    );
  });

  it('survives that secrets were taken out of one of the two', () => {
    const clean = (text: string) => text.replaceAll('secret', '***');
    const one: ApprovedChange = {
      ...{ kind: 'update', account: '7', invites: false, because: '' },
      employee: { id: '1', email: null, name: null },
      fields: { a: { before: 'my secret', after: ['secret'] } },
    };
    const saved = { ...one, fields: { a: { before: 'my ***', after: ['***'] } } };
    expect(identityOf(saved, clean)).toBe(identityOf(one, clean));
  });
});

describe('what is left of an approved change', () => {
  it('writes nothing but what was approved, whatever was there before', () => {
    const approved = { a: { before: null, after: 'x' }, b: { before: '1', after: ['p', 'q'] } };
    expect(reaches(approved, { b: { before: '(unknown)', after: ['q', 'p'] } }, same)).toBe(true);
    expect(reaches(approved, { b: { before: '1', after: ['q'] } }, same)).toBe(false);
    expect(reaches(approved, { c: { before: null, after: null } }, same)).toBe(false);
    expect(reaches({}, { constructor: { before: null, after: 'x' } }, same)).toBe(false);
  });

  it('counts what several changes of one person bring about', () => {
    const make = (after: string): ApprovedChange => ({
      ...{ kind: 'update', account: '7', invites: false, because: '' },
      employee: { id: '1', email: null, name: null },
      fields: { email: { before: null, after } },
    });
    expect(together([make('parked@x'), make('b@x')])).toEqual({ email: { before: null, after: 'b@x' } });
  });
});
