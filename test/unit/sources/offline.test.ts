import { describe, expect, it } from 'vitest';
import { csv } from '../../../src/sources/csv/index.js';
import { csvSettings } from '../../../src/sources/csv/settings.js';
import { lookOffline as lookAtKombo } from '../../../src/sources/kombo/offline.js';
import { lookOffline as lookAtPersonio } from '../../../src/sources/personio/offline.js';

const NEEDED = ['status', 'start_date', 'work_email'];

describe('what a source tells without being asked', () => {
  it('Personio: types that both versions share, and attributes that it lacks', () => {
    const { fields, findings } = lookAtPersonio([...NEEDED, 'personal_email']);
    expect(fields).toContainEqual({ name: 'start_date', type: 'date' });
    expect(fields).toContainEqual({ name: 'manager', type: 'employee' });
    expect(fields.map(({ name }) => name)).not.toContain('status');
    expect(findings).toMatchObject([{ level: 'error', subject: 'attribute personal_email', cause: 'config' }]);
  });

  it('Kombo: the types of its unified fields, and fields that it has for no system', () => {
    const { fields, findings } = lookAtKombo([...NEEDED, 'last_working_day']);
    expect(fields).toContainEqual({ name: 'start_date', type: 'date' });
    expect(findings).toMatchObject([{ level: 'error', subject: 'field last_working_day', cause: 'config' }]);
  });

  it('a file: what its columns are read as, and needed fields without a column', () => {
    const columns = { id: 'No', status: 'Status', start_date: 'Hired', shoe_size: 'Shoes' };
    const settings = csvSettings.parse({ path: './people.csv', columns });
    const { fields, findings } = csv.lookOffline?.(settings, NEEDED) ?? { fields: [], findings: [] };
    expect(fields).toEqual([
      { name: 'id', type: 'text' },
      { name: 'status', type: 'text' },
      { name: 'start_date', type: 'date' },
      { name: 'shoe_size', type: 'unknown' },
    ]);
    expect(findings).toMatchObject([{ level: 'error', subject: 'field work_email', cause: 'config' }]);
  });
});
