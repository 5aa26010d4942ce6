import { CredentialsError, IncompleteReadError, PermissionError, UsageError } from '../../errors.js';
import { RequestError } from '../../http/errors.js';
import { unusualAddress } from '../../http/settings.js';
import type { Finding } from '../../http/world.js';
import type { MissingField } from './catalogue.js';
import { LACKS } from './names.js';
import { BASE_URL } from './settings.js';

/** Where an HR admin sets what credentials may read. */
export const WHERE = 'Settings > Integrations > API credentials';

/**
 * What both versions find where the host answers and the credentials are good: whether people can be read. An HR system
 * that lists nobody has hardly nobody to list.
 *
 * @param employees how many there are; null where Personio shows some and does not say how many
 * @param right the right that reading them takes, in Personio's words
 */
export function reached(baseUrl: string, employees: number | null, right: string): readonly Finding[] {
  return [
    { level: 'ok', subject: baseUrl, message: 'answers' },
    { level: 'ok', subject: 'credentials', message: 'accepted' },
    employeesFinding(employees, right),
  ];
}

function employeesFinding(total: number | null, right: string): Finding {
  const subject = 'employees';
  if (total === null) return { level: 'ok', subject, message: 'readable; Personio does not say how many there are' };
  if (total > 0) return { level: 'ok', subject, message: `${total} readable` };
  const message = `Personio shows these credentials nobody at all, and import-all would stop with exit code 6: a missing right looks like this. Give them ${right} for all employees (${WHERE})`;
  return { level: 'warning', subject, message };
}

/** A field for which Personio has no attribute at all: no permission brings it. */
export function notOffered({ field }: Pick<MissingField, 'field'>): Finding {
  const message = `Personio has no such attribute: ${LACKS[field] ?? 'map one of its own keys instead, such as dynamic_1234567'}`;
  return { level: 'error', subject: `attribute ${field}`, message, cause: 'config' };
}

/**
 * Stops a read for a field that Personio does not have: no permission would bring it.
 *
 * @throws UsageError that says what Personio has instead
 */
export function refuseLacking(fields: readonly string[]): void {
  const lacking = fields.filter((field) => Object.hasOwn(LACKS, field));
  if (lacking.length === 0) return;
  const sentences = lacking.map((field) => `Personio has no ${field}: ${LACKS[field]}`);
  throw new UsageError(`the config names what Personio does not have. ${sentences.join('. ')}`, {
    next: 'Correct the config; "hrsync fields" lists what Personio offers.',
  });
}

/**
 * What an error means for the person who sets the connector up.
 *
 * @throws the error itself, when it is none that a check looks for
 */
export function findingFor(error: unknown, baseUrl: string): Finding {
  if (error instanceof CredentialsError) {
    const address = unusualAddress('source.base_url', baseUrl, [BASE_URL]);
    const message = `refused (${error.detail}): compare client_id and client_secret with ${WHERE}${address}`;
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
