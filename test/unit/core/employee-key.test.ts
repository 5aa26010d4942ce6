import { describe, expect, it } from 'vitest';
import { employeeKey } from '../../../src/core/employee-key.js';
import { compileMapping } from '../../../src/core/mapping.js';
import { employee } from './made-up.js';

describe('the key of an employee', () => {
  it('is the employee id unless the config names another field', () => {
    expect(employeeKey(employee({ id: 'E7', employee_number: 'E7' }), 'id')).toBe('1001');
    expect(compileMapping([], []).apply(employee())).toMatchObject({ fields: { external_id: '1001' } });
  });

  it.each([
    ['E7', 'E7'],
    [' 007 ', '007'],
    [7, '7'],
  ])('is the text of %j where the field holds that', (value, key) => {
    const mapping = compileMapping([], [], 'employee_number');
    expect(mapping.apply(employee({ employee_number: value }))).toEqual({ fields: { external_id: key } });
    expect(mapping.reads).toEqual(['employee_number']);
  });

  it.each([
    [{ employee_number: null }, 'missing_required', /is empty in HR/],
    [{ employee_number: '  ' }, 'missing_required', /is empty in HR/],
    [{}, 'missing_required', /HR does not show employee_number/],
  ])('is a skip that names the line of the config for %j', (values, reason, message) => {
    const skip = employeeKey(employee(values), 'employee_number');
    expect(skip).toMatchObject({ reason, line: ['employees', 'key'], message: expect.stringMatching(message) });
  });

  it('that nobody can read is a value to correct in HR', () => {
    const unreadable = { ...employee(), unreadable: { employee_number: 'employee_number holds a list' } };
    expect(employeeKey(unreadable, 'employee_number')).toMatchObject({
      reason: 'invalid_value',
      message: expect.stringMatching(/^employee_number holds a list/),
    });
  });
});
