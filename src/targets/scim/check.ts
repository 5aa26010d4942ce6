import type { MappingRule } from '../../core/mapping.js';
import type { Finding } from '../../http/world.js';
import type { ScimClient } from './client.js';
import type { Filters } from './filters.js';
import type { Reading } from './reading.js';

/** What a check looks with. */
export interface CheckParts {
  readonly client: ScimClient;
  readonly filters: Filters;
  readonly reading: Reading;
  readonly rules: readonly MappingRule[];
}

export async function checkScim(_parts: CheckParts, _fields: readonly string[]): Promise<readonly Finding[]> {
  return [];
}
