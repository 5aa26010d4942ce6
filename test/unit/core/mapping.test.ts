import { describe, expect, it } from 'vitest';
import {
  compileMapping,
  fieldsReadBy,
  type MappedField,
  type MappingRule,
  managerOf,
} from '../../../src/core/mapping.js';
import { placeFrom } from '../../../src/core/place.js';
import type { Value } from '../../../src/core/value.js';
import { employee, HOSTILE_NAMES } from './made-up.js';

type HrRecord = Readonly<Record<string, Value>>;

function rule(partial: Partial<MappingRule>): MappingRule {
  return { field: 'job_title', from: [], whenEmpty: 'clear', write: 'always', ...partial };
}

function target(partial: Partial<MappedField> = {}): MappedField {
  return { name: 'job_title', type: 'text', required: false, choices: null, ...partial };
}

/** What one rule makes of a record: the wanted field (undefined: no opinion), or the reason of the skip. */
function made(one: Partial<MappingRule>, record: HrRecord, field: Partial<MappedField> = {}): unknown {
  const applied = compileMapping([rule(one)], [target(field)]).apply(employee(record));
  return 'skip' in applied ? applied.skip.reason : applied.fields['job_title'];
}

describe('a value from HR', () => {
  it.each<[string, Partial<MappingRule>, HrRecord, unknown]>([
    ['is taken over', { from: ['title'] }, { title: ' Lead ' }, 'Lead'],
    ['is the first that is not empty', { from: ['a', 'b', 'c'] }, { a: null, b: ' ', c: 'C' }, 'C'],
    ['is the first of several filled ones', { from: ['a', 'b'] }, { a: 'A', b: 'B' }, 'A'],
    ['is zero when HR says zero', { from: ['a', 'b'], type: 'integer' }, { a: 0, b: 1 }, 0],
    ['is false when HR says false', { from: ['a'], type: 'boolean', default: true }, { a: false }, false],
    ['is a constant', { value: 'Staff' }, {}, 'Staff'],
    ['is a constant of false', { value: false, type: 'boolean' }, {}, false],
    ['is put in lower case', { from: ['a'], case: 'lower' }, { a: 'ÄB' }, 'äb'],
    ['is put in upper case', { from: ['a'], case: 'upper' }, { a: 'äb' }, 'ÄB'],
    [
      'is put in upper case tag by tag',
      { from: ['a'], type: 'multi_choice', case: 'upper' },
      { a: ['b', 'a', 'B'] },
      ['A', 'B'],
    ],
    ['is a number under any case', { from: ['a'], type: 'integer', case: 'upper' }, { a: 5 }, 5],
  ])('%s', (_, one, record, value) => {
    expect(made(one, record)).toEqual(value);
  });
});

describe('a field of several values', () => {
  it.each<[string, Partial<MappingRule>, HrRecord, unknown]>([
    [
      'takes one text for one value, commas and all',
      { from: ['a'] },
      { a: 'Research, Development' },
      ['Research, Development'],
    ],
    ['takes a list as it is', { from: ['a'] }, { a: ['b, c', 'a'] }, ['a', 'b, c']],
    ['reads the commas of a constant as separators', { value: 'b, a' }, {}, ['a', 'b']],
    ['and those of a default', { from: ['a'], default: 'b, a' }, { a: null }, ['a', 'b']],
    ['and those of what a map makes', { from: ['a'], map: { x: 'b, a' } }, { a: 'x' }, ['a', 'b']],
    ['but not those of what a map does not list', { from: ['a'], map: { x: 'b' } }, { a: 'c, d' }, ['c, d']],
    [
      'and those of a template, not of the values in it',
      { template: '{a}, {b}' },
      { a: 'x, y', b: 'z' },
      ['x, y', 'z'],
    ],
    ['leaves out empty parts of a template', { template: '{a}, {b}' }, { a: 'x', b: null }, ['x']],
    ['keeps the words of a template beside a filled field', { template: 'Staff, {a}' }, { a: 'x' }, ['Staff', 'x']],
    ['and not beside an empty one', { template: 'Staff, {a}' }, { a: null }, null],
    ['spreads a list in a template', { template: '{a}, {b}' }, { a: ['x', 'y'], b: 'z' }, ['x', 'y', 'z']],
    ['has no opinion while a part of a template is hidden', { template: '{a}, {b}' }, { a: 'x' }, undefined],
  ])('%s', (_, one, record, value) => {
    expect(made({ type: 'multi_choice', ...one }, record)).toEqual(value);
    expect(made(one, record, { type: 'multi_choice' })).toEqual(value);
  });
});

