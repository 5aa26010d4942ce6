import { batchesOf } from '../../core/batches.js';
import type { SourceFieldType } from '../../core/field-type.js';
import type { SourceField } from '../source.js';
import type { BamboohrClient } from './client.js';
import { DAY_ALIASES, fieldOf, LACKS, NAMES } from './names.js';
import { MOST_FIELDS } from './query.js';
import type { Field } from './schema.js';

// BambooHR's own words for what a field is. Whatever else there is comes as text.
const TYPES: ReadonlyMap<string, SourceFieldType> = new Map([
  ...(['date'] as const).map((type) => [type, 'date'] as const),
  ...(['int', 'integer'] as const).map((type) => [type, 'integer'] as const),
  ...(['bool', 'checkbox'] as const).map((type) => [type, 'boolean'] as const),
  ...(['list', 'state', 'country', 'gender', 'status', 'marital_status'] as const).map(
    (type) => [type, 'list'] as const,
  ),
  ['multilist', 'tags'],
  ['textarea', 'multiline'],
]);

/** What the key may read, as fields that a mapping can name. */
export async function sourceFields(client: BamboohrClient): Promise<readonly SourceField[]> {
  const account = (await client.fields()).filter(({ alias }) => canBeNamed(alias));
  const aliases = [...new Set(account.map(({ alias }) => alias))];
  const shown = await columnsShown(client, aliases);
  const fields = account
    .filter(({ alias }) => shown === null || shown.has(alias))
    .map((field): SourceField => ({ name: fieldOf(field.alias), label: field.name, type: typeOf(field) }));
  const id: SourceField = { name: 'id', label: 'ID', type: 'integer' };
  return [...new Map([id, ...fields].map((field) => [field.name, field])).values()];
}

// An alias that a config may not use stands for an HR field that is offered already.
function canBeNamed(alias: string): boolean {
  const isOther = Object.hasOwn(NAMES, alias) && fieldOf(alias) === alias;
  return alias !== 'id' && !isOther && !Object.hasOwn(LACKS, alias);
}

function typeOf({ alias, type }: Field): SourceFieldType {
  if (alias === 'supervisorEId') return 'employee';
  if (DAY_ALIASES.has(alias)) return 'date';
  return TYPES.get(type ?? '') ?? 'text';
}

/** Which columns a report shows, asked of nobody; null where BambooHR does not tell. */
async function columnsShown(client: BamboohrClient, aliases: readonly string[]): Promise<ReadonlySet<string> | null> {
  const columns: string[] = [];
  for (const some of batchesOf(aliases, MOST_FIELDS)) {
    columns.push(...((await client.report(some, { nobody: true }))?.columns ?? []));
  }
  return columns.length === 0 ? null : new Set(columns);
}
