import { describe, expect, it } from 'vitest';
import { referenceTo, textOf } from '../../../src/core/employee.js';
import type { Value } from '../../../src/core/value.js';
import { employee, HOSTILE_NAMES } from './made-up.js';

describe('textOf', () => {
  it.each<[Value, string | null]>([
    ['Sales', 'Sales'],
    ['', null],
    [null, null],
    [7, null],
    [['Sales'], null],
  ])('of %j is %j', (value, text) => {
    expect(textOf(employee({ department: value }), 'department')).toBe(text);
  });

  it.each(HOSTILE_NAMES)('of %s is nothing where HR does not show it', (name) => {
    expect(textOf(employee({}), name)).toBeNull();
  });
});

describe('referenceTo', () => {
  it.each<[Record<string, Value>, string | null]>([
    [{ first_name: 'Mia', last_name: 'Adler', display_name: 'M. Adler' }, 'Mia Adler'],
    [{ first_name: 'Mia', last_name: null }, 'Mia'],
    [{ first_name: null, last_name: null, display_name: 'M. Adler' }, 'M. Adler'],
    [{}, null],
  ])('of %j bears the name %j', (record, name) => {
    expect(referenceTo(employee(record))).toEqual({ id: '1001', email: null, name });
  });

  it('bears the work e-mail and never the private one', () => {
    const person = employee({ work_email: 'mia@acme.example', personal_email: 'mia@home.example' });
    expect(referenceTo(person).email).toBe('mia@acme.example');
    expect(referenceTo(employee({ personal_email: 'mia@home.example' })).email).toBeNull();
  });
});
