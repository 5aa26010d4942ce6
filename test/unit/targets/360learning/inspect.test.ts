import { expect, it } from 'vitest';
import type { Account } from '../../../../src/core/account.js';
import { PermissionError } from '../../../../src/errors.js';
import { inspectAccounts, rightsFrom } from '../../../../src/targets/360learning/inspect.js';

const held = (...roles: readonly string[]) => roles.map((role, index) => ({ groupId: String(index), role }));

it.each([
  [['learner', 'learner'], false, null],
  [[], false, null],
  [['owner'], true, 'owner'],
  [['learner', 'coach'], true, 'coach'],
  [['userAdmin', 'admin', 'admin', 'learner'], true, 'admin, userAdmin'],
  [['somethingNew'], true, 'somethingNew'],
])('roles %j are privileged: %s', (roles, privileged, role) => {
  expect(rightsFrom(held(...roles))).toEqual({ privileged, role });
});

it('rights that may not be read are unknown, and told to be', async () => {
  const account: Account = { id: 'u', state: 'active', externalId: null, email: null, name: null, fields: {} };
  const shown = await inspectAccounts(['u', 'gone'], {
    roles: () => Promise.reject(new PermissionError('360Learning', ['users:read'], 'invalid_scope')),
    read: async (id) => (id === 'u' ? account : null),
    concurrency: 2,
  });
  expect([...shown]).toEqual([
    ['u', { ...account, rights: { privileged: null, role: expect.stringContaining('unknown') } }],
  ]);
});
