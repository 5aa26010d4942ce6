import type { Fields } from '../../../src/core/value.js';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/index.js';
import { learnamp } from '../../../src/targets/learnamp/index.js';
import type { Target } from '../../../src/targets/target.js';
import { testWorld } from '../sources/stage.js';
import type { Access, Held, TargetStage } from './stage.js';

const READER = { clientId: 'reader', clientSecret: 'reader-secret', scopes: ['users:read', 'teams:read'] };

/** A Learn Amp in which the Owner is alone. */
export function startAcademy(changes: SandboxOptions['learnamp'] = {}): Promise<Sandbox> {
  const everything = { clientId: 'everything', clientSecret: 'everything-secret', scopes: ['public'] };
  return startSandbox({ company: { size: 1 }, learnamp: { keys: [everything, READER], ...changes } });
}

/** Opens the target on it. */
export function openOn(sandbox: Sandbox, changes: object = {}): Target {
  const { url, clientId, clientSecret } = sandbox.learnamp;
  const base = { base_url: url, client_id: clientId, client_secret: clientSecret, requests_per_second: 10_000 };
  return learnamp.open(learnamp.settings.parse({ ...base, ...changes }), testWorld);
}

/** Learn Amp as the contract suite wants it. */
export async function academyStage(): Promise<TargetStage> {
  const sandbox = await startAcademy();
  const access: Readonly<Record<Access, object>> = {
    good: {},
    wrong: { client_secret: 'wrong' },
    reader: { client_id: READER.clientId, client_secret: READER.clientSecret, scopes: READER.scopes },
  };
  return {
    system: sandbox.learnamp,
    routes: { create: 'users.create', list: 'users.list' },
    person,
    other: {
      job_title: 'Lead',
      primary_team: 'Marketing',
      secondary_teams: ['Chess', 'Choir'],
      primary_location: 'Köln',
      department: 'Growth',
      hire_date: '2025-01-31',
      language: 'pt-BR',
      role: 'curator',
      occupation_role: 'Manager',
      'custom_fields.Badge': '43',
    },
    clearable: [
      'job_title',
      'primary_team',
      'secondary_teams',
      'primary_location',
      'department',
      'hire_date',
      'occupation_role',
      'custom_fields.Badge',
    ],
    nobody: '999999',
    deletes: 'for_good',
    held: (accountId) => heldIn(sandbox, accountId),
    count: () => sandbox.lms.list().length,
    fill(count) {
      for (let number = 0; number < count; number += 1) {
        sandbox.lms.add({ email: `extra${number}@acme.example`, firstName: 'Extra', lastName: 'Person' }, 'confirmed');
      }
    },
    add: (email) => String(sandbox.lms.add({ email, firstName: 'Extra', lastName: 'Person' }, 'confirmed').id),
    mislead() {
      const stranger = { id: 1, email: 'owner@acme.example', integrationExternalId: 'owner' };
      const answer = (route: string, body: object) =>
        sandbox.learnamp.faults.add({ fault: { kind: 'status', status: 200, body }, match: { route }, times: null });
      answer('users.get', stranger);
      answer('users.list', { users: [stranger] });
    },
    open: (kind = 'good') => openOn(sandbox, { per_page: 10, ...access[kind] }),
    stop: sandbox.stop,
  };
}

/** Everything that Learn Amp takes. */
export function person(number: number): Fields {
  return {
    external_id: `E-${number}`,
    email: `Person.${number}@acme.example`,
    first_name: `Zoë${number}`,
    last_name: `Müller-Ölçek ${number}`,
    job_title: 'Engineer',
    primary_team: 'Sales',
    secondary_teams: ['Chess', 'First aid'],
    primary_location: 'Berlin',
    department: 'Revenue',
    hire_date: '2026-11-01',
    language: 'fr-CA',
    role: 'reporter',
    occupation_role: 'Engineer',
    'custom_fields.Badge': '42',
    'custom_fields.Cost centre': 'CC-1',
  };
}

/** An account past the API. */
export function heldIn({ lms }: Sandbox, accountId: string): Held | null {
  const account = lms.find(Number(accountId));
  if (account === null) return null;
  const nameOf = (id: number) => lms.teams.get(id)?.name ?? '';
  const custom = Object.entries(account.customFields).map(([name, value]) => [`custom_fields.${name}`, value]);
  return {
    fields: {
      external_id: account.integrationExternalId,
      email: account.email,
      first_name: account.firstName,
      last_name: account.lastName,
      job_title: account.jobTitle,
      primary_team: account.primaryTeamId === null ? null : nameOf(account.primaryTeamId),
      secondary_teams: account.secondaryTeamIds.map(nameOf).sort(),
      primary_location: account.location,
      department: account.department,
      hire_date: account.hireDate,
      language: account.language,
      role: account.role,
      occupation_role: account.occupationRole,
      ...Object.fromEntries(custom),
    },
    manager: account.managerId === null ? null : String(account.managerId),
    active: account.status !== 'deactivated',
    invitations: lms.mails.filter((mail) => mail.account === account.id).length,
  };
}