describe('an empty value', () => {
  it.each<[string, Partial<MappingRule>, HrRecord, unknown]>([
    ['clears', { from: ['a'] }, { a: null }, null],
    ['clears when all of several are empty', { from: ['a', 'b'] }, { a: null, b: [] }, null],
    ['keeps what the LMS has', { from: ['a'], whenEmpty: 'keep' }, { a: null }, undefined],
    ['becomes the default', { from: ['a'], default: 'Staff' }, { a: '' }, 'Staff'],
    [
      'becomes the default rather than kept',
      { from: ['a'], default: 0, type: 'integer', whenEmpty: 'keep' },
      { a: null },
      0,
    ],
    ['is one that the map makes empty', { from: ['a'], map: { none: '' } }, { a: 'none' }, null],
    ['is a set of commas', { from: ['a'], type: 'multi_choice' }, { a: ' , ,' }, null],
    [
      'is a set of commas that is kept',
      { from: ['a'], type: 'multi_choice', whenEmpty: 'keep' },
      { a: ',' },
      undefined,
    ],
    ['is a set of blanks as text', { from: ['a'] }, { a: [' '] }, null],
  ])('%s', (_, one, record, value) => {
    expect(made(one, record)).toEqual(value);
  });

  it('of a required field is a skip, whatever way it is empty', () => {
    expect(made({ from: ['a'] }, { a: null }, { required: true })).toBe('missing_required');
    expect(made({ from: ['a'] }, {}, { required: true })).toBe('missing_required');
    expect(made({ from: ['a'], type: 'multi_choice' }, { a: ',' }, { required: true })).toBe('missing_required');
    expect(made({ from: ['a'], whenEmpty: 'keep' }, { a: null }, { required: true })).toBe('missing_required');
    expect(made({ template: '{a} {b}' }, { a: null, b: null }, { required: true })).toBe('missing_required');
  });
});

describe('an attribute that HR does not let us read', () => {
  it.each<[string, Partial<MappingRule>, HrRecord, unknown]>([
    ['is no opinion', { from: ['a'] }, {}, undefined],
    ['is no opinion whatever the default', { from: ['a'], default: 'Staff' }, {}, undefined],
    ['is no clear although another one is empty', { from: ['a', 'b'] }, { a: null }, undefined],
    ['is no clear although another one after it is empty', { from: ['a', 'b'] }, { b: null }, undefined],
    ['leaves a template without opinion', { template: '{a} {b}' }, { a: 'Mia' }, undefined],
    ['leaves a template of nothing else without opinion', { template: '{a}' }, {}, undefined],
    ['is passed over for one that is filled', { from: ['a', 'b'] }, { b: 'B' }, 'B'],
  ])('%s', (_, one, record, value) => {
    expect(made(one, record)).toEqual(value);
  });
});

describe('a template', () => {
  it.each<[string, HrRecord, unknown]>([
    ['{a} {b}', { a: 'Mia', b: 'Adler' }, 'Mia Adler'],
    ['{a} {b} {c}', { a: 'Mia', b: null, c: 'Adler' }, 'Mia Adler'],
    [' {a}\t{b} ', { a: 'Mia', b: '' }, 'Mia'],
    ['{a} {b}', { a: null, b: null }, null],
    ['{a}.{b}@acme.example', { a: null, b: null }, null],
    ['{a}/{a}', { a: 7 }, '7/7'],
    ['{a}', { a: ['x', 'y'] }, 'x, y'],
    ['{a}', { a: '$& $1 {b}' }, '$& $1 {b}'],
    ['{{a}}', { a: 'x' }, '{x}'],
    ['{constructor}', {}, undefined],
  ])('%j of %j is %j', (template, record, value) => {
    expect(made({ template }, record)).toEqual(value);
  });

  it('reads the fields in its braces', () => {
    expect(fieldsReadBy(rule({ template: '{first_name} {last_name}', from: ['x'] }))).toEqual([
      'first_name',
      'last_name',
    ]);
  });
});

describe('a map', () => {
  it.each<[string, Partial<MappingRule>, Value, unknown]>([
    ['replaces what it lists', { map: { DE: 'German' } }, 'DE', 'German'],
    ['leaves what it does not list', { map: { DE: 'German' } }, 'FR', 'FR'],
    ['gives what it does not list the default', { map: { DE: 'German' }, default: 'English' }, 'FR', 'English'],
    ['finds numbers by their text', { map: { 1: 'one' } }, 1, 'one'],
    ['finds booleans by their text', { map: { true: 'yes' } }, true, 'yes'],
    ['replaces tag by tag', { map: { a: 'b' }, type: 'multi_choice' }, ['a', 'b', 'c'], ['b', 'c']],
    ['may make something false', { map: { no: false }, type: 'boolean' }, 'no', false],
  ])('%s', (_, one, value, result) => {
    expect(made({ from: ['a'], ...one }, { a: value })).toEqual(result);
  });

  it.each(HOSTILE_NAMES)('takes %s for a value like any other', (name) => {
    expect(made({ from: ['a'], map: { x: 'y' } }, { a: name })).toBe(name);
    expect(made({ from: ['a'], map: { x: 'y' }, default: 'z' }, { a: name })).toBe('z');
    const map = JSON.parse(`{"${name}":"listed"}`) as Record<string, string>;
    expect(made({ from: ['a'], map }, { a: name })).toBe('listed');
  });
});

