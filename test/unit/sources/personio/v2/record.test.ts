import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPersonReader, type Listed } from '../../../../../src/sources/personio/v2/record.js';

const names = { nameOf: (kind: string, id: string) => (id === '404' ? null : `${kind} ${id}`) };
const person = (more: object = {}) => ({
  id: '7',
  first_name: 'Mia',
  last_name: 'Adler',
  email: 'mia@acme.example',
  ...more,
});
const employment = (more: object = {}) => ({ id: 'e', person: { id: '7' }, status: 'ACTIVE', ...more });

function read(fields: readonly string[], listed: Partial<Listed> = {}, absent: 'auto' | 'empty' | 'keep' = 'empty') {
  const reader = createPersonReader(fields, absent, names);
  return { reader, record: reader.read({ person: person(), employments: { list: [employment()] }, ...listed }) };
}

function readField(field: string, { on, of }: { on?: object; of?: object }) {
  const { record, reader } = read([field], { person: person(on), employments: { list: [employment(of)] } });
  if ('unreadable' in record) return record.unreadable.problem;
  if (record.employee.unreadable !== undefined) return { ...record.employee.unreadable };
  return { value: record.employee.fields[field], stood: reader.presentFields.has(field) };
}

describe('a person of v2', () => {
  it.each([
    ['job_title', { of: { position: { title: ' Lead ' } } }, 'Lead', true],
    ['job_title', { of: { position: null } }, null, true],
    // An object that lacks the key does not show the value.
    ['job_title', { of: { position: {} } }, null, false],
    ['job_title', { of: { position: { title: null } } }, null, true],
    ['termination_date', { of: { termination: { termination_date: '0000-00-00' } } }, null, true],
    ['job_title', {}, null, false],
    ['start_date', { of: { employment_start_date: '2020-02-01' } }, '2020-02-01', true],
    ['hire_date', { of: { employment_start_date: '2020-02-01' } }, '2020-02-01', true],
    ['status', { of: { status: 'ONBOARDING' } }, 'onboarding', true],
    ['status', { of: { status: 'UNSPECIFIED' } }, 'unspecified', true],
    ['status', { on: { status: 'INACTIVE' }, of: { status: 'LEAVE' } }, 'leave', true],
    ['employment_type', { of: { type: 'UNSPECIFIED' } }, null, true],
    ['gender', { on: { gender: 'FEMALE' } }, 'female', true],
    ['manager', { of: { supervisor: { id: '9' } } }, '9', true],
    ['manager', { of: { supervisor: { id: 9 } } }, '9', true],
    ['manager', { of: { supervisor: null } }, null, true],
    ['manager', { of: { _meta: { links: { supervisor: { href: '/v2/persons/9' } } } } }, null, false],
    ['termination_date', { of: { termination: { termination_date: '2026-12-31' } } }, '2026-12-31', true],
    ['termination_date', { of: { termination: null } }, null, true],
    ['last_working_day', { of: { termination: { last_working_date: '2026-12-01' } } }, '2026-12-01', true],
    ['last_working_day', { of: { termination: { last_working_day: '2026-12-01' } } }, '2026-12-01', true],
    ['termination_type', { of: { termination: { type: 'SUB_COMPANY_SWITCH' } } }, 'sub_company_switch', true],
    [
      'department',
      {
        of: {
          org_units: [
            { type: 'TEAM', id: '1' },
            { type: 'Department', id: 2 },
          ],
        },
      },
      'department 2',
      true,
    ],
    ['department', { of: { org_units: [{ type: 'team', id: '1' }] } }, null, false],
    ['team', { of: { org_units: [] } }, null, false],
    ['work_location', { of: { office: { id: '3' } } }, 'office 3', true],
    ['legal_entity', { of: { legal_entity: { id: 4 }, sub_company: { id: '5' } } }, 'subcompany 4', true],
    ['cost_center', { of: { cost_centers: [{ id: '2' }, { id: '1' }] } }, ['cost_centers 1', 'cost_centers 2'], true],
    ['cost_center', { of: { cost_centers: [] } }, null, true],
    ['avatar', { on: { profile_picture: { url: 'https://api.personio.de/p' } } }, 'https://api.personio.de/p', true],
  ])('has for %s of %j the value %j', (field, where, value, stood) => {
    expect(readField(field, where)).toEqual({ value, stood });
  });

  it.each([
    ['job_title', { position: 'Lead' }, 'position'],
    ['start_date', { employment_start_date: '31.12.2026' }, '31.12.2026'],
    ['manager', { supervisor: { name: 'Ben' } }, 'supervisor'],
    ['work_location', { office: { name: 'Berlin' } }, 'office'],
    ['department', { org_units: [{ type: 'department' }] }, 'org_units'],
    ['cost_center', { cost_centers: { id: 1 } }, 'cost_centers'],
  ])('has a field that cannot be read where the needed %s is %j', (field, of, word) => {
    expect(readField(field, { of })).toEqual({ [field]: expect.stringContaining(word) });
    expect(read(['first_name'], { employments: { list: [employment(of)] } }).record).toHaveProperty('employee');
  });

  it.each([
    ['string_list', ['B', 'A'], ['A', 'B']],
    ['STRING_LIST', ['A'], ['A']],
    ['tags', 'B,A', ['A', 'B']],
    ['int', '40', 40],
    ['DOUBLE', 38.5, 38.5],
    ['Date', '2026-01-01T00:00:00Z', '2026-01-01'],
    ['boolean', true, true],
    ['UNSPECIFIED', ' x ', 'x'],
    ['STRING', '', null],
    [undefined, null, null],
  ])('reads the custom type %s of %j as %j', (type, value, expected) => {
    for (const id of ['dynamic_305', 'dynamic_ab12.305', 'city']) {
      const on = { custom_attributes: [null, { id: 'other', value: 1 }, { id, type, value }] };
      expect(readField(id, { on })).toEqual({ value: expected, stood: true });
    }
  });

  it('keeps a person whose employments failed, with the reason', () => {
    const { record } = read(['job_title'], { employments: { problem: 'Personio answered 502' } });
    expect(record).toEqual({
      unreadable: { id: '7', name: 'Mia Adler', email: 'mia@acme.example', problem: 'Personio answered 502' },
    });
  });

  it('knows nothing of a unit without a name, which stands there all the same', () => {
    const { record, reader } = read(['work_location'], {
      employments: { list: [employment({ office: { id: '404' } })] },
    });
    expect('employee' in record && Object.hasOwn(record.employee.fields, 'work_location')).toBe(false);
    expect(reader.presentFields.has('work_location')).toBe(true);
  });

  it.each([
    ['auto', { preferred_name: null }, undefined],
    ['auto', {}, null],
    ['keep', {}, undefined],
    ['empty', { preferred_name: null }, null],
  ] as const)('with absent keys as %s, beside somebody with %j, has for one the value %j', (absent, other, value) => {
    const reader = createPersonReader(['job_title'], absent, names);
    reader.look([person(other)]);
    const record = reader.read({ person: person(), employments: { list: [employment()] } });
    expect('employee' in record && record.employee.fields['job_title']).toBe(value);
  });

  it('leaves an absent value out where it is to be kept', () => {
    const { record } = read(['job_title', 'dynamic_1'], {}, 'keep');
    expect('employee' in record && Object.keys(record.employee.fields).sort()).toEqual([
      ...['first_name', 'id', 'last_name', 'work_email'],
    ]);
  });

  it('never throws and never loses a record, whatever it is', () => {
    const reader = createPersonReader(
      ['job_title', 'manager', 'department', 'start_date', 'dynamic_1'],
      'empty',
      names,
    );
    const entries = (keys: readonly string[]) =>
      fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...keys), fc.jsonValue()));
    const persons = entries(['id', 'first_name', 'custom_attributes']);
    const employments = entries(['person', 'position', 'supervisor', 'org_units', 'status', 'employment_start_date']);
    fc.assert(
      fc.property(persons, fc.array(employments), (one, list) => {
        const result = reader.read({ person: one, employments: { list } });
        return 'employee' in result ? result.employee.id !== '' : result.unreadable.problem !== '';
      }),
    );
  });
});
