import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Employee } from '../../../../src/core/employee.js';
import { createRecordReader } from '../../../../src/sources/personio/record.js';
import type { SourceRecord } from '../../../../src/sources/source.js';
import { organisation, person } from './person.js';

/** The employee that a record became; fails the test when it is unreadable. */
function employeeOf(record: SourceRecord): Employee {
  if ('unreadable' in record) throw new Error(record.unreadable.problem);
  return record.employee;
}

function fieldsOf(attributes: Parameters<typeof person>[0], fields: readonly string[]) {
  return employeeOf(createRecordReader(fields).read(person(attributes))).fields;
}

/** What stands in a record that cannot be read, by HR field. */
function problemsOf(attributes: Parameters<typeof person>[0], fields: readonly string[]) {
  return { ...employeeOf(createRecordReader(fields).read(person(attributes))).unreadable };
}

describe('a Personio record', () => {
  it('offers what Personio calls otherwise under the HR field names', () => {
    const attributes = {
      position: ['Engineer'],
      office: [organisation('Office', 'Berlin')],
      subcompany: [organisation('Subcompany', 'Acme GmbH')],
      hire_date: ['2020-02-01T00:00:00+00:00', 'date'],
      supervisor: [{ type: 'Employee', attributes: { id: { label: 'ID', value: 7, type: 'integer' } } }],
      profile_picture: ['https://api.personio.de/v1/company/employees/1001/profile-picture'],
      cost_centers: [[organisation('CostCenter', '4711')]],
    } as const;
    const needed = ['job_title', 'work_location', 'legal_entity', 'start_date', 'manager', 'avatar', 'cost_center'];
    expect({ ...fieldsOf(attributes, needed) }).toEqual({
      id: '1001',
      first_name: 'Mia',
      last_name: 'Adler',
      work_email: 'mia.adler@acme.example',
      job_title: 'Engineer',
      work_location: 'Berlin',
      legal_entity: 'Acme GmbH',
      start_date: '2020-02-01',
      manager: '7',
      avatar: 'https://api.personio.de/v1/company/employees/1001/profile-picture',
      cost_center: '4711',
    });
  });

  it('leaves out what nobody asked for, such as a salary', () => {
    const fields = fieldsOf({ fix_salary: [90_000, 'decimal'], gender: ['female'] }, ['department']);
    expect(Object.keys(fields).sort()).toEqual(['first_name', 'id', 'last_name', 'work_email']);
  });

  it('tells an attribute that is empty from one that may not be read', () => {
    const reader = createRecordReader(['department', 'team']);
    const { fields } = employeeOf(reader.read(person({ department: [null] })));
    expect(fields['department']).toBeNull();
    expect(Object.hasOwn(fields, 'team')).toBe(false);
    expect(reader.presentFields.has('department')).toBe(true);
    expect(reader.presentFields.has('team')).toBe(false);
  });

  it.each([null, '', '  ', []].map((value) => [value]))('reads %j as no value at all', (value) => {
    const record = person({ department: [value], supervisor: [value], hire_date: [value, 'date'], status: [value] });
    const result = createRecordReader(['department', 'manager', 'start_date', 'status']).read(record);
    const { department, manager, start_date, status } = employeeOf(result).fields;
    expect([department, manager, start_date, status]).toEqual([null, null, null, null]);
  });

  it('does not take an attribute without any value for an empty one', () => {
    const record = { attributes: { id: { value: 1 }, department: { label: 'Department' } } };
    const { fields, unreadable } = employeeOf(createRecordReader(['department']).read(record));
    expect(Object.hasOwn(fields, 'department')).toBe(false);
    expect(Object.keys(unreadable ?? {})).toEqual(['department']);
  });

  it.each([
    '2018-09-10T00:00:00+01:00',
    '2018-09-10T00:00:00+00:53',
    '2018-09-10T00:00:00+0100',
    '2018-09-10T00:00:00-11:00',
    '2018-09-10',
  ])('takes the day of %s as it is written', (date) => {
    const fields = fieldsOf({ termination_date: [date, 'date'], dynamic_1: [date, 'date'] }, [
      'termination_date',
      'dynamic_1',
    ]);
    expect([fields['termination_date'], fields['dynamic_1']]).toEqual(['2018-09-10', '2018-09-10']);
  });

  it('reads preset dates as days even where a record names no type', () => {
    expect(fieldsOf({ hire_date: ['2018-09-10T00:00:00+01:00', undefined] }, ['start_date'])['start_date']).toBe(
      '2018-09-10',
    );
  });

  it.each(['2018-02-30', '10.09.2018', '2018-09-101', 20180910])(
    'cannot read the needed date %s, says so of the field, and reads the rest',
    (date) => {
      const record = createRecordReader(['start_date', 'status']).read(
        person({ hire_date: [date, 'date'], status: ['inactive'] }),
      );
      const { id, fields, unreadable } = employeeOf(record);
      expect([id, fields['status'], Object.hasOwn(fields, 'start_date')]).toEqual(['1001', 'inactive', false]);
      expect(unreadable?.['start_date']).toMatch(`attribute hire_date holds "${date}"`);
    },
  );

  it.each([
    '0000-00-00',
    '0000-00-00T00:00:00+00:00',
    '0001-01-01',
    '9999-12-31',
    '9999-12-31T00:00:00+01:00',
    '\u200b',
  ])('reads the date %j as none', (date) => {
    const attributes = { termination_date: [date, 'date'], dynamic_1: [date, 'date'] } as const;
    const fields = fieldsOf(attributes, ['termination_date', 'dynamic_1']);
    expect([fields['termination_date'], fields['dynamic_1']]).toEqual([null, null]);
  });

  it('does not mind a malformed date that nobody needs', () => {
    expect(problemsOf({ hire_date: ['10.09.2018', 'date'] }, ['department'])).toEqual({});
  });

  it('does not mind a naming attribute that is malformed and not needed', () => {
    expect(problemsOf({ preferred_name: [{ no: 'name' }] }, ['department'])).toEqual({});
  });

  it.each([
    ['  Mia\u00a0\u2003Ann\tMarie\r\nAdler\u2028Ott ', 'Mia Ann Marie Adler Ott'],
    ['Ju\u0308rgen\u0000', 'J\u00fcrgen'],
    ['\u200b\ufeffMia\u200d', 'Mia'],
    ['\u200b', null],
    [' \u2060\u00ad ', null],
    ['a\u200db', 'a\u200db'],
  ])('reads the text %j as %j, wherever it stands', (written, read) => {
    const fields = fieldsOf({ position: [written], dynamic_1: [written, 'list'], dynamic_2: [[written], 'tags'] }, [
      'job_title',
      'dynamic_1',
      'dynamic_2',
    ]);
    const { job_title, dynamic_1, dynamic_2 } = fields;
    expect([job_title, dynamic_1, dynamic_2]).toEqual([read, read, read === null ? null : [read]]);
  });

  it.each([
    ['department', { type: 'Department', attributes: { id: 7, name: null } }],
    ['department', { type: 'Department', attributes: { id: 7 } }],
    ['team', { type: 'Team', attributes: { id: 7, name: ' \u200b' } }],
    ['office', { type: 'Office', attributes: { id: 7, name: '' } }],
    ['subcompany', { type: 'Subcompany', attributes: { id: 7, name: null } }],
    ['cost_centers', [{ type: 'CostCenter', attributes: { id: 7, name: null } }, organisation('CostCenter', '10')]],
  ])('knows nothing of the %s where the unit has no name, and tells of it', (key, unit) => {
    const reader = createRecordReader([key]);
    const { fields, unreadable } = employeeOf(reader.read(person({ [key]: [unit] })));
    expect(Object.hasOwn(fields, key)).toBe(false);
    expect(unreadable).toBeUndefined();
    expect(reader.presentFields.has(key)).toBe(true);
    expect(reader.notices).toEqual([expect.stringContaining(`no name for the ${key} of 1 person`)]);
    expect(reader.nameless).toEqual([{ field: key, people: 1 }]);
  });

  it.each([
    ['A,B', ['A', 'B']],
    ['B, A', ['A', 'B']],
    ['["B","A"]', ['A', 'B']],
    ['["Berlin, Mitte"]', ['Berlin, Mitte']],
    ['[draft], A', ['A', '[draft]']],
    [
      ['B', 'A'],
      ['A', 'B'],
    ],
    ['A', ['A']],
    ['A,,A', ['A']],
    ['[]', null],
  ])('reads the tags %j as the set %j', (value, expected) => {
    expect(fieldsOf({ dynamic_1: [value, 'tags'] }, ['dynamic_1'])['dynamic_1']).toEqual(expected);
  });

  it.each([
    ['40', 'integer', 40],
    [' -7 ', 'integer', -7],
    ['38.5', 'decimal', 38.5],
    ['38.50', 'decimal', 38.5],
    [38.5, 'decimal', 38.5],
    ['0042', 'integer', '0042'],
    ['12345678901234567890', 'integer', '12345678901234567890'],
    ['38,5', 'decimal', '38,5'],
    ['40', 'standard', '40'],
  ])('reads %j of type %s as %j', (value, type, expected) => {
    expect(fieldsOf({ dynamic_1: [value, type] }, ['dynamic_1'])['dynamic_1']).toBe(expected);
  });

  it('refuses a number whose last digits JSON has lost', () => {
    expect(problemsOf({ dynamic_1: [2 ** 60, 'integer'] }, ['dynamic_1'])).toHaveProperty('dynamic_1');
    const record = createRecordReader([]).read(person({ id: [2 ** 60, 'integer'] }));
    expect(record).toMatchObject({ unreadable: { id: null, name: 'Mia Adler' } });
  });

  it('reads several cost centres as a set', () => {
    const centres = [organisation('CostCenter', '20'), organisation('CostCenter', '10')];
    expect(fieldsOf({ cost_centers: [centres] }, ['cost_center'])['cost_center']).toEqual(['10', '20']);
  });

  it('puts the status in lower case, and keeps a word that it does not know', () => {
    expect(fieldsOf({ status: [' Active '] }, ['status'])['status']).toBe('active');
    expect(fieldsOf({ status: ['Gardening'] }, ['status'])['status']).toBe('gardening');
  });

  it('trims text and keeps what is inside it', () => {
    const title = '\u001b[31mLead\u0007 <b>=1+1</b>';
    expect(fieldsOf({ position: [`\t${title} `] }, ['job_title'])['job_title']).toBe(title);
  });

  it('reads an attribute whose key is a word of the language itself', () => {
    const hostile: unknown = JSON.parse(
      '{"attributes":{"id":{"value":1},"__proto__":{"value":"a"},"constructor":{"value":"b"}}}',
    );
    const { fields } = employeeOf(createRecordReader(['__proto__', 'constructor', 'toString']).read(hostile));
    expect(Object.getOwnPropertyDescriptor(fields, '__proto__')?.value).toBe('a');
    expect(fields['constructor']).toBe('b');
    expect(Object.hasOwn(fields, 'toString')).toBe(false);
  });

  it.each([[{ id: '7' }], ['Ben Ott'], [42], [{ type: 'Employee', attributes: { id: { value: null } } }]])(
    'cannot read the supervisor %j',
    (supervisor) => {
      expect(problemsOf({ supervisor: [supervisor] }, ['manager'])['manager']).toContain('supervisor');
    },
  );

  it('never throws and never loses a record, whatever it is', () => {
    const reader = createRecordReader(['department', 'manager', 'start_date', 'dynamic_1']);
    const attributes = fc.dictionary(
      fc.constantFrom('id', 'department', 'supervisor', 'hire_date', 'dynamic_1', 'first_name'),
      fc.oneof(fc.jsonValue(), fc.record({ value: fc.jsonValue(), type: fc.constantFrom('date', 'tags', 'integer') })),
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.record({ attributes })), (record) => {
        const result = reader.read(record);
        return 'employee' in result ? result.employee.id !== '' : result.unreadable.problem !== '';
      }),
    );
  });
});
