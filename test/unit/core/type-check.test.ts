import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceFieldType, TargetFieldType, TypeTable } from '../../../src/core/field-type.js';
import { compileMapping, type MappingRule } from '../../../src/core/mapping.js';
import { judgeTypes, mismatchesIn, type Sides } from '../../../src/core/type-check.js';
import { employee } from './made-up.js';

const TABLE: TypeTable = {
  text: ['text', 'email', 'choice'],
  multiline: ['text'],
  link: ['text'],
  list: ['text', 'choice'],
  tags: ['text', 'multi_choice'],
  date: ['date'],
  integer: ['integer', 'integer_choice'],
  decimal: ['decimal', 'decimal_choice'],
  boolean: ['boolean'],
  employee: ['employee'],
  unknown: ['text', 'email', 'choice'],
};
const SOURCE: Sides['source'] = (Object.keys(TABLE) as SourceFieldType[]).map((type) => ({ name: `a_${type}`, type }));
const LEVELS = ['Junior', 'Senior'];
const CHOICES: Partial<Record<TargetFieldType, readonly string[]>> = {
  choice: LEVELS,
  multi_choice: LEVELS,
  integer_choice: ['1', '2'],
  decimal_choice: ['0.5', '1'],
};
const TAKES = [
  ...(['text', 'email', 'date', 'integer', 'decimal', 'boolean'] as const),
  ...(['choice', 'integer_choice', 'decimal_choice', 'multi_choice', 'employee'] as const),
] satisfies readonly TargetFieldType[];
const TARGET: Sides['target'] = TAKES.map((type) => ({ name: type, type, choices: CHOICES[type] ?? null }));
const SIDES: Sides = { source: SOURCE, target: TARGET, table: TABLE, customFields: 'unlisted' };

const rule = (field: string, partial: Partial<MappingRule>): MappingRule => ({
  ...{ field, from: [], whenEmpty: 'clear', write: 'always' },
  ...partial,
});
const judged = (field: string, partial: Partial<MappingRule>, sides: Partial<Sides> = {}) =>
  judgeTypes([rule(field, partial)], { ...SIDES, ...sides });
const verdicts = (...given: Parameters<typeof judged>) =>
  judged(...given).map(({ verdict, reason }) => [verdict, reason]);

const FITS = ['fits', null];

describe('an HR attribute', () => {
  it('fits the fields that the table names, and a mismatch says what would', () => {
    expect(verdicts('date', { from: ['a_date'] })).toEqual([FITS]);
    expect(judged('date', { from: ['a_text'] })).toEqual([
      {
        ...{ field: 'date', takes: 'date', from: 'a_text', makes: 'text', constant: null },
        ...{ verdict: 'mismatch', reason: 'type' },
        fitting: { attributes: ['date'], types: ['date'], choices: [] },
      },
    ]);
  });

  it('is judged one by one where there are several', () => {
    expect(verdicts('date', { from: ['a_date', 'a_text'] })).toEqual([FITS, ['mismatch', 'type']]);
  });

  it('is judged by what the type of the rule makes of it', () => {
    expect(verdicts('date', { from: ['a_text'], type: 'date' })).toEqual([FITS]);
    expect(verdicts('text', { from: ['a_employee'], type: 'string' })).toEqual([FITS]);
    expect(verdicts('date', { from: ['a_date'], type: 'string' })).toEqual([['mismatch', 'type']]);
    expect(verdicts('multi_choice', { from: ['a_text'], type: 'multi_choice' })).toEqual([FITS]);
  });

  it('of which HR does not say what it is, or that it does not list, is no mismatch', () => {
    expect(verdicts('text', { from: ['a_unknown'] })).toEqual([['unknown', 'untyped']]);
    expect(verdicts('date', { from: ['nowhere'] })).toEqual([['unknown', 'attribute']]);
    expect(verdicts('date', { from: ['a_unknown'] })).toEqual([['mismatch', 'type']]);
  });
});

describe('a field', () => {
  const badge = 'custom_fields.Badge';
  it.each([
    ['unlisted', badge, ['unknown', 'field']],
    ['listed', badge, ['mismatch', 'missing']],
    ['made', badge, ['fits', 'made']],
    ['listed', 'language', ['unknown', 'field']],
  ] as const)('that a target with %s custom fields does not list: %s', (customFields, field, verdict) => {
    expect(verdicts(field, { from: ['a_date'] }, { customFields })).toEqual([verdict]);
  });
});

