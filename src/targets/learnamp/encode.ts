import type { FormPair, HttpRequest } from '../../http/client.js';

/** A body in the encoding that the settings name: https://developers.learnamp.com/#introduction */
export function encoded(
  body: Readonly<Record<string, unknown>>,
  encoding: 'json' | 'form',
): Pick<HttpRequest, 'json' | 'form'> {
  if (encoding === 'json') return { json: body };
  return { form: Object.entries(body).flatMap(([key, value]) => pairs(key, value)) };
}

// Lists as the samples spell them (`secondaryTeamIds[]`), objects in lists as Rack reads them: the pairs of one object
// stand together, and a key that comes again begins the next one.
function pairs(key: string, value: unknown): FormPair[] {
  if (Array.isArray(value)) {
    return value.length === 0 ? [[`${key}[]`, '']] : value.flatMap((item) => pairs(`${key}[]`, item));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([inner, item]) => pairs(`${key}[${inner}]`, item));
  }
  return [[key, value === null || value === undefined ? '' : String(value)]];
}