describe('a hostile field name', () => {
  it.each(HOSTILE_NAMES)('%s is a field like any other on both sides', (name) => {
    const mapping = compileMapping([rule({ field: name, from: [name] })], []);
    const record = JSON.parse(`{"${name}":"kept"}`) as Record<string, string>;
    const hr = employee({});
    for (const key of Object.keys(record)) Object.defineProperty(hr.fields, key, { value: 'kept', enumerable: true });
    const applied = mapping.apply(hr);
    expect('fields' in applied && Object.entries(applied.fields)).toEqual([
      ['external_id', '1001'],
      [name, 'kept'],
    ]);
    expect(mapping.apply(employee({}))).toEqual({
      fields: Object.assign(Object.create(null), { external_id: '1001' }),
    });
    expect(Object.prototype).not.toHaveProperty('kept');
  });
});

describe('a skip', () => {
  const email = { type: 'email', required: true } as const;

  it.each<[string, Partial<MappingRule>, HrRecord, Partial<MappedField>, string]>([
    ['no_email', { from: ['work_email'] }, { work_email: null }, email, 'work_email is empty'],
    ['no_email', { from: ['work_email', 'personal_email'] }, {}, email, 'work_email or personal_email is empty'],
    ['invalid_email', { from: ['work_email'] }, { work_email: 'mia' }, email, '"mia" is no e-mail address'],
    ['invalid_email', { value: 7, type: 'integer' }, {}, { type: 'email' }, '"7" is no e-mail address'],
    ['missing_required', { from: ['last_name'] }, { last_name: '' }, { required: true }, 'last_name is empty'],
    ['invalid_value', { from: ['start_date'] }, { start_date: 'soon' }, { type: 'date' }, 'start_date holds "soon"'],
    ['invalid_value', { template: '{a}' }, { a: 'soon' }, { type: 'date' }, 'the template of job_title holds "soon"'],
  ])('of reason %s says what to correct', (reason, one, record, field, words) => {
    const applied = compileMapping([rule(one)], [target(field)]).apply(employee(record));
    expect('skip' in applied && applied.skip).toMatchObject({ reason, employee: { id: '1001' } });
    expect('skip' in applied && applied.skip.message).toContain(words);
  });

  it('quotes at most 80 characters of a long value', () => {
    const applied = compileMapping([rule({ from: ['a'] })], [target({ type: 'date' })]).apply(
      employee({ a: 'x'.repeat(10_000) }),
    );
    expect('skip' in applied && applied.skip.message.length).toBeLessThan(200);
  });

  it('is not given for an invalid address that HR does not have', () => {
    expect(made({ from: ['a'] }, { a: null }, { type: 'email', required: false })).toBeNull();
  });
});

describe('compileMapping', () => {
  it('names the fields that are written once and the HR fields that are read, each once', () => {
    const mapping = compileMapping(
      [
        rule({ from: ['a', 'b'], write: 'once' }),
        rule({ field: 'x', template: '{b} {c}' }),
        rule({ field: 'y', value: 1 }),
      ],
      [],
    );
    expect(mapping.onlyAtCreation).toEqual(['job_title']);
    expect(mapping.reads).toEqual(['a', 'b', 'c']);
  });

  it('reads two fields out of one shared pattern without one disturbing the other', () => {
    const mapping = compileMapping([rule({ template: '{a}' }), rule({ field: 'x', template: '{a}{a}' })], []);
    const record = employee({ a: 'k' });
    const first = mapping.apply(record);
    expect(mapping.apply(record)).toEqual(first);
    expect('fields' in first && first.fields['x']).toBe('kk');
  });

  it('takes ten thousand characters and terminal escapes as they come', () => {
    const text = `\u001b[31m<script>=1+1${'x'.repeat(10_000)}`;
    expect(made({ from: ['a'] }, { a: text })).toBe(text);
  });
});

describe('managerOf', () => {
  it.each<[HrRecord, string | null]>([
    [{ manager: '1002' }, '1002'],
    [{ manager: '1001' }, null],
    [{ manager: null }, null],
    [{}, null],
  ])('of %j is %j', (record, manager) => {
    expect(managerOf(employee(record))).toBe(manager);
  });
});

describe('a place by levels of HR fields', () => {
  const levels = { fields: ['work_location', 'department'], groups: {}, top: 'top' };

  it('is one text that the target completes', () => {
    const place = made({ levels }, { work_location: 'Paris', department: 'Support' });
    expect(placeFrom(String(place))).toEqual({ start: 'top', known: 0, names: ['Paris', 'Support'] });
  });

  it('reads the fields of all its levels', () => {
    expect(fieldsReadBy(rule({ levels }))).toEqual(['work_location', 'department']);
  });
});

it('a text is spelled as the LMS keeps it, and what is empty stays empty', () => {
  const spelling = (text: string) => text.slice(0, 2);
  expect(made({ from: ['a'] }, { a: 'de-DE' }, { spelling })).toBe('de');
  expect(made({ from: ['a'] }, { a: null }, { spelling })).toBeNull();
});
