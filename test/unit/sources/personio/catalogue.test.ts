import { describe, expect, it } from 'vitest';
import { missingFields, sourceFields } from '../../../../src/sources/personio/catalogue.js';
import { attribute } from './client.js';

describe("Personio's attribute catalogue", () => {
  it('is offered in the words of a mapping', () => {
    const attributes = [
      attribute('position'),
      attribute('supervisor'),
      attribute('hire_date', 'standard'),
      attribute('dynamic_12', 'tags'),
      attribute('dynamic_13', 'hologram'),
    ];
    const offered = sourceFields(attributes).map(({ name, type }) => `${name}: ${type}`);
    expect(offered).toEqual([
      'id: integer',
      'job_title: text',
      'manager: employee',
      'start_date: date',
      'dynamic_12: tags',
      'dynamic_13: unknown',
    ]);
  });

  it('keeps the label that people see', () => {
    expect(sourceFields([attribute('position')])[1]?.label).toBe('Label of position');
  });

  it('does not offer the id twice', () => {
    expect(sourceFields([attribute('id', 'integer')])).toHaveLength(1);
  });

  it('misses what it does not list, but never the id', () => {
    const missing = missingFields(['id', 'job_title', 'manager', 'personal_email'], [attribute('position')]);
    expect(missing).toEqual([
      { field: 'manager', key: 'supervisor', offered: true },
      { field: 'personal_email', key: 'personal_email', offered: false },
    ]);
  });
});
