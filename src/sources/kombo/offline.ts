import type { OfflineLook } from '../source.js';
import { NOT_IN_KOMBO, UNIFIED } from './unified.js';
import { WORDS } from './words.js';

/** What is known of Kombo's unified fields, whatever HR system is behind it. */
export function lookOffline(needed: readonly string[]): OfflineLook {
  return {
    fields: [...UNIFIED.values()].map(({ name, type }) => ({ name, type })),
    findings: needed
      .filter((field) => NOT_IN_KOMBO.has(field))
      .map((field) => {
        const subject = `field ${field}`;
        return { level: 'error', subject, message: WORDS.not_in_kombo.remedy, cause: 'config' } as const;
      }),
  };
}
