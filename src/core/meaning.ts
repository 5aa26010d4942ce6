import { caseless } from './caseless.js';
import { convert } from './convert.js';
import { emailKey } from './email.js';
import type { MappingRule } from './mapping.js';
import { isEmpty, sameValue, type Value } from './value.js';

/**
 * Whether an acknowledged value and one that the LMS shows mean the same. An LMS keeps a custom value as it likes: 5 as
 * "5", a set as text, a day with a time behind it. A `type` of the mapping says what is meant; without one, either side's
 * own kind does. Names of which the LMS keeps one spelling are the same in any capitals.
 */
export function meansTheSame(
  field: string,
  before: Value,
  after: Value,
  type?: MappingRule['type'],
  ignoresCase = false,
): boolean {
  if (sameValue(before, after)) return true;
  if (isEmpty(before) || isEmpty(after)) return false;
  if (field === 'email') return emailKey(String(before)) === emailKey(String(after));
  if (squeezed(before) === squeezed(after)) return true;
  if (ignoresCase && namesIn(before) === namesIn(after)) return true;
  if (type === 'string') return false;
  return KINDS.some((kind) => {
    const meant = type === undefined ? isOf(kind, before) || isOf(kind, after) : type === kind;
    const [left, right] = [readAs(kind, before), readAs(kind, after)];
    return meant && left !== undefined && right !== undefined && sameValue(left, right);
  });
}

const KINDS = ['integer', 'decimal', 'boolean', 'date', 'multi_choice'] as const;

function isOf(kind: (typeof KINDS)[number], value: Value): boolean {
  switch (kind) {
    case 'integer':
    case 'decimal':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'multi_choice':
      return Array.isArray(value);
    case 'date':
      return typeof value === 'string' && convert(value, 'date') === value;
  }
}

// An LMS that keeps a set as one text shows nothing of where a value with a comma in it ends.
function readAs(kind: (typeof KINDS)[number], value: Value): Value | undefined {
  return convert(kind === 'multi_choice' && Array.isArray(value) ? value.join(',') : value, kind);
}

function namesIn(value: Value): string {
  const names: readonly string[] = Array.isArray(value) ? value : [String(value)];
  return JSON.stringify([...new Set(names.map(caseless))].sort());
}

function squeezed(value: Value): string {
  const text = Array.isArray(value) ? [...value].sort().join(', ') : String(value);
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}
