import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffFields, fingerprint } from '../../../src/core/diff.js';
import { compileMapping, type MappedField, type MappingRule } from '../../../src/core/mapping.js';
import { employee, fields, HOSTILE_NAMES, someText, someValue } from './made-up.js';

const HR_NAMES = ['first_name', 'work_email', 'tags', ...HOSTILE_NAMES] as const;
const LMS_NAMES = ['email', 'job_title', 'manager', 'custom_fields.Badge', ...HOSTILE_NAMES] as const;
const TYPES = ['string', 'date', 'integer', 'decimal', 'choice', 'multi_choice', 'boolean'] as const;

const hrName = fc.constantFrom(...HR_NAMES);
const scalar = fc.oneof(someText, fc.integer(), fc.boolean());
const origin = fc.oneof(
  fc.record({ from: fc.array(hrName, { minLength: 1, maxLength: 3 }) }),
  fc.record({ from: fc.constant([]), value: scalar }),
  fc.record({
    from: fc.constant([]),
    template: fc.array(hrName, { minLength: 1 }).map((all) => `{${all.join('} {')}}`),
  }),
);
const options = fc.record(
  {
    map: fc.dictionary(fc.oneof(someText, fc.constantFrom(...HOSTILE_NAMES)), scalar, { maxKeys: 3 }),
    default: scalar,
    type: fc.constantFrom(...TYPES),
    case: fc.constantFrom('lower', 'upper'),
  },
  { requiredKeys: [] },
);
const ends = fc.record({
  field: fc.constantFrom(...LMS_NAMES),
  whenEmpty: fc.constantFrom('clear', 'keep'),
  write: fc.constantFrom('always', 'once'),
});
const someRule: fc.Arbitrary<MappingRule> = fc.tuple(origin, options, ends).map((parts) => Object.assign({}, ...parts));
const someMapping = fc
  .tuple(
    fc.uniqueArray(someRule, { selector: (rule) => rule.field, maxLength: 6 }),
    fc.constantFrom<MappedField['type']>('text', 'email', 'employee', ...TYPES.filter((type) => type !== 'string')),
    fc.boolean(),
  )
  .map(([rules, type, required]) => compileMapping(rules, [{ name: 'email', type, required, choices: null }]));
const someEmployee = fc
  .dictionary(hrName, someValue)
  .map((record) => employee(Object.fromEntries(Object.entries(record))));

describe('any mapping of any employee', () => {
  it('never throws, never yields undefined, and gives the same fingerprint again', () => {
    fc.assert(
      fc.property(someMapping, someEmployee, (mapping, person) => {
        const once = mapping.apply(person);
        const again = mapping.apply(person);
        expect(again).toEqual(once);
        if ('skip' in once || 'skip' in again) return;
        expect(Object.values(once.fields)).not.toContain(undefined);
        expect(once.fields['external_id']).toBe('1001');
        expect(fingerprint(again.fields, [])).toBe(fingerprint(once.fields, []));
        expect(diffFields(once.fields, again.fields)).toEqual({});
      }),
      { numRuns: 500 },
    );
  });

  it('writes only fields that a rule names', () => {
    fc.assert(
      fc.property(someMapping, someEmployee, (mapping, person) => {
        const applied = mapping.apply(person);
        const managed = ['external_id', ...mapping.rules.map((rule) => rule.field)];
        for (const field of Object.keys('fields' in applied ? applied.fields : {})) expect(managed).toContain(field);
      }),
    );
  });

  it('never clears a field because HR shows nothing at all', () => {
    fc.assert(
      fc.property(someMapping, (mapping) => {
        const applied = mapping.apply(employee({}));
        if ('skip' in applied) return;
        for (const rule of mapping.rules) {
          if (rule.value !== undefined || rule.default !== undefined) continue;
          expect(Object.hasOwn(applied.fields, rule.field)).toBe(false);
        }
      }),
    );
  });

  it('gives the same fingerprint whatever the order of tags', () => {
    const mapping = compileMapping(
      [{ field: 'secondary_teams', from: ['tags'], type: 'multi_choice', whenEmpty: 'clear', write: 'always' }],
      [],
    );
    const tags = fc.array(someText, { minLength: 1 });
    const shuffled = tags.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    const print = (set: readonly string[]) => {
      const applied = mapping.apply({ id: '1001', fields: fields({ tags: set }) });
      return 'fields' in applied ? fingerprint(applied.fields, []) : applied.skip.reason;
    };
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(print(other)).toBe(print(one));
      }),
    );
  });
});
