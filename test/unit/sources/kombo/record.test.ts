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

  it('are one skip where a needed value is not understood, and none where nobody needs it', () => {
    const bad = person({ start_date: '2024-02-30T00:00:00.000Z', custom_fields: { deep: { of: { things: [] } } } });
    const read = (field: string) => createRecordReader([field], NOBODYS).read(bad);
    expect(read('start_date')).toMatchObject({
      unreadable: { id: bad['id'], name: 'Mia Adler', problem: expect.stringContaining('"2024-02-30') },
    });
    expect(read('deep')).toHaveProperty('unreadable');
    expect(read('job_title')).toHaveProperty('employee');
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
