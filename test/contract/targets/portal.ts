import type { Fields } from '../../../src/core/value.js';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/index.js';
import { learnupon } from '../../../src/targets/learnupon/index.js';
import type { Target } from '../../../src/targets/target.js';
import { testWorld } from '../sources/stage.js';
import type { Access, Held, TargetStage } from './stage.js';

/** A LearnUpon portal in which the admin is alone. */
export function startPortal(changes: SandboxOptions['learnupon'] = {}): Promise<Sandbox> {
  return startSandbox({ company: { size: 1 }, learnupon: changes });
}

/** Opens the target on it, with accounts that are made at once unless told otherwise. */
export function openOn({ learnupon: { url, username, password } }: Sandbox, changes: object = {}): Target {
  const base = {
    base_url: url,
    username,
    password,
    requests_per_second: 10_000,
    invite_strategy: 'create_enabled',
    employee_id_field: 'Employee id',
    manager_to: 'Manager',
    custom_data: { Skills: { type: 'multi_choice' } },
  };
  return learnupon.open(learnupon.settings.parse({ ...base, ...changes }), testWorld);
}

/** LearnUpon as the contract suite wants it. */
export async function portalStage(): Promise<TargetStage> {
  const sandbox = await startPortal({ pageSize: 10 });
  const access: Readonly<Record<Access, object>> = { good: {}, wrong: { password: 'wrong' }, reader: {} };
  return {
    system: sandbox.learnupon,
    routes: { create: 'users.create', list: 'users.list' },
    person,
    other: {
      language: 'pt_br',
      time_zone: 'Lisbon',
      leave_date: '2027-03-31',
      'custom_fields.Badge': '43',
      'custom_fields.Weekly hours': '38.5',
      'custom_fields.Employment': 'external',
      'custom_fields.Skills': ['Français'],
      'custom_fields.Hire date': '2025-01-31',
      'custom_fields.Notes': 'none',
    },
    clearable: ['leave_date', 'custom_fields.Badge', 'custom_fields.Skills', 'custom_fields.Notes'],
    nobody: '999999',
    deletes: 'for_good',
    held: (accountId) => heldIn(sandbox, accountId),
    count: () => sandbox.portal.users.size,
    fill(count) {
      for (let number = 0; number < count; number += 1) {
        sandbox.portal.add({ email: `extra${number}@acme.example`, first_name: 'Extra', last_name: 'Person' });
      }
    },
    add: (email) => String(sandbox.portal.add({ email, first_name: 'Extra', last_name: 'Person' }).id),
    mislead() {
      const body = { customDataFieldDefintions: [], user: [{ id: 1, email: 'admin@acme.example', enabled: true }] };
      for (const route of ['users.get', 'users.list', 'users.search']) {
        const fault = { kind: 'status', status: 200, body } as const;
        sandbox.learnupon.faults.add({ fault, match: { route }, times: null });
      }
    },
    open: (kind = 'good') => openOn(sandbox, access[kind]),
    stop: sandbox.stop,
  };
}

/** Everything that LearnUpon takes. */
export function person(number: number): Fields {
  return {
    external_id: `E-${number}`,
    email: `Person.${number}@acme.example`,
    first_name: `Zoë${number}`,
    last_name: `Müller-Ölçek ${number}`,
    language: 'fr_ca',
    time_zone: 'Berlin',
    leave_date: '2027-01-31',
    'custom_fields.Badge': '42',
    'custom_fields.Weekly hours': '40',
    'custom_fields.Employment': 'internal',
    'custom_fields.Skills': ['First aid', 'Forklift'],
    'custom_fields.Hire date': '2026-11-01',
    'custom_fields.Notes': 'line one\nline two',
  };
}

/** A user past the API. */
export function heldIn({ portal, learnupon: { settings } }: Sandbox, accountId: string): Held | null {
  const user = portal.users.get(Number(accountId));
  if (user === undefined) return null;
  const custom = customOf(user.custom, settings.values.definitions);
  const { 'Employee id': externalId = null, Manager: manager = null, ...rest } = custom;
  const fields = Object.entries(rest).map(([label, value]) => [`custom_fields.${label}`, value]);
  return {
    fields: {
      external_id: externalId,
      email: user.email,
      first_name: user.first_name,
      last_name: user.last_name,
      language: user.language,
      time_zone: user.timezone_id,
      leave_date: user.account_expires,
      ...Object.fromEntries(fields),
    },
    manager: manager === null ? null : String(portal.findByEmail(String(manager))?.id),
    active: user.enabled,
    invitations: portal.mails.filter(({ to }) => to === user.email).length,
  };
}

// Ids go by the places of the definitions.
function customOf(
  custom: Readonly<Record<number, string | number | readonly string[]>>,
  definitions: readonly { readonly label: string }[],
): Readonly<Record<string, string | readonly string[] | null>> {
  const entries = definitions.flatMap(({ label }, index): [string, string | readonly string[]][] => {
    const value = custom[501 + index];
    return value === undefined ? [] : [[label, typeof value === 'object' ? value : String(value)]];
  });
  return Object.fromEntries(entries);
}
