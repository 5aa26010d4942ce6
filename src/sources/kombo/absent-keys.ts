import { entryOf, isRecord } from '../../core/entry.js';
import { OPTIONAL_KEYS } from './unified.js';

/**
 * Tells an absent key that means "empty" from one of which nothing is known. Some records may leave a few keys out, which
 * says the same as null; but where other records of the read write null for such a key, they leave none out, and one that
 * lacks it has lost it. The keys of custom fields are judged apart. Of all other keys a record may lack none.
 * https://api.kombo.dev/openapi.json
 */
export class AbsentKeys {
  #writesNull = false;
  #writesNullCustom = false;

  /** Looks at the records of a page before they are read. */
  look(records: readonly unknown[]): void {
    for (const record of records) {
      if (!isRecord(record)) continue;
      this.#writesNull ||= [...OPTIONAL_KEYS].some((key) => entryOf(record, key) === null);
      const custom = record['custom_fields'];
      this.#writesNullCustom ||= isRecord(custom) && Object.values(custom).includes(null);
    }
  }

  /**
   * @param optionalKey the key that holds a field of Kombo's own, '' where it is never absent; undefined for custom fields
   * @param keys the other keys that hold a field of Kombo's own
   */
  isUnknown(record: unknown, field: string, optionalKey: string | undefined, keys: readonly string[]): boolean {
    if (optionalKey === '') return keys.length > 0 && keys.every((key) => entryOf(record, key) === undefined);
    if (optionalKey !== undefined) return this.#writesNull && entryOf(record, optionalKey) === undefined;
    const custom = entryOf(record, 'custom_fields');
    if (custom !== undefined && !this.#writesNullCustom) return false;
    const passed = entryOf(record, 'integration_fields');
    const isPassed = Array.isArray(passed) && passed.some((one: unknown) => entryOf(one, 'key') === field);
    return !isPassed && entryOf(custom, field) === undefined;
  }
}
