import type { SourceField } from '../../source.js';
import { fieldOf } from '../names.js';
import { PRESETS } from './attributes.js';
import type { PersonsClient } from './client.js';
import { customFields } from './custom.js';

/**
 * What a mapping can name: the attributes that v2 has a place for, whether these credentials may read them or not, and
 * the custom attributes that stand on anybody. v2 lists neither.
 */
export async function offeredFields(client: PersonsClient): Promise<readonly SourceField[]> {
  const custom = new Map<string, SourceField>();
  for await (const page of client.persons()) {
    for (const field of page.flatMap(customFields)) custom.set(field.name, custom.get(field.name) ?? field);
  }
  const presets = PRESETS.map(({ key, type }) => ({ name: fieldOf(key), label: null, type }));
  for (const { name } of presets) custom.delete(name);
  return [{ name: 'id', label: null, type: 'integer' }, ...presets, ...custom.values()];
}
