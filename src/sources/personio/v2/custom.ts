import type { SourceFieldType } from '../../../core/field-type.js';
import type { SourceField } from '../../source.js';
import { entryOf, readPlain } from '../value.js';
import { type Found, made } from './found.js';

// v2's types in the words of v1; they come in capitals (the schema) and in small letters (its examples, live data). Others
// are v1's already.
const TYPES: ReadonlyMap<string, string> = new Map([
  ['int', 'integer'],
  ['double', 'decimal'],
  ['string_list', 'tags'],
]);

const FIELD_TYPES: ReadonlyMap<string, SourceFieldType> = new Map([
  ['string', 'text'],
  ['integer', 'integer'],
  ['decimal', 'decimal'],
  ['date', 'date'],
  ['boolean', 'boolean'],
  ['tags', 'tags'],
  ['list', 'list'],
  ['link', 'link'],
  ['multiline', 'multiline'],
]);

/**
 * A custom attribute by its id in v2, which need not be its key in v1.
 * https://developer.personio.de/reference/get_v2-persons
 */
export function readCustom(person: unknown, id: string): Found {
  const attribute = customAttributes(person).find((one) => entryOf(one, 'id') === id);
  if (attribute === undefined) return 'absent';
  const value = entryOf(attribute, 'value') ?? null;
  return made(id, value, readPlain(value, typeOf(attribute)));
}

/** The custom attributes that stand on a person, as fields that a mapping can name. */
export function customFields(person: unknown): readonly SourceField[] {
  return customAttributes(person).flatMap((attribute): readonly SourceField[] => {
    const id = entryOf(attribute, 'id');
    if (typeof id !== 'string' || id === '') return [];
    const label = entryOf(attribute, 'label');
    const type = FIELD_TYPES.get(typeOf(attribute)) ?? 'unknown';
    return [{ name: id, label: typeof label === 'string' && label !== '' ? label : null, type }];
  });
}

function customAttributes(person: unknown): readonly unknown[] {
  const list = entryOf(person, 'custom_attributes');
  return Array.isArray(list) ? list : [];
}

function typeOf(attribute: unknown): string {
  const type = entryOf(attribute, 'type');
  const word = typeof type === 'string' ? type.trim().toLowerCase() : '';
  return TYPES.get(word) ?? word;
}
