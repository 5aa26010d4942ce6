import { CredentialsError, IncompleteReadError, PermissionError } from '../../errors.js';
import { RequestError } from '../../http/errors.js';
import type { Finding } from '../../http/world.js';
import { type MissingField, missingFields } from './catalogue.js';
import type { PersonioClient } from './client.js';
import { catalogueOf } from './read.js';

const WHERE = 'Settings > Integrations > API credentials';

/** Looks at host, credentials, the right to read employees, and the HR fields that are needed. */
export async function checkPersonio(
  client: PersonioClient,
  baseUrl: string,
  fields: readonly string[],
): Promise<readonly Finding[]> {
  try {
    const { total } = await client.employees(0, 1);
    return [
      { level: 'ok', subject: baseUrl, message: 'answers' },
      { level: 'ok', subject: 'credentials', message: 'accepted' },
      employeesFinding(total),
      ...fieldFindings(fields, await catalogueOf(client)),
    ];
  } catch (error) {
    return [findingFor(error, baseUrl)];
  }
}

function employeesFinding(total: number | null): Finding {
  const subject = 'employees';
  if (total === null) return { level: 'ok', subject, message: 'readable; Personio does not say how many there are' };
  if (total > 0) return { level: 'ok', subject, message: `${total} readable` };
  return { level: 'warning', subject, message: 'Personio shows these credentials nobody at all' };
}

function fieldFindings(fields: readonly string[], catalogue: Awaited<ReturnType<typeof catalogueOf>>): Finding[] {
  if (catalogue === null) {
    const message = 'Personio does not show which ones these credentials may read; a read will tell';
    return [{ level: 'warning', subject: 'attributes', message }];
  }
  const missing = missingFields(fields, catalogue);
  if (missing.length > 0) return missing.map(missingFinding);
  return [{ level: 'ok', subject: 'attributes', message: `all ${fields.length} needed ones are readable` }];
}

function missingFinding({ field, key, offered }: MissingField): Finding {
  const subject = `attribute ${field}`;
  if (!offered) {
    const message = `Personio has no such attribute: map one of its own keys instead, such as dynamic_1234567`;
    return { level: 'error', subject, message, cause: 'config' };
  }
  const message = `Personio has no ${key}, or does not let these credentials read it: allow it among their readable employee attributes (${WHERE})`;
  return { level: 'error', subject, message, cause: 'credentials' };
}

function findingFor(error: unknown, baseUrl: string): Finding {
  if (error instanceof CredentialsError) {
    const message = `refused (${error.detail}): compare client_id and client_secret with ${WHERE}`;
    return { level: 'error', subject: 'credentials', message, cause: 'credentials' };
  }
  if (error instanceof PermissionError) {
    const message = `not readable (${error.detail}): give these credentials the right to read employees (${WHERE})`;
    return { level: 'error', subject: 'employees', message, cause: 'credentials' };
  }
  if (error instanceof RequestError || error instanceof IncompleteReadError) {
    return { level: 'error', subject: baseUrl, message: error.message, cause: 'unreachable' };
  }
  throw error;
}
