import { describe, expect, it } from 'vitest';
import { scim } from '../../../../src/targets/scim/index.js';
import { testWorld } from '../../../contract/sources/stage.js';

const base = { base_url: 'https://acme.lms.example/scim/v2/', token: 'abc' };
const problemsOf = (settings: object) => {
  const read = scim.settings.safeParse(settings);
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
};

describe('settings of scim', () => {
  it('need an address and a credential', () => {
    expect(scim.settings.parse(base)).toMatchObject({
      ...{ base_url: 'https://acme.lms.example/scim/v2', dialect: 'rfc', write: 'patch', page_size: 100 },
      ...{ look_up: ['external_id', 'user_name'], read_back: 'endings', mails_on: 'never', manager_as: 'id' },
    });
  });

  const { token: _, ...bare } = base;
  const oauth = { token_url: 'https://acme.lms.example/token', client_id: 'a', client_secret: 'b' };
  it.each([
    ['no credential', bare, 'token is missing'],
    ['two credentials', { ...base, oauth }, 'token is one of several credentials'],
    ['a user name without a password', { ...bare, username: 'a' }, 'password is missing'],
    ['a password without a user name', { ...bare, password: 'a' }, 'username is missing'],
    ['no owned groups', { ...base, groups: 'own' }, 'owned_groups must name'],
    ['no way to look anybody up', { ...base, external_id: 'off', look_up: ['external_id'] }, 'look_up must name'],
    ['an address of another protocol', { ...base, base_url: 'ftp://acme.lms.example' }, 'base_url must be a URL'],
  ])('are refused with %s', (_what, settings, problem) => {
    expect(problemsOf(settings)).toEqual([expect.stringContaining(problem)]);
  });

  it('keep reserved attributes and filters out of custom fields', () => {
    const target = scim.open(scim.settings.parse(base), testWorld);
    for (const path of ['active', 'userName', 'Password', 'emails[type eq "home"].value']) {
      expect(target.withheld(`custom_fields.${path}`), path).not.toBeNull();
    }
    for (const path of ['nickName', 'name.middleName', 'urn:x:User:active']) {
      expect(target.withheld(`custom_fields.${path}`), path).toBeNull();
    }
    expect(target.withheld('groups')).toContain('groups: own');
  });
});
