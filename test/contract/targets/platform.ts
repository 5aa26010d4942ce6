import { CUSTOM_FIELD_PREFIX } from '../../../src/core/account.js';
import type { MappingRule } from '../../../src/core/mapping.js';
import type { Fields } from '../../../src/core/value.js';
import type { Platform } from '../../../src/sandbox/360learning/platform.js';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/index.js';
import { learning360 } from '../../../src/targets/360learning/index.js';
import type { Target } from '../../../src/targets/target.js';
import { testWorld } from '../sources/stage.js';
import type { Access, Held, TargetStage } from './stage.js';

const READER = 'reader';

/** A 360Learning in which the owner is alone, with groups and custom fields. */
export async function startPlatform(changes: SandboxOptions['360learning'] = {}): Promise<Sandbox> {
  const scopes = ['users:read', 'groups:read', 'customFields:read', 'externalIds:read'] as const;
  const sandbox = await startSandbox({
    company: { size: 1 },
    '360learning': {
      credentials: [
        { clientId: 'everything', clientSecret: 'everything-secret' },
        { clientId: READER, clientSecret: 'reader-secret', scopes: [...scopes] },
      ],
      ...{ readsPerSecond: null, writesPerSecond: null, pageSizes: { users: 10 }, usernamesAllowed: true },
      ...changes,
    },
  });
  const { platform } = sandbox['360learning'];
  platform.addCustomField('Badge', 'string');
  platform.addCustomField('Certified on', 'date');
  return sandbox;
}

/** Opens the target on it. */
export function openOnPlatform(sandbox: Sandbox, changes: object = {}, rules?: readonly MappingRule[]): Target {
  const { url, clientId, clientSecret, platform } = sandbox['360learning'];
  const settings = {
    ...{ base_url: url, client_id: clientId, client_secret: clientSecret },
    ...{ requests_per_second: 10_000, reads_per_second: 10_000, group: platform.root.id },
    levels: ['department'],
    ...changes,
  };
  return learning360.open(learning360.settings.parse(settings), testWorld, rules);
}

/** 360Learning as the contract suite wants it. */
export async function platformStage(): Promise<TargetStage> {
  const sandbox = await startPlatform();
  const system = sandbox['360learning'];
  const { platform } = system;
  const access: Readonly<Record<Access, object>> = {
    good: {},
    wrong: { client_secret: 'wrong' },
    reader: { client_id: READER, client_secret: 'reader-secret' },
  };
  return {
    system,
    routes: { create: 'users.create', list: 'users.list' },
    person: (number) => platformPerson(platform, number),
    other: {
      job_title: 'Lead',
      organization: 'Acme Ltd',
      phone: '+49 30 1',
      language: 'pt',
      additional_information: 'Other words',
      username: 'another.one',
      leave_date: '2031-01-31',
      group: groupId(platform, 1),
      'custom_fields.Badge': '43',
      'custom_fields.Certified on': '2026-02-28',
    },
    clearable: [
      ...['job_title', 'organization', 'phone', 'username', 'additional_information', 'leave_date'],
      ...['custom_fields.Badge', 'custom_fields.Certified on'],
    ],
    nobody: '0'.repeat(24),
    deletes: 'deactivates',
    held: (accountId) => heldOnPlatform(sandbox, accountId),
    count: () => platform.users.size,
    fill(count) {
      for (let number = 0; number < count; number += 1) {
        platform.add({ mail: `extra${number}@acme.example`, firstName: 'Extra', lastName: 'Person' }, 'active');
      }
    },
    add: (mail) => platform.add({ mail }, 'active').id,
    mislead() {
      const stranger = { _id: platform.owner.id, status: 'active', lang: 'en', mail: 'owner@acme.example' };
      const mapping = { _id: platform.newId(), platform: 'hrsync', targetId: platform.owner.id, value: 'owner' };
      const answer = (route: string, body: object) =>
        system.faults.add({ fault: { kind: 'status', status: 200, body }, match: { route }, times: null });
      answer('users.get', stranger);
      answer('users.list', [stranger]);
      answer('externalIds.list', [mapping]);
    },
    open: (kind = 'good') => openOnPlatform(sandbox, access[kind]),
    stop: sandbox.stop,
  };
}

/** The id of one of the groups below the root. */
export function groupId(platform: Platform, index: number): string {
  const group = [...platform.groups.values()].filter(({ parentId }) => parentId === platform.root.id)[index];
  if (group === undefined) throw new RangeError(`there is no group ${index}`);
  return group.id;
}

/** Everything that 360Learning takes. */
export function platformPerson(platform: Platform, number: number): Fields {
  return {
    external_id: `E-${number}`,
    email: `person.${number}@acme.example`,
    username: `person_${number}`,
    first_name: `Zoë${number}`,
    last_name: `Müller-Ölçek ${number}`,
    job_title: 'Engineer',
    organization: 'Acme GmbH',
    phone: '+49 30 123456',
    language: 'fr',
    additional_information: 'Works nights',
    leave_date: '2030-12-31',
    group: groupId(platform, 0),
    'custom_fields.Badge': '42',
    'custom_fields.Certified on': '2026-01-31',
  };
}

/** An account past the API. */
export function heldOnPlatform(sandbox: Sandbox, accountId: string): Held | null {
  const { platform } = sandbox['360learning'];
  const user = platform.users.get(accountId);
  if (user === undefined) return null;
  const custom = [...platform.valuesOf(user.id)].map(([id, value]) => {
    return [`${CUSTOM_FIELD_PREFIX}${platform.customFields.get(id)?.name ?? id}`, value];
  });
  const groups = platform.rolesOf(user.id).filter(({ role }) => role === 'learner');
  // The platform ends an account at the midnight after the last day.
  const end = user.toBeDeactivatedAt === null ? null : Date.parse(user.toBeDeactivatedAt) - 86_400_000;
  return {
    fields: {
      external_id: platform.externalIdOf(user.id, 'hrsync'),
      email: user.mail,
      username: user.username,
      first_name: user.firstName,
      last_name: user.lastName,
      job_title: user.job,
      organization: user.organization,
      phone: user.phone,
      language: user.lang,
      additional_information: user.custom,
      leave_date: end === null ? null : new Date(end).toISOString().slice(0, 10),
      group: groups.map((one) => one.groupId).join(', '),
      ...Object.fromEntries(custom),
    },
    manager: [...platform.managersOf(user.id)].join(', ') || null,
    active: user.status !== 'deleted',
    invitations: platform.mails.filter((mail) => mail.user === user.id).length,
  };
}
