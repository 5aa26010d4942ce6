import type { SourceFieldType } from '../../core/field-type.js';
import type { SourceField } from '../source.js';
import { DAY_KEYS, fieldOf, keyOf, LACKS } from './names.js';
import type { Attribute } from './schema.js';

// Personio's own words for what an attribute is.
const TYPES: ReadonlyMap<string, SourceFieldType> = new Map([
  ['standard', 'text'],
  ['date', 'date'],
  ['integer', 'integer'],
  ['decimal', 'decimal'],
  ['list', 'list'],
  ['link', 'link'],
  ['tags', 'tags'],
  ['multiline', 'multiline'],
]);

/** What these credentials may read, as fields that a mapping can name. The id comes always, listed or not. */
export function sourceFields(attributes: readonly Attribute[]): readonly SourceField[] {
  const listed = attributes.map(({ key, label, type }) => ({
    name: fieldOf(key),
    label: label ?? null,
    type: typeOf(key, type),
  }));
  const id: SourceField = { name: 'id', label: 'ID', type: 'integer' };
  return listed.some((field) => field.name === 'id') ? listed : [id, ...listed];
}

function typeOf(key: string, type: string | null | undefined): SourceFieldType {
  if (key === 'supervisor') return 'employee';
  if (DAY_KEYS.has(key)) return 'date';
  return TYPES.get(type ?? 'standard') ?? 'unknown';
}

/** A needed HR field that the catalogue does not list. `offered`: whether Personio has such an attribute at all. */
export interface MissingField {
  readonly field: string;
  readonly key: string;
  readonly offered: boolean;
}

/** Whether Personio has an attribute for an HR field, readable or not. */
export function isOffered(field: string): boolean {
  return !Object.hasOwn(LACKS, field);
}

/** The needed HR fields that these credentials may not read. */
export function missingFields(needed: readonly string[], attributes: readonly Attribute[]): readonly MissingField[] {
  const keys = new Set(attributes.map((attribute) => attribute.key));
  return needed
    .map((field) => ({ field, key: keyOf(field), offered: isOffered(field) }))
    .filter(({ key }) => key !== 'id' && !keys.has(key));
}
