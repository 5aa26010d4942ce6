import { CUSTOM_FIELD_PREFIX } from '../../core/account.js';
import type { MappingRule } from '../../core/mapping.js';
import { CredentialsError, HrsyncError, PermissionError } from '../../errors.js';
import type { HttpRequest } from '../../http/client.js';
import type { Finding } from '../../http/world.js';
import type { Learning360Client } from './client.js';
import { type CustomFields, hint } from './custom-fields.js';
import type { OrgChart } from './org-chart.js';
import { groupsIn, keyOf, type Learning360Settings } from './settings.js';

const WHERE = 'a platform admin makes them in 360Learning';

/** So many groups are named to somebody who looks for an id. */
const NAMED_GROUPS = 30;
const NOBODY = '0'.repeat(24);

/**
 * The request that tries each scope. A token does not tell its scopes, so a refusal with 403 is the only sign that one is
 * missing; 400 and 404 say that it is granted. https://360learning.readme.io/docs/scopes-errors
 *
 * The writes change nothing: they name a user and a group that do not exist, or lack keys that 360Learning requires.
 */
const PROBES: Readonly<Record<string, HttpRequest>> = {
  'users:read': { method: 'GET', path: `/api/v2/users/${NOBODY}` },
  'users:write': { method: 'PATCH', path: `/api/v2/users/${NOBODY}`, json: {} },
  'groups:read': { method: 'GET', path: '/api/v2/groups' },
  'groups:write': { method: 'POST', path: `/api/v2/groups/${NOBODY}/learner/${NOBODY}` },
  // The body lacks the required `input` on purpose: a valid one would start a bulk operation, and only three may run at once.
  // https://360learning.readme.io/docs/bulk-operations-1
  'groups:bulk': { method: 'POST', path: '/api/v2/bulk/groups/memberships', json: {} },
  'bulkOperations:read': { method: 'GET', path: '/api/v2/bulk/operations' },
  'customFields:read': { method: 'GET', path: '/api/v2/custom-fields' },
  // The body lacks the required `name`, `targetType` and `type` on purpose: a valid one would make a custom field.
  // https://360learning.readme.io/docs/ (v2 reference, "Create a custom field")
  'customFields:write': { method: 'POST', path: '/api/v2/custom-fields', json: {} },
  'externalIds:read': { method: 'GET', path: '/api/v2/external-ids' },
  // The body lacks the required `platform`, `targetType`, `targetId` and `value` on purpose: a valid one would give somebody an
  // external id. https://360learning.readme.io/docs/list-all-id-mappings-migration-guide
  'externalIds:write': { method: 'POST', path: '/api/v2/external-ids', json: {} },
};

interface Checked {
  readonly client: Pick<Learning360Client, 'authorize' | 'send' | 'groups'>;
  readonly customFields: Pick<CustomFields, 'list' | 'choices' | 'typeToMake' | 'near'>;
  readonly orgChart: Pick<OrgChart, 'ambiguous'>;
  readonly settings: Learning360Settings;
  readonly rules: readonly MappingRule[];
}

/** Looks at credentials, every scope, the groups and the custom fields; changes nothing and never throws. */
export async function checkLearning360(checked: Checked, fields: readonly string[]): Promise<readonly Finding[]> {
  const { client, settings } = checked;
  const custom = fields.flatMap((field) =>
    field.startsWith(CUSTOM_FIELD_PREFIX) ? field.slice(CUSTOM_FIELD_PREFIX.length) : [],
  );
  try {
    await client.authorize();
  } catch (error) {
    return [findingFor(error, 'credentials', settings.base_url)];
  }
  const scopes = scopesFor(settings, custom.length > 0);
  const findings = await Promise.all(scopes.map((scope) => scopeFinding(checked, scope)));
  const bad = findings.filter((finding) => finding !== null);
  const good: Finding = { level: 'ok', subject: 'scopes', message: `granted: ${scopes.join(', ')}` };
  return [
    { level: 'ok', subject: 'credentials', message: 'accepted' },
    ...(bad.length === 0 ? [good] : bad),
    ...(await groupFindings(checked)),
    ...(custom.length === 0 ? [] : await customFieldFindings(checked, custom)),
  ];
}

/** The scopes that these settings need. */
function scopesFor({ levels, bulk_from, create_custom_fields }: Learning360Settings, custom: boolean): string[] {
  const places = levels.length > 0;
  return [
    'users:read',
    'users:write',
    'externalIds:read',
    'externalIds:write',
    'groups:read',
    ...(places ? ['groups:write'] : []),
    ...(places && bulk_from > 0 ? ['groups:bulk', 'bulkOperations:read'] : []),
    ...(custom ? ['customFields:read'] : []),
    ...(custom && create_custom_fields ? ['customFields:write'] : []),
  ];
}

