import { CUSTOM_FIELD_PREFIX } from '../../../src/core/account.js';
import type { MappingRule } from '../../../src/core/mapping.js';
import type { Fields, Value } from '../../../src/core/value.js';
import { type MoodleSystem, moodle as standIn } from '../../../src/sandbox/moodle/index.js';
import type { MoodleSettingsInput } from '../../../src/sandbox/moodle/settings.js';
import type { Site } from '../../../src/sandbox/moodle/site/site.js';
import { moodle } from '../../../src/targets/moodle/index.js';
import type { Target } from '../../../src/targets/target.js';
import { testWorld } from '../sources/stage.js';
import type { Access, Held, TargetStage } from './stage.js';

/** The lines of a mapping that name what Moodle does not list. */
export const RULES: readonly MappingRule[] = [
  rule('cohorts'),
  rule('custom_fields.jobtitle'),
  rule('custom_fields.hiredate'),
  rule('custom_fields.contract'),
  { ...rule('custom_fields.remote'), type: 'boolean' },
  rule('custom_fields.notes'),
];

/** A Moodle in which the guest, the administrator and the service user are alone. */
export function startSite(changes: MoodleSettingsInput = {}): Promise<MoodleSystem> {
  const now = () => new Date();
  return standIn.start({ now, port: 0 }, { showUserIdentity: ['email', 'phone1'], ...changes });
}

/** Opens the target on it. */
export function openOnSite({ url, token }: MoodleSystem, changes: object = {}, world = testWorld): Target {
  const base = {
    ...{ base_url: url, token, requests_per_second: 10_000, date_zone: 'Europe/Berlin' },
    ...{ cohorts: 'own', owned_cohorts: ['hr-*'], manager_to: 'manager' },
  };
  return moodle.open(moodle.settings.parse({ ...base, ...changes }), world, RULES);
}

/** Moodle as the contract suite wants it. */
export async function siteStage(): Promise<TargetStage> {
  const system = await startSite();
  const { site } = system;
  site.addCohort({ idnumber: 'by-hand', name: 'Made by hand' });
  return {
    system,
    routes: { create: 'core_user_create_users', list: 'core_user_get_users' },
    person: sitePerson,
    other: {
      ...{ department: 'R & D', organization: 'Acme Ltd', city: 'Köln', country: 'GB', language: 'en' },
      ...{ time_zone: 'Europe/London', phone: '+44 20 1', cohorts: ['hr-sales'] },
      'custom_fields.jobtitle': 'Lead',
      'custom_fields.hiredate': '2025-01-31',
      'custom_fields.contract': 'External',
      'custom_fields.remote': false,
      'custom_fields.notes': 'none',
    },
    clearable: [
      'department',
      'organization',
      'city',
      'country',
      'phone',
      'cohorts',
      'custom_fields.jobtitle',
      'custom_fields.hiredate',
    ],
    nobody: '999999',
    deletes: 'for_good',
    held: (accountId) => heldOnSite(site, accountId),
    count: () => site.list().filter(({ deleted }) => !deleted).length,
    fill(count) {
      for (let number = 0; number < count; number += 1) site.add(extra(`extra${number}@acme.example`));
    },
    add: (email) => String(site.add(extra(email)).id),
    mislead() {
      const admin = { id: 2, username: 'admin', email: 'admin@moodle.example', suspended: false };
      for (const [route, body] of [
        ['core_user_get_users_by_field', [admin]],
        ['core_user_get_users', { users: [admin] }],
      ] as const) {
        system.faults.add({ fault: { kind: 'status', status: 200, body }, match: { route }, times: null });
      }
    },
    open(access: Access = 'good') {
      if (access !== 'reader') return openOnSite(system, access === 'wrong' ? { token: 'wrong-token' } : {});
      const { capabilities } = system.settings.values;
      system.settings.change({
        capabilities: capabilities.filter((one) => !/:(create|update|delete|manage|assign)$/.test(one)),
      });
      return openOnSite(system);
    },
    stop: system.stop,
  };
}

/** Everything that Moodle takes. */
export function sitePerson(number: number): Fields {
  return {
    external_id: `E-${number}`,
    email: `Person.${number}@acme.example`,
    first_name: `Zoë${number}`,
    last_name: `Müller-Ölçek ${number}`,
    ...{ department: 'Sales', organization: 'Acme', city: 'Bonn', country: 'DE', language: 'de' },
    ...{ time_zone: 'Europe/Berlin', phone: '+49 228 1', cohorts: ['hr-bonn', 'hr-sales'] },
    'custom_fields.jobtitle': 'Engineer',
    'custom_fields.hiredate': '2026-11-01',
    'custom_fields.contract': 'R & D',
    'custom_fields.remote': true,
    'custom_fields.notes': 'line one\nline two',
  };
}

/** A user past the API. */
export function heldOnSite(site: Site, accountId: string): Held | null {
  const user = site.users.get(Number(accountId));
  if (user === undefined || user.deleted) return null;
  const { manager, ...custom } = user.custom;
  const cohorts = [...site.cohorts.values()].filter(({ members }) => members.has(user.id));
  const filled = Object.entries(custom).filter(
    ([name, value]) => value !== '' && !(name === 'hiredate' && value === '0'),
  );
  return {
    fields: {
      external_id: user.idnumber,
      email: user.email,
      first_name: user.firstname,
      last_name: user.lastname,
      ...empty('department', user.department),
      ...empty('organization', user.institution),
      ...empty('city', user.city),
      ...empty('country', user.country),
      language: user.lang,
      time_zone: user.timezone,
      ...empty('phone', user.phone1),
      ...(cohorts.length > 0 && { cohorts: cohorts.map(({ idnumber }) => idnumber).sort() }),
      ...Object.fromEntries(filled.map(([name, value]) => [`${CUSTOM_FIELD_PREFIX}${name}`, customValue(name, value)])),
    },
    manager: manager ? String(site.findByEmail(manager)[0]?.id) : null,
    active: !user.suspended,
    invitations: site.mails.filter(({ to }) => to === user.email).length,
  };
}

const BERLIN = 3_600_000;

function customValue(name: string, value: string): Value {
  if (name === 'remote') return value === '1';
  if (name !== 'hiredate') return value;
  return new Date(Number(value) * 1_000 + BERLIN).toISOString().slice(0, 10);
}

function empty(field: string, value: string): Fields {
  return value === '' ? {} : { [field]: value };
}

function extra(email: string) {
  return {
    username: `${email.replace(/[^a-z0-9]/g, '')}${Math.random()}`,
    email,
    firstname: 'Extra',
    lastname: 'Person',
  };
}

function rule(field: string): MappingRule {
  return { field, from: [], whenEmpty: 'clear', write: 'always' };
}
