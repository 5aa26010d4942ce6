import type { PersonioSettings } from './settings.js';

/** What a list of employees is asked for. */
export interface ListQuery {
  readonly limit: number;
  readonly offset: number;
  readonly email: string | null;
  /** Keys; null asks for all that is readable. */
  readonly attributes: ReadonlySet<string> | null;
  /** Instant, ISO 8601 in UTC. */
  readonly updatedSince: string | null;
}

const PARAMETERS: ReadonlySet<string> = new Set(['limit', 'offset', 'email', 'attributes[]', 'updated_since']);

/** Reads a query, or says in the API's manner what is wrong with it. */
export function parseListQuery(query: URLSearchParams, settings: PersonioSettings): ListQuery | { problem: string } {
  const other = [...query.keys()].find((name) => !PARAMETERS.has(name));
  if (other !== undefined && settings.undocumented === 'refuse') return { problem: `The ${other} is not a parameter.` };
  const limit = wholeNumber(query.get('limit'), settings.defaultPageSize);
  const offset = wholeNumber(query.get('offset'), 0);
  if (limit === null || limit < 1) return { problem: 'The limit must be a positive integer.' };
  if (offset === null) return { problem: 'The offset must be an integer of at least 0.' };
  if (limit > settings.largestPageSize && settings.oversizedPage === 'refuse') {
    return { problem: `The limit must not be greater than ${settings.largestPageSize}.` };
  }
  const since = query.get('updated_since');
  if (since !== null && !/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2})?$/.test(since)) {
    return { problem: 'The updated_since does not match the format Y-m-d\\TH:i:s.' };
  }
  const attributes = query.getAll('attributes[]');
  return {
    limit: Math.min(limit, settings.largestPageSize),
    offset,
    email: query.get('email'),
    attributes: attributes.length === 0 ? null : new Set(attributes),
    updatedSince: since === null ? null : new Date(since.length === 10 ? since : `${since}Z`).toISOString(),
  };
}

function wholeNumber(text: string | null, otherwise: number): number | null {
  if (text === null) return otherwise;
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