async function scopeFinding({ client }: Checked, scope: string): Promise<Finding | null> {
  const probe = PROBES[scope];
  if (probe === undefined) return null;
  try {
    await client.send({ ...probe, accept: [400, 404] }, { scope, about: 'everybody' });
    return null;
  } catch (error) {
    return findingFor(error, `scope ${scope}`);
  }
}

async function groupFindings({ client, orgChart, settings }: Checked): Promise<readonly Finding[]> {
  try {
    const groups = new Map((await client.groups()).map(({ _id, name }) => [_id, name ?? _id]));
    const named = [...groups].map(([id, name]) => `${name} (${id})`);
    const known = [...groupsIn(settings)].map((id): Finding => {
      const subject = keyOf(id, settings) ?? 'target.group';
      const name = groups.get(id);
      if (name !== undefined) return { level: 'ok', subject, message: `${id} is the group "${name}"` };
      const message = `there is no group ${id}; there are ${named.slice(0, NAMED_GROUPS).join(', ')}${named.length > NAMED_GROUPS ? ', …' : ''}`;
      return { level: 'error', subject, message, cause: 'config' };
    });
    const doubled = (await orgChart.ambiguous()).map(({ name, parent, ids }): Finding => {
      const message = `several groups below ${parent} are called "${name}" (${ids.join(', ')}), so nobody is placed in them: rename all but one in 360Learning, or name one in target.level_groups`;
      return { level: 'warning', subject: 'target.levels', message };
    });
    return [...known, ...doubled];
  } catch (error) {
    // What is missing was named already.
    return error instanceof PermissionError ? [] : [findingFor(error, 'groups')];
  }
}

async function customFieldFindings(checked: Checked, names: readonly string[]): Promise<readonly Finding[]> {
  try {
    const findings = await Promise.all(names.map((name) => customFieldFinding(checked, name)));
    return findings.flat();
  } catch (error) {
    return error instanceof PermissionError ? [] : [findingFor(error, 'custom fields')];
  }
}

async function customFieldFinding(checked: Checked, name: string): Promise<readonly Finding[]> {
  const { customFields, settings, rules } = checked;
  const subject = `custom field ${name}`;
  const field = (await customFields.list()).find((one) => one.name === name);
  const wanted = customFields.typeToMake(name);
  if (field === undefined) {
    const near = await customFields.near(name);
    const made = `does not exist yet, and will be made for ${wanted === 'date' ? 'days' : 'texts'}${hint(near)}`;
    // A field that was renamed in 360Learning looks like one that is missing.
    if (settings.create_custom_fields) return [{ level: near === null ? 'ok' : 'warning', subject, message: made }];
    const message = `does not exist: make it in 360Learning, or set create_custom_fields${hint(near)}`;
    return [{ level: 'error', subject, message, cause: 'config' }];
  }
  if (field.type === 'date' && wanted !== 'date') {
    const message = 'takes days: write type: date in the mapping, or other values will be refused';
    return [{ level: 'warning', subject, message }];
  }
  const choices = await customFields.choices(field);
  if (choices === null) return [{ level: 'ok', subject, message: `takes ${field.type === 'date' ? 'days' : 'texts'}` }];
  const rule = rules.find((one) => one.field === `${CUSTOM_FIELD_PREFIX}${name}`);
  const fixed = [rule?.value, rule?.default, ...Object.values(rule?.map ?? {})].filter((one) => one !== undefined);
  const outside = [...new Set(fixed.map(String))].filter((text) => text !== '' && !choices.includes(text));
  if (outside.length > 0) {
    const message = `takes only ${choices.join(', ')}, and the mapping gives ${outside.join(', ')}`;
    return [{ level: 'error', subject, message, cause: 'config' }];
  }
  return [{ level: 'ok', subject, message: `takes only ${choices.join(', ')}; other values are refused` }];
}

function findingFor(error: unknown, subject: string, address?: string): Finding {
  if (error instanceof CredentialsError) {
    const where = address === undefined ? '' : `base_url (${address}), `;
    const message = `refused (${error.detail}): compare ${where}client_id and client_secret with ${WHERE}`;
    return { level: 'error', subject: 'credentials', message, cause: 'credentials' };
  }
  if (error instanceof PermissionError) {
    const message = `not granted: add ${error.missing.join(', ')} to these credentials (${WHERE}); it may also be closed for the whole company, which 360Learning opens`;
    return { level: 'error', subject, message, cause: 'credentials' };
  }
  if (!(error instanceof HrsyncError)) throw error;
  return { level: 'error', subject, message: error.message, cause: 'unreachable' };
}
