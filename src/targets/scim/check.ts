import { CUSTOM_FIELD_PREFIX } from '../../core/account.js';
import { caseless } from '../../core/caseless.js';
import { CredentialsError, HrsyncError, PermissionError } from '../../errors.js';
import type { Finding } from '../../http/world.js';
import { type CheckParts, checkServer } from './check-server.js';
import type { ScimClient } from './client.js';
import { whyWithheld } from './fields.js';
import { parsePath } from './path.js';
import { preview } from './preview.js';
import type { ScimSettings } from './settings.js';

/**
 * Looks at the credentials, at what the server can be shown to do, and at the mapped fields; says what would be sent. Changes
 * nothing and never throws.
 */
export async function checkScim(parts: CheckParts, fields: readonly string[]): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  try {
    for await (const finding of checkServer(parts)) findings.push(finding);
    findings.push(...(await customFindings(parts.client, fields)));
  } catch (error) {
    findings.push(findingFor(error, parts.reading.settings.base_url));
  }
  return [...findings, ...settingFindings(parts, fields), ...preview(fields, parts.reading)];
}

/** What each setting makes of future hires; SCIM itself does not tell when a portal mails. */
const MAILS: Readonly<Record<ScimSettings['mails_on'], string>> = {
  never: 'never: future hires get their account at once; if the portal mails new accounts, set mails_on: create',
  create: 'create: accounts are made on the day of the invitation',
  activate: 'activate: accounts are made closed, and opened on the day of the invitation',
  reactivate: 'reactivate: future hires get their account at once, and those who come back are mailed',
};

/** Custom fields that the server's own list of attributes does not hold. Some servers mind the case of these names. */
async function customFindings(client: ScimClient, fields: readonly string[]): Promise<readonly Finding[]> {
  const paths = fields.flatMap((field) =>
    field.startsWith(CUSTOM_FIELD_PREFIX) ? [field.slice(CUSTOM_FIELD_PREFIX.length)] : [],
  );
  const schemas = paths.length === 0 ? null : await client.schemas();
  if (schemas === null) return [];
  return paths.flatMap((path): Finding[] => {
    const { extension, keys } = parsePath(path);
    const names = extension === null ? [] : schemas.get(extension);
    if (names === undefined) {
      const message = `the server lists no schema ${extension}; compare it with the vendor's page, letter by letter`;
      return [{ level: 'warning', subject: `custom field ${path}`, message }];
    }
    if (extension === null || names.includes(keys[0] ?? '')) return [];
    const near = names.find((name) => caseless(name) === caseless(keys[0] ?? ''));
    const message = `the server lists no such attribute${near === undefined ? '' : `; it calls it ${near}`}`;
    return [{ level: 'warning', subject: `custom field ${path}`, message }];
  });
}

function settingFindings({ reading }: CheckParts, fields: readonly string[]): readonly Finding[] {
  const { settings } = reading;
  const findings = fields.flatMap((field): Finding[] => {
    const why = whyWithheld(field, settings);
    return why === null ? [] : [{ level: 'warning', subject: `field ${field}`, message: why }];
  });
  if (reading.namesUsers && !settings.look_up.includes('email')) {
    const message =
      'user names are mapped, so an e-mail address finds nobody by them: set look_up: [external_id, email]';
    findings.push({ level: 'warning', subject: 'look_up', message });
  }
  findings.push({ level: 'ok', subject: 'mails_on', message: MAILS[settings.mails_on] });
  if (Object.keys(settings.privileged_when).length === 0) {
    const message =
      'is not set, so nobody can tell an administrator from a learner: name the attribute and the values that the LMS shows of administrators';
    findings.push({ level: 'warning', subject: 'privileged_when', message });
  }
  return findings;
}

function findingFor(error: unknown, subject: string): Finding {
  if (error instanceof CredentialsError) {
    const message = `refused (${error.detail}): compare them with those that the LMS shows where SCIM is set up; a token may have ended`;
    return { level: 'error', subject: 'credentials', message, cause: 'credentials' };
  }
  if (error instanceof PermissionError) {
    const message = `not allowed (${error.detail}): ${error.missing.join(', ')}`;
    return { level: 'error', subject: 'credentials', message, cause: 'credentials' };
  }
  if (!(error instanceof HrsyncError)) throw error;
  return { level: 'error', subject, message: error.message, cause: 'unreachable' };
}
