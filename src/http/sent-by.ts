import type { HttpRequest } from './client.js';
import type { Sent } from './plain-words.js';
import { decodedPart, pairsOf } from './request-parts.js';

/** What a request says in its body; an address says only what its path holds. */
export function sentBy({ json, form, path }: HttpRequest): Sent {
  const names: string[] = [];
  // Ids and addresses; the rest of a path are words of the API.
  const values: string[] = path
    .split(/[/?&=]/)
    .map(decodedPart)
    .filter((part) => /[\d@]/.test(part));
  const collect = (value: unknown): void => {
    if (typeof value === 'string' || typeof value === 'number') values.push(String(value));
    else if (Array.isArray(value)) for (const item of value) collect(item);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, item] of Object.entries(value)) {
        names.push(name);
        collect(item);
      }
    }
  };
  collect(json);
  for (const [name, value] of pairsOf(form)) {
    // Brackets hold the fields of a form: user[job_title].
    names.push(...name.split(/[[\]]+/).filter((part) => part !== ''));
    collect(value);
  }
  return { names, values };
}
