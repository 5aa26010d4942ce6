import { describe, expect, it } from 'vitest';
import { refusedFields } from '../../../../src/targets/learnamp/echo.js';
import { settingsWith, userWith } from './made-up.js';

const teamIds = new Map([
  ['Sales', 15],
  ['Chess', 16],
]);

describe('what the reply shows not to have been taken over', () => {
  const refused = (fields: object, reply: object, changes: object = {}, manager?: null) =>
    refusedFields({ fields: { ...fields }, manager, teamIds }, userWith(reply), settingsWith(changes));

  it('is every field that the reply shows otherwise', () => {
    const fields = { job_title: 'Lead', primary_team: 'Sales', secondary_teams: ['Chess'], hire_date: '2026-11-01' };
    const reply = { jobTitle: 'Engineer', primaryTeam: { id: 9 }, secondaryTeams: [], hireDate: '2026-11-02' };
    expect(refused(fields, reply)).toEqual(Object.keys(fields));
    expect(refused(fields, reply, { verify_after_write: false })).toEqual([]);
  });

  it('is nothing that the reply leaves out or spells in its own way', () => {
    const fields = {
      job_title: 'Head  of\nSales',
      email: 'Anna@acme.example',
      department: 'Sales',
      last_name: 'Ölçek',
    };
    const reply = { jobTitle: 'Head of Sales ', email: 'anna@ACME.example', lastName: 'Ölçek'.normalize('NFD') };
    expect(refused(fields, reply)).toEqual([]);
  });

  it('does not mind that the primary team is no secondary one', () => {
    const fields = { primary_team: 'Sales', secondary_teams: ['Sales', 'Chess'] };
    const reply = { primaryTeam: { id: 15, name: 'Sales' }, secondaryTeams: [{ id: 16, name: 'Chess' }] };
    expect(refused(fields, reply)).toEqual([]);
  });

  it('is a clearing that was withheld, unless the field is seen to be empty', () => {
    const fields = { job_title: null, department: null, 'custom_fields.Badge': null };
    const reply = { jobTitle: 'Lead', department: '', manager: { id: 17 } };
    const settings = { clear_value: 'omit', verify_after_write: false };
    expect(refused(fields, reply, settings, null)).toEqual(['job_title', 'custom_fields.Badge', 'manager']);
    expect(refused({}, { manager: null }, settings, null)).toEqual([]);
    expect(refused({ 'custom_fields.Badge': null }, reply, {}, null)).toEqual([]);
  });
});
