import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELDS } from '../../../../src/targets/learnamp/catalogue.js';
import { accountFrom, bodyOf } from '../../../../src/targets/learnamp/record.js';
import type { ManagerAccount } from '../../../../src/targets/target.js';
import { settingsWith, userWith } from './made-up.js';

const teamIds = new Map([
  ['Sales', 15],
  ['Chess', 16],
]);
const writing = (fields: object, manager?: ManagerAccount | null) => ({ fields: { ...fields }, manager, teamIds });
const boss = { accountId: '17', email: 'boss@acme.example' };

describe('a user of Learn Amp as an account', () => {
  it.each([
    [undefined, 'unknown'],
    [{}, 'unknown'],
    [{ status: ' ' }, 'unknown'],
    [{ status: 'Deactivated' }, 'deactivated'],
    [{ status: 'DEACTIVATED ', time: 'On 3 Mar 20' }, 'deactivated'],
    [{ status: 'Confirmed' }, 'active'],
    [{ status: 'Invite scheduled' }, 'active'],
    [{ status: 'Pending deactivation' }, 'active'],
  ])('with status %j is %s', (status, state) => {
    expect(accountFrom(userWith({ status })).state).toBe(state);
  });

  it('has only the fields that were shown, with empty ones as null', () => {
    expect(accountFrom(userWith({}))).toEqual({
      id: '7',
      state: 'unknown',
      externalId: null,
      email: null,
      name: null,
      fields: {},
    });
    const shown = { jobTitle: ' Lead ', department: '', location: null, primaryTeam: null, secondaryTeams: [] };
    expect({ ...accountFrom(userWith(shown)).fields }).toEqual({
      job_title: 'Lead',
      department: null,
      primary_location: null,
      primary_team: null,
      secondary_teams: [],
    });
  });

  it('is read whatever oddities its keys hold, and never says who its manager is', () => {
    const odd = { firstName: 5, primaryTeam: {}, secondaryTeams: [{}], manager: {}, status: 'Confirmed', avatar: [] };
    expect({ ...accountFrom(userWith(odd)).fields }).toEqual({});
    expect(accountFrom(userWith({ manager: { id: 17 } })).fields).not.toHaveProperty('manager');
  });
});

describe('the body of a write', () => {
  it('has the documented keys', () => {
    const fields = {
      external_id: 'E-1',
      primary_team: 'Sales',
      secondary_teams: ['Chess'],
      primary_location: 'Berlin',
      hire_date: '2026-11-01',
      'custom_fields.Badge': 42,
      'custom_fields.On site': true,
      'custom_fields.Skills': ['a', 'b'],
    };
    expect(bodyOf(writing(fields, boss), settingsWith())).toEqual({
      integrationExternalId: 'E-1',
      primaryTeamId: 15,
      secondaryTeamIds: [16],
      location: 'Berlin',
      hireDate: '2026-11-01',
      customFields: [
        { name: 'Badge', value: '42' },
        { name: 'On site', value: 'true' },
        { name: 'Skills', value: 'a, b' },
      ],
      managerId: 17,
    });
  });

  it('puts leave date and picture under the keys of the settings', () => {
    const settings = settingsWith({ leave_date_key: 'leaveDate', avatar_key: 'avatarUrl' });
    const fields = { leave_date: '2026-12-31', avatar: null };
    expect(bodyOf(writing(fields), settings)).toEqual({ leaveDate: '2026-12-31', avatarUrl: null });
  });

  it('clears as the settings say, field by field', () => {
    const fields = { job_title: null, department: null, hire_date: null, primary_team: null, secondary_teams: null };
    const settings = settingsWith({
      clear_value: '',
      clear_values: { department: null, hire_date: 'omit', manager: '' },
    });
    expect(bodyOf(writing(fields, null), settings)).toEqual({
      jobTitle: '',
      department: null,
      primaryTeamId: '',
      secondaryTeamIds: [],
      managerId: '',
    });
  });

  it('never holds both members of an either/or pair, nor a key that is documented for reading only', () => {
    const names = [...FIELDS.map(({ name }) => name), 'external_id', 'custom_fields.x', '__proto__'];
    const value = fc.constantFrom(null, 'Sales', 'en', 'viewer', ['Chess']);
    const manager = fc.constantFrom(undefined, null, boss, { ...boss, email: null });
    const changes = fc.record({
      manager_key: fc.constantFrom('id', 'email'),
      clear_value: fc.constantFrom(null, '', 'omit'),
      external_ids: fc.boolean(),
    });
    const tested = fc.property(
      fc.dictionary(fc.constantFrom(...names), value),
      manager,
      changes,
      (fields, who, some) => {
        const { language: _, role: __, ...rest } = fields;
        const keys = Object.keys(bodyOf(writing(rest, who), settingsWith(some)));
        expect(keys.includes('managerId') && keys.includes('managerEmail')).toBe(false);
        expect(keys.filter((key) => /IntegrationExternalId|leave|avatar|status|manager$/.test(key))).toEqual([]);
        expect(keys.some((key) => key.startsWith('manager'))).toBe(
          who !== undefined && !(who === null && some.clear_value === 'omit'),
        );
      },
    );
    fc.assert(tested);
  });
});
