import { describe, expect, it } from 'vitest';
import { learnampSettings } from '../../../../src/targets/learnamp/settings.js';
import { settingsWith } from './made-up.js';

const required = { base_url: 'https://acme.example', client_id: 'key', client_secret: 'secret' };
const accepts = (changes: object) => learnampSettings.safeParse({ ...required, ...changes }).success;

describe('the settings of Learn Amp', () => {
  it('need the host and the key, and nothing else', () => {
    expect(accepts({})).toBe(true);
    for (const key of Object.keys(required)) expect(accepts({ [key]: undefined })).toBe(false);
  });

  it('go gently and ask for no scope unless told otherwise', () => {
    expect(settingsWith()).toMatchObject({ scopes: [], requests_per_second: 2, concurrency: 2, per_page: 100 });
  });

  it('take scopes as a list or as one text', () => {
    expect(settingsWith({ scopes: ' users:read  teams:read ' }).scopes).toEqual(['users:read', 'teams:read']);
    expect(settingsWith({ scopes: ['users:read', ''] }).scopes).toEqual(['users:read']);
  });

  it('take the host with or without the version', () => {
    expect(settingsWith({ base_url: 'https://acme.example/v1/' }).base_url).toBe('https://acme.example');
  });

  it.each([
    [{ leave_date_key: 'hireDate' }],
    [{ avatar_key: 'customFields' }],
    [{ leave_date_key: 'leave date' }],
    [{ email_taken_pattern: '(' }],
    [{ clear_value: 'null' }],
    [{ clear_values: { loction: 'omit' } }],
    [{ invite_call: { path: '/v1/users/invite' } }],
    [{ statuses_to_list: [] }],
    [{ perPage: 50 }],
    [{ base_url: 'http://acme.example' }],
  ])('refuse %j', (changes) => {
    expect(accepts(changes)).toBe(false);
  });
});