describe('what a rule makes by itself', () => {
  it('is text of a template, unless the rule gives a type', () => {
    expect(verdicts('text', { template: '{a_date} {a_text}' })).toEqual([FITS]);
    expect(verdicts('date', { template: '{a_date}' })).toEqual([['mismatch', 'type']]);
    expect(verdicts('date', { template: '{a_date}', type: 'date' })).toEqual([FITS]);
  });

  it.each([
    ['text', 5, null],
    ['date', '2026-11-24', null],
    ['date', 'soon', 'value'],
    ['integer', '5', null],
    ['integer', 5.5, 'value'],
    ['boolean', 'ja', null],
    ['boolean', 'perhaps', 'value'],
    ['email', 'info@acme.example', null],
    ['email', 'info', 'value'],
    ['choice', 'Junior', null],
    ['choice', 'junior', 'choice'],
    ['integer_choice', 2, null],
    ['integer_choice', 3, 'choice'],
    ['decimal_choice', 0.5, null],
    ['multi_choice', 'Junior, Senior', null],
    ['multi_choice', 'Junior, Boss', 'choice'],
  ] as const)('is a constant that must fit: %s %j', (field, value, reason) => {
    const wrong = judged(field, { value }).filter(({ verdict }) => verdict === 'mismatch');
    expect(wrong.map((one) => [one.constant, one.reason])).toEqual(reason === null ? [] : [[String(value), reason]]);
  });

  it('is a constant in the letters that the rule asks for', () => {
    expect(verdicts('choice', { value: 'JUNIOR', case: 'lower' }, {}).at(-1)).toEqual(['mismatch', 'choice']);
    const lower = [{ name: 'choice', type: 'choice' as const, choices: ['junior'] }];
    expect(verdicts('choice', { value: 'JUNIOR', case: 'lower' }, { target: lower })).toEqual([FITS]);
  });

  it('is a constant in the one spelling that the LMS keeps', () => {
    const language = {
      name: 'choice',
      type: 'choice' as const,
      choices: ['de'],
      spelling: (text: string) => text.slice(0, 2),
    };
    expect(verdicts('choice', { value: 'de-DE' }, { target: [language] })).toEqual([FITS]);
  });

  it('is what a map gives, whatever the attribute is, and the default too', () => {
    const from = ['a_date'];
    expect(verdicts('choice', { from, map: { A: 'Junior', B: 'Senior' } })).toEqual([FITS]);
    const misfits = judged('choice', { from, map: { A: 'Junior', B: 'Boss' }, default: 'None' });
    expect(mismatchesIn(misfits).map(({ constant }) => constant)).toEqual(['Boss', 'None']);
    expect(verdicts('text', { from: ['a_text'], default: 'x' })).toEqual([FITS]);
    expect(verdicts('date', { from: ['a_date'], default: 'x' })).toEqual([FITS, ['mismatch', 'value']]);
  });
});

describe('any rule', () => {
  const scalar = fc.oneof(fc.constantFrom('Junior', 'Senior', '2026-11-24', 'a@b.example', 'ja', ''), fc.integer());
  const takes = fc.constantFrom(...TAKES);

  it('gives at least one verdict, and a mismatch never without what it is about', () => {
    const someRule = fc.record({
      from: fc.array(fc.constantFrom(...SOURCE.map(({ name }) => name), 'nowhere', '__proto__'), {
        minLength: 1,
        maxLength: 3,
      }),
      map: fc.option(fc.dictionary(fc.string(), scalar, { maxKeys: 3 }), { nil: undefined }),
      type: fc.option(fc.constantFrom('string', 'date', 'integer', 'multi_choice'), { nil: undefined }),
    });
    fc.assert(
      fc.property(takes, someRule, (field, { from, map, type }) => {
        const fits = judged(field, { from, ...(map && { map }), ...(type && { type }) });
        expect(fits.length).toBeGreaterThanOrEqual(from.length);
        for (const fit of mismatchesIn(fits)) expect(fit.from ?? fit.constant).not.toBeNull();
      }),
    );
  });

  it('whose constant fits makes a value for everybody that is among the choices', () => {
    const mapped = TARGET.map((field) => ({ ...field, required: false }));
    fc.assert(
      fc.property(takes, scalar, (field, value) => {
        const made = compileMapping([rule(field, { value })], mapped).apply(employee());
        const misfits = mismatchesIn(judged(field, { value })).length > 0;
        if (!('fields' in made)) expect(misfits).toBe(true);
        if (!('fields' in made) || misfits) return;
        const written = made.fields[field] ?? null;
        const choices = CHOICES[field];
        if (choices && written !== null) {
          for (const one of Array.isArray(written) ? written : [String(written)]) expect(choices).toContain(one);
        }
      }),
    );
  });
});
