import { convert } from '../../core/convert.js';
import type { MappingRule } from '../../core/mapping.js';
import type { Value } from '../../core/value.js';
import type { CustomField, CustomValue } from './schema.js';

/** What the mapping makes of a value that a user holds: a number of a text, say, so that it compares with what HR wants. */
export function canonical(text: string | null, field: CustomField | undefined, rule: MappingRule | undefined): Value {
  const trimmed = text?.normalize('NFC').trim();
  if (!trimmed) return null;
  const value = field?.type === 'date' ? trimmed.slice(0, 10) : trimmed;
  return (rule?.type && convert(value, rule.type)) ?? value;
}

/** There are two types, and everything but a day is a text. */
export function typeOf(type: string | null | undefined): CustomValue['type'] {
  return type === 'date' ? 'date' : 'string';
}

/** Equal texts for equal values. */
export function serialised(values: ReadonlyMap<string, CustomValue>): string {
  return JSON.stringify([...values].map(([id, { value }]) => [id, value]).sort());
}
