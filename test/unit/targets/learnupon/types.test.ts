import { describe, expect, it } from 'vitest';
import type { SourceFieldType, TargetFieldType } from '../../../../src/core/field-type.js';
import { TYPES } from '../../../../src/targets/learnupon/catalogue.js';
import { fieldOf } from './made-up.js';

/** LearnUpon's own map for Personio, with booleans as two texts. */
const FITS: Readonly<Record<Exclude<SourceFieldType, 'unknown' | 'employee'>, readonly TargetFieldType[]>> = {
  link: ['text'],
  multiline: ['text'],
  text: ['text', 'choice'],
  list: ['text', 'choice'],
  tags: ['text', 'multi_choice'],
  date: ['date'],
  integer: ['integer', 'integer_choice'],
  decimal: ['decimal', 'decimal_choice'],
  boolean: ['text', 'choice', 'boolean'],
};
/** Every kind of custom field that a portal can have. */
const CUSTOM = {
  text: fieldOf(1),
  decimal: fieldOf(2),
  integer: fieldOf(3),
  choice: fieldOf(4, 'a,b'),
  decimal_choice: fieldOf(5, '1.5,2'),
  integer_choice: fieldOf(6, '1,2'),
  date: fieldOf(7),
  multi_choice: fieldOf(4, 'a,b', { custom_data: { field: { type: 'multi_choice' } } }),
  boolean: fieldOf(4, 'Yes,No', { custom_data: { field: { type: 'boolean' } } }),
};

const rows = Object.entries(FITS).flatMap(([from, fitting]) =>
  Object.entries(CUSTOM).map(([kind, field]) => [from, kind, field.type, fitting.some((one) => one === kind)] as const),
);

describe('what fits into which custom field', () => {
  it.each(rows)('%s into %s', (from, kind, type, fits) => {
    expect(type).toBe(kind);
    expect(TYPES[from as SourceFieldType].includes(type)).toBe(fits);
  });

  it('a manager fits where a person is taken and nowhere else', () => {
    expect(TYPES.employee).toEqual(['employee']);
  });

  it('what HR gives no type for is left to the values', () => {
    for (const { type } of Object.values(CUSTOM)) expect(TYPES.unknown).toContain(type);
  });
});
