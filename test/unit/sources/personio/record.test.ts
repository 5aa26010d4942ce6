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

function problemOf(attributes: Parameters<typeof person>[0], fields: readonly string[]) {
  const record = createRecordReader(fields).read(person(attributes));
  return 'unreadable' in record ? record.unreadable : null;
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
    expect(createRecordReader(['department']).read(record)).toHaveProperty('unreadable');
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

  it.each(['2018-02-30', '10.09.2018', '0000-00-00', 20180910])(
    'makes a person with the needed date %s unreadable, and says why',
    (date) => {
      const found = problemOf({ hire_date: [date, 'date'] }, ['start_date']);
      expect(found).toMatchObject({ id: '1001', name: 'Mia Adler' });
      expect(found?.problem).toContain('hire_date');
    },
  );

  it('does not mind a malformed date that nobody needs', () => {
    expect(problemOf({ hire_date: ['10.09.2018', 'date'] }, ['department'])).toBeNull();
  });

  it('does not mind a naming attribute that is malformed and not needed', () => {
    expect(problemOf({ preferred_name: [{ no: 'name' }] }, ['department'])).toBeNull();
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
    expect(problemOf({ dynamic_1: [2 ** 60, 'integer'] }, ['dynamic_1'])).not.toBeNull();
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
    'makes a person with the supervisor %j unreadable',
    (supervisor) => {
      expect(problemOf({ supervisor: [supervisor] }, ['manager'])?.problem).toContain('supervisor');
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
