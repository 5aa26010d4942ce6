import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../../../../src/core/value.js';
import { GroupTree } from '../../../../src/sources/kombo/groups.js';
import { createRecordReader } from '../../../../src/sources/kombo/record.js';
import { UNIFIED } from '../../../../src/sources/kombo/unified.js';
import { person } from './record-maker.js';

const NOBODYS = new GroupTree([]);

/** The HR field of a record, which must be readable. */
function fieldOf(field: string, changes: Readonly<Record<string, unknown>>): Value | undefined {
  const record = createRecordReader([field], NOBODYS).read(person(changes));
  if (!('employee' in record)) throw new Error(record.unreadable.problem);
  return record.employee.fields[field];
}

describe("Kombo's records", () => {
  it.each([
    ['PENDING', 'onboarding'],
    ['ACTIVE', 'active'],
    ['LEAVE', 'leave'],
    ['INACTIVE', 'inactive'],
    ['Garden Leave', 'garden leave'],
    ['', null],
    [null, null],
    [undefined, null],
  ])('bring the status %j as %j', (employment_status, status) => {
    expect(fieldOf('status', { employment_status })).toBe(status);
  });

  it('bring statuses by the map of the config first, and tell words that nobody knows', () => {
    const map = { 'Garden leave': 'leave', 'on probation': 'active', INACTIVE: 'leave' } as const;
    const reader = createRecordReader(['status'], NOBODYS, map);
    const read = (employment_status: unknown) => {
      const record = reader.read(person({ employment_status }));
      return 'employee' in record ? record.employee.fields['status'] : null;
    };
    expect(['Garden Leave', 'On\u00A0probation', 'ACTIVE', 'INACTIVE', 'Ruht', 'Ruht', null].map(read)).toEqual([
      ...['leave', 'active', 'active', 'leave', 'ruht', 'ruht', null],
    ]);
    expect(reader.notices).toEqual([
      'the status "Ruht" of 2 people is not in source.status.map: these people stay as they are',
    ]);
  });

  it('bring days that are never shifted', () => {
    expect(fieldOf('start_date', { start_date: '2020-04-07T00:00:00.000Z' })).toBe('2020-04-07');
    expect(fieldOf('termination_date', { termination_date: '2027-01-01T23:30:00.000Z' })).toBe('2027-01-01');
    expect(fieldOf('start_date', { start_date: null })).toBeNull();
  });

  it('bring the manager’s id from either place', () => {
    expect(fieldOf('manager', { manager_id: 'boss' })).toBe('boss');
    expect(fieldOf('manager', { manager_id: null, manager: { id: 'boss' } })).toBe('boss');
    expect(fieldOf('manager', { manager_id: null, manager: null })).toBeNull();
  });

  it.each([
    ['department', 'groups'],
    ['employee_number', 'employee_number'],
    ['legal_entity', 'legal_entity'],
    ['work_location', 'work_location'],
    ['badge', 'custom_fields'],
  ])('leave %s unknown where the record lacks the key %s, and take null for empty', (field, key) => {
    const lacking = Object.fromEntries(Object.entries(person()).filter(([name]) => name !== key));
    const read = (record: unknown) => {
      const [one] = createRecordReader([field], NOBODYS).readPage([record]);
      return one !== undefined && 'employee' in one ? one.employee.fields[field] : 'nobody';
    };
    expect(read(lacking)).toBeUndefined();
    expect(read({ ...lacking, [key]: null })).toBeNull();
  });

  it('leave the manager unknown where the record lacks both keys', () => {
    expect(fieldOf('manager', { manager_id: undefined, manager: undefined })).toBeUndefined();
    expect(fieldOf('manager', { manager_id: undefined, manager: null })).toBeNull();
  });

  it('bring a display name made of the others where there is none', () => {
    expect(fieldOf('display_name', { display_full_name: 'Mia M. Adler' })).toBe('Mia M. Adler');
    expect(fieldOf('display_name', {})).toBe('Mia Adler');
    expect(fieldOf('display_name', { first_name: null, last_name: null })).toBeNull();
  });

  it('bring names and addresses of places', () => {
    const work_location = { name: 'HQ', address: { city: 'Porto', country: 'PT' } };
    expect(fieldOf('work_location', { work_location })).toBe('HQ');
    expect(fieldOf('work_location_city', { work_location })).toBe('Porto');
    expect(fieldOf('work_location_country', { work_location: null })).toBeNull();
    expect(fieldOf('legal_entity', { legal_entity: { name: 'Acme Ltd' } })).toBe('Acme Ltd');
  });

  it('take custom fields before integration fields of the same key, and find neither by chance', () => {
    const integration_fields = [{ key: 'badge', value: 'from HR' }];
    expect(fieldOf('badge', { integration_fields, custom_fields: { badge: 7 } })).toBe(7);
    expect(fieldOf('badge', { integration_fields, custom_fields: { badge: null } })).toBeNull();
    expect(fieldOf('badge', { integration_fields, custom_fields: null })).toBe('from HR');
    expect(fieldOf('badge', {})).toBeNull();
    for (const key of ['__proto__', 'constructor', 'toString']) expect(fieldOf(key, {})).toBeNull();
  });

  it.each([
    [' text ', 'text'],
    [4.5, 4.5],
    [true, true],
    ['2025-02-28T00:00:00.000Z', '2025-02-28'],
    ['2025-02-28T09:15:00.000Z', '2025-02-28T09:15:00.000Z'],
    [
      ['b', 'a', 'b'],
      ['a', 'b'],
    ],
    [[{ id: 1, value: 'One' }], ['One']],
    [{ id: 9, name: 'Nine' }, 'Nine'],
    [[], null],
  ])('bring the custom value %j as %j', (written, value) => {
    expect(fieldOf('any', { custom_fields: { any: written } })).toEqual(value);
  });

  it('name a needed field that is not understood, read the rest, and mind none that nobody needs', () => {
    const bad = person({
      start_date: '2024-02-30T00:00:00.000Z',
      termination_date: '31.12.2020',
      custom_fields: { deep: { of: { things: [] } } },
    });
    const read = (...fields: string[]) => {
      const record = createRecordReader(fields, NOBODYS).read(bad);
      return 'employee' in record ? record.employee : null;
    };
    expect(read('start_date', 'job_title')?.unreadable).toEqual({
      start_date: expect.stringContaining('"2024-02-30'),
    });
    expect(Object.keys(read('start_date', 'termination_date', 'deep')?.unreadable ?? {})).toHaveLength(3);
    expect(read('deep')?.unreadable).toHaveProperty('deep');
    expect(read('start_date')?.fields['first_name']).toBe('Mia');
    expect(read('job_title')?.unreadable).toBeUndefined();
  });

  it.each(['0000-00-00', '0001-01-01T00:00:00.000Z', '9999-12-31T00:00:00.000Z'])('bring %s as no day', (day) => {
    expect(fieldOf('termination_date', { termination_date: day })).toBeNull();
    expect(fieldOf('any', { custom_fields: { any: '9999-12-31T00:00:00.000Z' } })).toBeNull();
  });

  it.each([
    ['2019-03-26-06:00', '2019-03-26'],
    ['2019-03-26Z', '2019-03-26'],
    ['2019-03-26+14:00', '2019-03-26'],
    ['2019-03-26 or later', '2019-03-26 or later'],
    ['Mia\u00a0\u2003Ann\nAdler', 'Mia Ann Adler'],
    ['\u200b', null],
    ['Ju\u0308rgen\u0000', 'J\u00fcrgen'],
  ])('bring the text %j of any field as %j', (written, read) => {
    expect(fieldOf('any', { custom_fields: { any: written } })).toBe(read);
    if (read !== '2019-03-26') expect(fieldOf('job_title', { job_title: written })).toBe(read);
  });

  it.each([
    ['work_location', { work_location: { id: 'w', name: null } }],
    ['work_location', { work_location: null, work_location_id: 'w' }],
    ['legal_entity', { legal_entity: { id: 'l', name: ' ' } }],
    ['team', { groups: [{ id: 'g', name: null, type: 'TEAM' }] }],
    ['cost_center', { groups: [{ id: 'g', name: '', type: 'COST_CENTER' }] }],
  ])('know nothing of the %s of %j, and tell of it', (field, changes) => {
    const reader = createRecordReader([field], NOBODYS);
    const record = reader.read(person(changes));
    expect('employee' in record && Object.hasOwn(record.employee.fields, field)).toBe(false);
    expect(reader.notices).toEqual([expect.stringContaining(`no name for the ${field} of 1 person`)]);
    expect(reader.nameless).toEqual([{ field, people: 1 }]);
  });

  it.each([
    ['employment_status', 'status', { gender: null }],
    ['work_email', 'work_email', { gender: null }],
    ['custom', 'badge', { custom_fields: { other: null } }],
  ])('that lack %s where others write null are not empty in it', (key, field, others) => {
    const of = (rows: readonly object[]) => {
      const records = createRecordReader([field], NOBODYS).readPage([...rows, person({ [key]: undefined })]);
      const [record] = records.slice(-1);
      return record !== undefined && 'employee' in record ? record.employee.fields[field] : 'unreadable';
    };
    expect(of([person(others)])).toBeUndefined();
    expect(of([])).toBeNull();
  });

  it.each([[null], ['text'], [{}], [{ id: '' }], [{ id: 7 }]])(
    'without an id of Kombo’s cannot be read: %j',
    (record) => {
      expect(createRecordReader([], NOBODYS).read(record)).toMatchObject({ unreadable: { id: null } });
    },
  );

  it('of another shape are no deleted people', () => {
    const record = createRecordReader(['status'], NOBODYS).read({ id: 'x', employees: [] });
    expect(record).toMatchObject({ unreadable: { id: 'x', problem: expect.stringContaining('shape') } });
  });
});

