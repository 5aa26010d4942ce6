import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../../../../src/core/value.js';
import { decodeValue, encodeValue, folded } from '../../../../src/targets/learnupon/custom-data.js';
import { learnupon } from '../../../../src/targets/learnupon/index.js';
import { fieldOf, settingsWith } from './made-up.js';

const MULTI = { custom_data: { Field: { type: 'multi_choice' } } };
const YES_NO = { custom_data: { Field: { type: 'boolean', true_text: 'Ja', false_text: 'Nein' } } };

describe('a value for a custom field', () => {
  it.each<[string, Value, number, string | null, object, unknown]>([
    ['text', 'CC-1', 1, null, {}, 'CC-1'],
    ['a list as text', ['b', 'a'], 1, null, {}, 'b, a'],
    ['yes as text', true, 1, null, {}, 'Yes'],
    ['no in a choice', false, 4, 'Yes,No', {}, 'No'],
    ['a whole number', '042', 3, null, {}, 42],
    ['a decimal', '38.50', 2, null, {}, 38.5],
    ['a choice', 'b', 4, 'a\nb', {}, 'b'],
    ['a number among several', '2', 6, '1,2', {}, 2],
    ['a decimal among several', 1.5, 5, '1.50,2', {}, 1.5],
    ['a day', '2026-11-24', 7, null, {}, '2026-11-24'],
    ['several values between commas', ['b', 'a'], 4, 'a,b', MULTI, 'a,b'],
    ['several values as a list', ['b', 'a'], 4, 'a,b', { ...MULTI, multi: 'list' }, ['a', 'b']],
    [
      'one value with a comma in a list',
      'Research, Development',
      4,
      null,
      { ...MULTI, multi: 'list' },
      ['Research, Development'],
    ],
    [
      'a choice with a comma, each on its line',
      'Research, Development',
      4,
      'Research, Development\nSales',
      {},
      'Research, Development',
    ],
    ['yes in the portal’s words', 'yes', 1, null, YES_NO, 'Ja'],
    ['no in the portal’s words', 'Nein', 1, null, YES_NO, 'Nein'],
  ])('is sent as it is taken: %s', (_, value, type, choices, changes, sent) => {
    expect(encodeValue(value, fieldOf(type, choices, changes))).toEqual(sent);
  });

  it.each<[string, Value, number, string | null, object]>([
    ['no whole number', '4.5', 3, null, {}],
    ['no number', 'many', 2, null, {}],
    ['no day', '24.11.2026', 7, null, {}],
    ['none of the choices', 'c', 4, 'a,b', {}],
    ['a choice in other letters', 'A', 4, 'a,b', {}],
    ['a number that is not offered', 3, 6, '1,2', {}],
    ['one of several that is not offered', ['a', 'c'], 4, 'a,b', MULTI],
    ['neither yes nor no', 'perhaps', 1, null, YES_NO],
    ['one value that would be read as two', ['Research, Development', 'a'], 4, null, MULTI],
    ['one text that would be read as two', 'a, b', 4, 'a,b', MULTI],
  ])('is refused before it is sent: %s', (_, value, type, choices, changes) => {
    expect(() => encodeValue(value, fieldOf(type, choices, changes))).toThrow(
      expect.objectContaining({ name: 'RejectedError', reason: 'invalid_value' }),
    );
  });

  it.each<[string, unknown, number, object, Value]>([
    ['a number as text', 42, 3, {}, '42'],
    ['a number that comes as text', '42.0', 2, {}, '42'],
    ['what a number field holds otherwise', 'n/a', 3, {}, 'n/a'],
    ['a set in order', 'b, a', 4, MULTI, ['a', 'b']],
    ['a set as a list', ['b', 'a'], 4, MULTI, ['a', 'b']],
    ['yes and no', 'Ja', 1, YES_NO, true],
    ['another word where yes or no belongs', 'Oui', 1, YES_NO, 'Oui'],
    ['a day without its time', '2026-11-24T00:00:00Z', 7, {}, '2026-11-24'],
    ['empty text as nothing', ' ', 1, {}, null],
    ['an object as nothing', { a: 1 }, 1, {}, null],
  ])('is read as it can be compared: %s', (_, raw, type, changes, value) => {
    expect(decodeValue(raw, fieldOf(type, null, changes))).toEqual(value);
  });

  it('is read back as what was sent means, whatever it is', () => {
    const values = fc.oneof(fc.string({ minLength: 1 }), fc.boolean(), fc.array(fc.string({ minLength: 1 })));
    fc.assert(
      fc.property(values, (value) => {
        const field = fieldOf(1);
        const once = decodeValue(encodeValue(value, field), field);
        const again = once === null ? null : decodeValue(encodeValue(once, field), field);
        expect(again).toEqual(once);
      }),
    );
  });

  it('that is near a choice is refused with the one that is meant', () => {
    const refusal = { detail: expect.stringMatching(/is none of internal, external; did you mean "internal"\?$/) };
    expect(() => encodeValue('Internal', fieldOf(4, 'internal,external'))).toThrow(expect.objectContaining(refusal));
  });

  it('is one of several only where the settings say so, by whatever spelling of the label', () => {
    const told = (field: string) =>
      learnupon.toldType?.(
        settingsWith({ custom_data: { 'Job skills': { type: 'multi_choice' }, Aider: { type: 'boolean' } } }),
        field,
      );
    expect(
      [
        'custom_fields.Job skills',
        'custom_fields.job_skills',
        'custom_fields.Aider',
        'custom_fields.x',
        'Job skills',
      ].map(told),
    ).toEqual(['multi_choice', 'multi_choice', null, null, null]);
  });

  it('finds labels however a portal shows them', () => {
    expect(folded('Job Title')).toBe(folded('job_title'));
    expect(folded('  JOB-title ')).toBe(folded('Job title'));
  });
});
