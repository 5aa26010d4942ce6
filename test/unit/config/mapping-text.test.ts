import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { mappingText } from '../../../src/config/mapping-text.js';
import type { MappingRule } from '../../../src/core/mapping.js';
import { suggestMapping } from '../../../src/core/suggest.js';
import { ANY_TYPES } from '../../support/any-types.js';

const rule = (field: string, partial: Partial<MappingRule>): MappingRule => ({
  ...{ field, from: [], whenEmpty: 'clear', write: 'always' },
  ...partial,
});
const field = (name: string, type: 'text' | 'date' | 'email' = 'text') => ({ name, type });

describe('a suggested mapping', () => {
  it('keeps the rules that there are, adds what fits, and comments out the rest with the reason', () => {
    const lines = suggestMapping({
      rules: [
        rule('first_name', { from: ['first_name'] }),
        rule('job_title', { template: '{job_title} ({team})', write: 'once' }),
        rule('custom_fields.Badge', { from: ['badge', 'dynamic_1'], type: 'integer', whenEmpty: 'keep' }),
        rule('custom_fields.Level', { value: 'yes' }),
      ],
      source: [
        { name: 'first_name', label: 'First name', type: 'text' },
        { name: 'work_email', label: 'Email', type: 'text' },
        { name: 'start_date', label: 'Hire date', type: 'text' },
        { name: 'avatar', label: 'Picture', type: 'text' },
        { name: 'dynamic_1', label: 'Badge', type: 'integer' },
        { name: 'dynamic_2', label: 'Shirt', type: 'list' },
        { name: 'dynamic_3', label: 'Cost: centre #1', type: 'text' },
      ],
      target: [
        ...[field('first_name'), field('email', 'email'), field('job_title'), field('hire_date', 'date')],
        ...[field('language'), field('avatar'), field('custom_fields.Shirt')],
      ],
      table: { ...ANY_TYPES, text: ['text', 'email'] },
      withheld: (name) => (name === 'avatar' ? 'needs\navatar_key' : null),
    });
    expect(mappingText(lines)).toBe(
      [
        'mapping:',
        '  first_name: first_name',
        '  email: work_email',
        '  job_title: { template: "{job_title} ({team})", write: once }',
        '  # hire_date: start_date  # takes date, and HR has text',
        '  # language:  # takes text',
        '  # avatar: avatar  # needs avatar_key',
        '  custom_fields:',
        '    Shirt: dynamic_2',
        '    Badge: { from: [ badge, dynamic_1 ], type: integer, when_empty: keep }',
        '    Level: { value: yes }',
        '    # "Cost: centre #1": dynamic_3  # text; where there is a custom field of that name',
        '',
      ].join('\n'),
    );
  });

  it('is YAML that says the same, whatever the names are', () => {
    const names = [
      '# no comment',
      '{x}',
      'a: b',
      'line\nbreak',
      '- dash',
      '\u202Eturned',
      'yes',
      '"',
      "it's",
      '__proto__',
    ];
    const rules = names.map((name) => rule(`custom_fields.${name}`, { from: ['team'] }));
    const lines = suggestMapping({ rules, source: [], target: [], table: ANY_TYPES, withheld: () => null });
    const read: unknown = parse(mappingText(lines));
    expect(Object.entries(Object(Object(Object(read).mapping).custom_fields))).toEqual(
      names.map((name) => [name, 'team']),
    );
  });

  it('with nothing but comments among the custom fields has no empty section', () => {
    const source = [{ name: 'dynamic_2', label: 'Shirt', type: 'list' as const }];
    const lines = suggestMapping({
      rules: [],
      source,
      target: [field('language')],
      table: ANY_TYPES,
      withheld: () => null,
    });
    expect(mappingText(lines)).toContain('  # custom_fields:\n    # Shirt: dynamic_2');
  });
});