describe('people whom Kombo no longer finds', () => {
  const empty = Object.fromEntries(
    Object.entries(person()).map(([key, value]) => [key, Array.isArray(value) ? [] : null]),
  );
  const emptied = { ...empty, id: 'gone', remote_id: 'r', changed_at: '2026-11-01T08:00:00.000Z' };
  const statusOf = (record: unknown) => {
    const read = createRecordReader(['status', 'start_date'], NOBODYS).read(record);
    return 'employee' in read ? read.employee.fields['status'] : read;
  };

  it('are deleted, whatever else stands on their record', () => {
    expect(statusOf(person({ remote_deleted_at: '2026-11-20T00:00:00.000Z' }))).toBe('deleted');
    expect(statusOf(person({ remote_deleted_at: '2026-11-20T00:00:00.000Z', start_date: 'rubbish' }))).toBe('deleted');
    expect(statusOf({ ...emptied, remote_deleted_at: '2026-11-20T00:00:00.000Z' })).toBe('deleted');
  });

  it('are deleted where nothing is left of their record, not even that', () => {
    expect(statusOf(emptied)).toBe('deleted');
    expect(statusOf({ ...emptied, custom_fields: { badge: null }, manager: { id: null } })).toBe('deleted');
  });

  it('are not deleted for want of a status alone', () => {
    expect(statusOf({ ...emptied, first_name: 'Mia' })).toBeNull();
    expect(statusOf({ ...emptied, employee_number: '7' })).toBeNull();
  });

  it('fill no field', () => {
    const reader = createRecordReader(['job_title', 'status'], NOBODYS);
    reader.read(person({ remote_deleted_at: '2026-11-20T00:00:00.000Z' }));
    expect([...reader.filledFields]).toEqual([]);
    reader.read(person({ job_title: ' ' }));
    expect(reader.filledFields.has('status')).toBe(true);
    expect(reader.filledFields.has('job_title')).toBe(false);
  });
});

it('no record throws, whatever it is', () => {
  const reader = createRecordReader([...UNIFIED.keys(), 'custom'], NOBODYS);
  const keys = Object.keys(person());
  const record = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue(), { maxKeys: keys.length });
  fc.assert(
    fc.property(record, (changes) => {
      const read = reader.read(person(changes));
      const id = 'employee' in read ? read.employee.id : read.unreadable.id;
      expect(id === null || id.trim() === id).toBe(true);
    }),
  );
});

it('the newest change of all is remembered', () => {
  const reader = createRecordReader([], NOBODYS);
  expect(reader.newestChange).toBeNull();
  for (const changed_at of ['2026-11-01T08:00:00.000Z', '2026-11-03T08:00:00.000Z', '2026-11-02T08:00:00.000Z', null]) {
    reader.read(person({ changed_at }));
  }
  expect(reader.newestChange).toBe('2026-11-03T08:00:00.000Z');
});
