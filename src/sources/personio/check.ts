import type { Finding } from '../../http/world.js';
import { type MissingField, missingFields } from './catalogue.js';
import { EMPLOYEES_RIGHT, type PersonioClient } from './client.js';
import { findingFor, notOffered, reached, WHERE } from './findings.js';
import { catalogueOf } from './read.js';

/** Looks at host, credentials, the right to read employees, and the HR fields that are needed. */
export async function checkPersonio(
  client: PersonioClient,
  baseUrl: string,
  fields: readonly string[],
): Promise<readonly Finding[]> {
  try {
    const { people, total } = await client.employees(0, 1);
    return [
      ...reached(baseUrl, total ?? (people.length === 0 ? 0 : null), EMPLOYEES_RIGHT),
      ...fieldFindings(fields, await catalogueOf(client)),
    ];
  } catch (error) {
    return [findingFor(error, baseUrl)];
  }
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

function missingFinding(missing: MissingField): Finding {
  if (!missing.offered) return notOffered(missing);
  const { field, key } = missing;
  const message = `Personio has no ${key}, or does not let these credentials read it: allow it among their readable employee attributes (${WHERE})`;
  return { level: 'error', subject: `attribute ${field}`, message, cause: 'credentials' };
}
