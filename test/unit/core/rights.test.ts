import { describe, expect, it } from 'vitest';
import { compileMapping, type MappingRule } from '../../../src/core/mapping.js';
import type { Value } from '../../../src/core/value.js';
import { employee } from './made-up.js';

const ROLE = { name: 'role', type: 'text', required: false, choices: null, givesRights: true } as const;
const TRAINERS = { from: ['post'], map: { Trainer: 'curator', 'Head of HR': 'hr' } };

/** What one rule for a field that gives rights makes of a record: the role, or the message of the skip. */
function role(rule: Partial<MappingRule>, record: Readonly<Record<string, Value>>): unknown {
  const whole: MappingRule = { field: 'role', from: [], whenEmpty: 'clear', write: 'always', ...rule };
  const applied = compileMapping([whole], [ROLE]).apply(employee(record));
  if ('fields' in applied) return applied.fields['role'];
  expect(applied.skip).toMatchObject({ reason: 'unlisted_value', employee: { id: '1001' } });
  return applied.skip.message;
}

describe('a field that gives rights', () => {
  it('takes what the map lists', () => {
    expect(role(TRAINERS, { post: 'Trainer' })).toBe('curator');
  });

  it('takes a value with other spaces or in decomposed letters as the one that the map lists', () => {
    expect(role(TRAINERS, { post: ' Head\u00A0of  HR' })).toBe('hr');
    expect(role({ from: ['post'], map: { Büro: 'hr' } }, { post: 'Bu\u0308ro' })).toBe('hr');
  });

  it('never takes a text of HR that the map does not list: the skip names field, value and place', () => {
    expect(role(TRAINERS, { post: 'admin' })).toBe(
      'post holds "admin", which mapping.role.map does not list, and role gives rights: add it there, or correct it in HR',
    );
  });

  it('takes no value in other letters either, and names the key that was meant', () => {
    expect(role(TRAINERS, { post: 'trainer' })).toContain('(it lists "Trainer", in other letters)');
    expect(role({ from: ['post'], map: { Admin: 'viewer' } }, { post: 'admin' })).toContain('does not list');
  });

  it('takes no value of several fields, of a set, or out of a template, that is not listed', () => {
    expect(role({ from: ['a', 'b'], map: { Trainer: 'curator' } }, { a: null, b: 'admin' })).toContain('a or b holds');
    expect(role(TRAINERS, { post: ['Trainer', 'admin'] })).toContain('holds "admin"');
    expect(role({ template: '{post}min' }, { post: 'ad' })).toContain('the template of role holds "admin"');
    expect(role({ template: '{post}min', map: { Trainer: 'curator' } }, { post: 'ad' })).toContain('does not list');
  });

  it('takes no text of HR without a map, whatever the default for empty values', () => {
    const message =
      'post holds "admin", and role gives rights: list the values that may give some under mapping.role.map';
    expect(role({ from: ['post'] }, { post: 'admin' })).toBe(message);
    expect(role({ from: ['post'], default: 'viewer' }, { post: 'admin' })).toBe(message);
  });

  it('takes the words of the config: a constant, the default, and nothing for an empty value', () => {
    expect(role({ value: 'hr' }, {})).toBe('hr');
    expect(role({ ...TRAINERS, default: 'viewer' }, { post: 'admin' })).toBe('viewer');
    expect(role({ ...TRAINERS, default: 'viewer' }, { post: null })).toBe('viewer');
    expect(role(TRAINERS, { post: null })).toBeNull();
  });
});

it('a field that gives no rights keeps a value that the map does not list', () => {
  const rule: MappingRule = { field: 'city', from: ['post'], map: { A: 'B' }, whenEmpty: 'clear', write: 'always' };
  const applied = compileMapping([rule], [{ ...ROLE, name: 'city', givesRights: false }]).apply(
    employee({ post: 'C' }),
  );
  expect(applied).toMatchObject({ fields: { city: 'C' } });
});
