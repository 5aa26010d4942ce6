import { CUSTOM_FIELD_PREFIX } from '../../core/account.js';
import { CredentialsError, HrsyncError, PermissionError } from '../../errors.js';
import type { Finding } from '../../http/world.js';
import type { LearnAmpClient } from './client.js';
import { whyWithheld } from './fields.js';
import type { LearnAmpSettings } from './settings.js';

const WHERE = 'Company Settings > API';
const USER_SCOPES = ['users:read', 'users:create', 'users:update', 'users:deactivate', 'users:reactivate'];
const TEAM_SCOPES = ['teams:read', 'teams:create'];
const TEAM_FIELDS = ['primary_team', 'secondary_teams'];

/** Looks at the credentials, their scopes, the two lists and the mapped fields; changes nothing and never throws. */
export async function checkLearnAmp(
  client: Pick<LearnAmpClient, 'grantedScopes' | 'count'>,
  fields: readonly string[],
  settings: LearnAmpSettings,
): Promise<readonly Finding[]> {
  return [...(await accessFindings(client, fields, settings)), ...fieldFindings(fields, settings)];
}

async function accessFindings(
  client: Pick<LearnAmpClient, 'grantedScopes' | 'count'>,
  fields: readonly string[],
  settings: LearnAmpSettings,
): Promise<readonly Finding[]> {
  try {
    const granted = await client.grantedScopes();
    const usesTeams = fields.some((field) => TEAM_FIELDS.includes(field));
    return [
      { level: 'ok', subject: 'credentials', message: 'accepted' },
      scopeFinding(granted, neededScopes(usesTeams, settings)),
      await listFinding(client, settings.base_url, 'users'),
      ...(usesTeams ? [await listFinding(client, settings.base_url, 'teams')] : []),
    ];
  } catch (error) {
    return [findingFor(error, settings.base_url)];
  }
}

function neededScopes(usesTeams: boolean, { secondary_teams_mode }: LearnAmpSettings): readonly string[] {
  const forTeams = usesTeams ? TEAM_SCOPES : [];
  return [...USER_SCOPES, ...forTeams, ...(usesTeams && secondary_teams_mode === 'merge' ? ['team_users:delete'] : [])];
}

// The old scope `public` is full access: https://developers.learnamp.com/#authentication
function scopeFinding(granted: readonly string[] | null, needed: readonly string[]): Finding {
  const subject = 'scopes';
  if (granted === null) {
    return {
      level: 'warning',
      subject,
      message: 'Learn Amp does not say which ones it granted; the first write will tell',
    };
  }
  const missing = granted.includes('public') ? [] : needed.filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return { level: 'ok', subject, message: 'all needed ones are granted' };
  const message = `${missing.join(', ')} not granted: allow them for this key (${WHERE}) and list them under target.scopes`;
  return { level: 'error', subject, message, cause: 'credentials' };
}

async function listFinding(
  client: Pick<LearnAmpClient, 'count'>,
  address: string,
  list: 'users' | 'teams',
): Promise<Finding> {
  try {
    const total = await client.count(list);
    return { level: 'ok', subject: list, message: total === null ? 'readable' : `${total} readable` };
  } catch (error) {
    return findingFor(error, address, list);
  }
}

function fieldFindings(fields: readonly string[], settings: LearnAmpSettings): readonly Finding[] {
  const withheld = fields.flatMap((field): Finding[] => {
    const why = whyWithheld(field, settings);
    return why === null ? [] : [{ level: 'warning', subject: `field ${field}`, message: why }];
  });
  const custom = fields.filter((field) => field.startsWith(CUSTOM_FIELD_PREFIX));
  if (custom.length === 0) return withheld;
  const names = custom.map((field) => field.slice(CUSTOM_FIELD_PREFIX.length)).join(', ');
  const message = `Learn Amp lists no custom fields, so the names (${names}) are tried by the first write; where custom fields are switched off, it ignores them in silence`;
  return [...withheld, { level: 'warning', subject: 'custom fields', message }];
}

function findingFor(error: unknown, address: string, subject = address): Finding {
  if (error instanceof CredentialsError) {
    const message = `refused (${error.detail}): compare base_url (${address}), client_id, client_secret and scopes with ${WHERE}`;
    return { level: 'error', subject: 'credentials', message, cause: 'credentials' };
  }
  if (error instanceof PermissionError) {
    const message = `not readable (${error.detail}): allow ${error.missing.join(', ')} for this key (${WHERE})`;
    return { level: 'error', subject, message, cause: 'credentials' };
  }
  if (!(error instanceof HrsyncError)) throw error;
  return { level: 'error', subject, message: error.message, cause: 'unreachable' };
}
