import { CUSTOM_FIELD_PREFIX } from '../../core/account.js';
import { CredentialsError, HrsyncError, PermissionError } from '../../errors.js';
import type { Finding } from '../../http/world.js';
import type { LearnUponClient } from './client.js';
import type { CustomFields } from './definitions.js';
import { whyWithheld } from './fields.js';
import type { User } from './schema.js';
import type { LearnUponSettings } from './settings.js';

const WHERE = 'Settings > Integrations > API Keys';

/** Looks at the credentials, the custom fields and the mapped fields; changes nothing and never throws. */
export async function checkLearnUpon(
  client: Pick<LearnUponClient, 'users' | 'groups'>,
  customFields: () => Promise<CustomFields>,
  fields: readonly string[],
  settings: LearnUponSettings,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  try {
    const first = await client.users().next();
    findings.push({ level: 'ok', subject: 'credentials', message: 'accepted; users are readable' });
    findings.push(...customFindings(await customFields(), fields, settings));
    findings.push(...listFindings(first.done === true ? [] : first.value, settings));
    if (settings.groups === 'own') {
      await client.groups().next();
      findings.push({ level: 'ok', subject: 'groups', message: 'readable' });
    }
  } catch (error) {
    findings.push(findingFor(error, settings.base_url));
  }
  return [...findings, ...fieldFindings(fields, settings), ...strategyFindings(settings)];
}

function customFindings(custom: CustomFields, fields: readonly string[], settings: LearnUponSettings): Finding[] {
  const { employee_id_field, manager_to } = settings;
  const labels = fields.filter((field) => field.startsWith(CUSTOM_FIELD_PREFIX));
  const missing = [...labels.map((field) => field.slice(CUSTOM_FIELD_PREFIX.length)), employee_id_field, manager_to]
    .filter((label) => label !== undefined)
    .filter((label) => custom.find(label) === undefined);
  const findings = missing.map((label): Finding => {
    const message = `LearnUpon has no such field${custom.hint(label)}`;
    return { level: 'error', subject: `custom field ${label}`, message, cause: 'config' };
  });
  for (const label of [employee_id_field, manager_to]) {
    const field = label === undefined ? undefined : custom.find(label);
    if (field === undefined || field.type === 'text') continue;
    const message = `takes ${field.type.replace('_', ' ')}: it must be a String`;
    findings.push({ level: 'error', subject: `custom field ${field.label}`, message, cause: 'config' });
  }
  if (findings.length > 0) return findings;
  return [
    { level: 'ok', subject: 'custom fields', message: `${custom.all.length} readable, all named ones are there` },
  ];
}

// Somebody whose address has changed is found by the employee id alone, and that by the list alone.
function listFindings(users: readonly User[], { employee_id_field }: LearnUponSettings): Finding[] {
  const shows = users.some((user) => user.CustomData !== undefined || user.customDataFieldValues !== undefined);
  if (employee_id_field === undefined || users.length === 0 || shows) return [];
  const message =
    'the list of users shows no custom values, so employee ids cannot be found by it: should the state file be lost, people whose address has changed since would get a second account; keep copies of that file';
  return [{ level: 'warning', subject: 'employee_id_field', message }];
}

function fieldFindings(fields: readonly string[], settings: LearnUponSettings): Finding[] {
  const withheld = fields.flatMap((field): Finding[] => {
    const why = whyWithheld(field, settings);
    return why === null ? [] : [{ level: 'warning', subject: `field ${field}`, message: why }];
  });
  if (settings.identifier === 'email' || fields.includes('username')) return withheld;
  const message = 'identifier: username needs it in the mapping';
  return [...withheld, { level: 'error', subject: 'field username', message, cause: 'config' }];
}

function strategyFindings({ invite_strategy, portal_invites_listed, employee_id_field }: LearnUponSettings): Finding[] {
  const findings: Finding[] = [];
  if (invite_strategy === 'invite' && !portal_invites_listed) {
    const message =
      'invitations cannot be withdrawn through the API as far as is documented: who leaves before accepting is reported for hand work; try portal_invites_listed on a test portal';
    findings.push({ level: 'warning', subject: 'invitations', message });
  }
  if (employee_id_field === undefined) {
    const message = 'is not set: links between employees and users live in the state file alone';
    findings.push({ level: 'warning', subject: 'employee_id_field', message });
  }
  return findings;
}

function findingFor(error: unknown, address: string): Finding {
  if (error instanceof CredentialsError) {
    const message = `refused (${error.detail}): compare base_url (${address}), username and password with ${WHERE}; making new keys there ends the old ones`;
    return { level: 'error', subject: 'credentials', message, cause: 'credentials' };
  }
  if (error instanceof PermissionError) {
    const message = `not allowed (${error.detail}): ${error.missing.join(', ')}`;
    return { level: 'error', subject: 'credentials', message, cause: 'credentials' };
  }
  if (!(error instanceof HrsyncError)) throw error;
  return { level: 'error', subject: address, message: error.message, cause: 'unreachable' };
}
