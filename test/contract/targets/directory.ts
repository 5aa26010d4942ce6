import type { MappingRule } from '../../../src/core/mapping.js';
import type { Fields } from '../../../src/core/value.js';
import { makeCompany } from '../../../src/sandbox/company/make-company.js';
import { type ScimSystem, scim as standIn } from '../../../src/sandbox/scim/index.js';
import { recordsIn, textIn, valueIn } from '../../../src/sandbox/scim/resource.js';
import type { ScimSettingsInput } from '../../../src/sandbox/scim/settings.js';
import { scim } from '../../../src/targets/scim/index.js';
import type { Target } from '../../../src/targets/target.js';
import { testWorld } from '../sources/stage.js';
import type { Held, TargetStage } from './stage.js';

export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const EXTENSION = 'urn:ietf:params:scim:schemas:extension:sandbox:2.0:User';

/** A SCIM portal in which the admin is alone. */
export function startDirectory(changes: ScimSettingsInput = {}): Promise<ScimSystem> {
  const company = makeCompany({ size: 1, seed: 1, today: '2026-11-24' });
  return standIn.start({ company, now: () => new Date(), port: 0 }, changes);
}

/** Opens the target on it, with the portal's credentials. */
export function openOn(portal: ScimSystem, changes: object = {}, fields: readonly string[] = FIELDS): Target {
  const { auth, token, basic, oauth } = portal.settings.values;
  const { clientId: client_id, clientSecret: client_secret, scope } = oauth;
  const ways = {
    bearer: { token },
    basic,
    oauth: { oauth: { token_url: portal.tokenUrl, client_id, client_secret, ...(scope !== null && { scope }) } },
  };
  const base = { base_url: portal.url, ...ways[auth], requests_per_second: 10_000, ...GROUPS };
  return scim.open(scim.settings.parse({ ...base, ...changes }), testWorld, rulesFor(fields));
}

export const GROUPS = { groups: 'own', owned_groups: ['Dept *'] };

/** The rules of a mapping that names these fields. */
export function rulesFor(fields: readonly string[]): readonly MappingRule[] {
  return fields.map((field) => ({ field, from: [field], whenEmpty: 'clear', write: 'always' }));
}

/** A SCIM portal as the contract suite wants it. */
export async function directoryStage(): Promise<TargetStage> {
  const portal = await startDirectory({ auth: 'oauth', maxPageSize: 10 });
  const extra = (email: string) => portal.directory.addUser({ userName: email, emails: [{ value: email }] }).id;
  return {
    system: portal,
    routes: { create: 'users.create', list: 'users.list' },
    person,
    other: {
      display_name: 'Somebody else',
      job_title: 'Lead',
      department: 'Sales',
      division: 'South',
      organization: 'Acme AG',
      cost_center: '200',
      employee_number: '43',
      phone: '+49 30 2',
      language: 'fr-FR',
      locale: 'fr-FR',
      time_zone: 'Europe/Paris',
      user_type: 'Trainer',
      [`custom_fields.${EXTENSION}:badge`]: 43,
      [`custom_fields.${EXTENSION}:weeklyHours`]: 38.5,
      [`custom_fields.${EXTENSION}:isExternal`]: false,
      [`custom_fields.${EXTENSION}:skills`]: ['Français'],
    },
    clearable: ['job_title', 'department', 'phone', 'language', `custom_fields.${EXTENSION}:badge`, 'groups'],
    nobody: '5c1e0000-0000-4000-8000-00000000ffff',
    deletes: 'for_good',
    held: (accountId) => heldIn(portal, accountId),
    count: () => portal.directory.users.size,
    fill(count) {
      for (let number = 0; number < count; number += 1) extra(`extra${number}@acme.example`);
    },
    add: extra,
    mislead() {
      const stranger = { id: '1', userName: 'stranger@acme.example', externalId: 'stranger', active: true };
      const list = { totalResults: 1, Resources: [stranger] };
      for (const [route, body] of [
        ['users.get', stranger],
        ['users.list', list],
      ] as const) {
        portal.faults.add({ fault: { kind: 'status', status: 200, body }, match: { route }, times: null });
      }
    },
    open: (kind = 'good') => openOn(portal, kind === 'wrong' ? { oauth: undefined, token: 'wrong' } : {}),
    stop: portal.stop,
  };
}

/** Everything that the portal takes. */
export function person(number: number): Fields {
  return {
    external_id: `E-${number}`,
    email: `Person.${number}@acme.example`,
    first_name: `Zoë${number}`,
    last_name: `Müller-Ölçek ${number}`,
    display_name: `Zoë ${number}`,
    job_title: 'Engineer',
    department: 'Research',
    division: 'North',
    organization: 'Acme GmbH',
    cost_center: '100',
    employee_number: '42',
    phone: '+49 30 1',
    language: 'de-DE',
    locale: 'de-DE',
    time_zone: 'Europe/Berlin',
    user_type: 'Learner',
    groups: ['Dept A', 'Dept B'],
    [`custom_fields.${EXTENSION}:badge`]: 42,
    [`custom_fields.${EXTENSION}:weeklyHours`]: 40,
    [`custom_fields.${EXTENSION}:isExternal`]: true,
    [`custom_fields.${EXTENSION}:skills`]: ['First aid', 'Forklift'],
  };
}

const FIELDS = Object.keys(person(1));

/** A user past the API. */
export function heldIn({ directory }: ScimSystem, accountId: string): Held | null {
  const user = directory.users.get(accountId);
  if (user === undefined || user.deleted) return null;
  const { values } = user;
  const enterprise = values[ENTERPRISE];
  const own = values[EXTENSION];
  const first = (key: string) => textIn(recordsIn(values[key])[0], 'value');
  const skills = recordsIn(valueIn(own, 'skills')).map(({ value }) => String(value));
  const fields: Record<string, unknown> = {
    external_id: values['externalId'],
    email: first('emails'),
    first_name: valueIn(values['name'], 'givenName'),
    last_name: valueIn(values['name'], 'familyName'),
    display_name: values['displayName'],
    job_title: values['title'],
    department: valueIn(enterprise, 'department'),
    division: valueIn(enterprise, 'division'),
    organization: valueIn(enterprise, 'organization'),
    cost_center: valueIn(enterprise, 'costCenter'),
    employee_number: valueIn(enterprise, 'employeeNumber'),
    phone: first('phoneNumbers'),
    language: values['preferredLanguage'],
    locale: values['locale'],
    time_zone: values['timezone'],
    user_type: values['userType'],
    groups: directory.groupsOf(accountId).map((group) => textIn(group.values, 'displayName')),
    [`custom_fields.${EXTENSION}:badge`]: valueIn(own, 'badge'),
    [`custom_fields.${EXTENSION}:weeklyHours`]: valueIn(own, 'weeklyHours'),
    [`custom_fields.${EXTENSION}:isExternal`]: valueIn(own, 'isExternal'),
    [`custom_fields.${EXTENSION}:skills`]: skills.length > 0 ? skills : valueIn(own, 'skills'),
  };
  const manager = valueIn(enterprise, 'manager');
  const shown = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  return {
    fields: Object.fromEntries(shown) as Fields,
    manager: textIn(manager, 'value'),
    active: user.canSignIn,
    invitations: directory.mails.filter((mail) => mail.user === accountId).length,
  };
}
