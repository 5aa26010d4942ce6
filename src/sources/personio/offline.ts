import type { OfflineLook } from '../source.js';
import { isOffered } from './catalogue.js';
import { notOffered } from './findings.js';
import { fieldOf } from './names.js';
import { PRESETS } from './v2/attributes.js';

// Lists and numbers of v2 are plain texts for credentials of v1, so their types are left to be asked.
const SURE: ReadonlySet<string> = new Set(['text', 'date', 'employee']);

/** What is known of Personio's attributes without credentials, by both versions of its API. */
export function lookOffline(needed: readonly string[]): OfflineLook {
  const sure = PRESETS.filter(({ type }) => SURE.has(type));
  return {
    fields: [{ name: 'id', type: 'integer' }, ...sure.map(({ key, type }) => ({ name: fieldOf(key), type }))],
    findings: needed.filter((field) => !isOffered(field)).map((field) => notOffered({ field })),
  };
}
