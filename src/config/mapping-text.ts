import { stringify } from 'yaml';
import { CUSTOM_FIELD_PREFIX } from '../core/account.js';
import { fieldsReadBy, type MappingRule } from '../core/mapping.js';
import type { SuggestedLine } from '../core/suggest.js';

/** A `mapping:` block to paste into a config; lines that cannot stand as they are become comments with the reason. */
export function mappingText(lines: readonly SuggestedLine[]): string {
  const custom = lines.filter(({ field }) => field.startsWith(CUSTOM_FIELD_PREFIX));
  const plain = lines.filter((line) => !custom.includes(line));
  const below = custom.map((line) => textOf({ ...line, field: line.field.slice(CUSTOM_FIELD_PREFIX.length) }, '    '));
  // A section in which every line is a comment would be empty, and so no mapping.
  const isLive = custom.some(({ rule, remark }) => rule !== null || remark === null);
  const heading = below.length === 0 ? [] : [isLive ? '  custom_fields:' : '  # custom_fields:'];
  return ['mapping:', ...plain.map((line) => textOf(line, '  ')), ...heading, ...below, ''].join('\n');
}

function textOf({ field, rule, from, remark }: SuggestedLine, indent: string): string {
  const entry = stringify(
    { [field]: rule === null ? from : writtenAs(rule) },
    { lineWidth: 0, collectionStyle: 'flow' },
  );
  // Flow style sets braces around the whole, and spaces inside them.
  const line = entry.trim().replace(/^\{ /, '').replace(/ \}$/, '');
  return remark === null ? `${indent}${line}` : `${indent}# ${line.replace(/: null$/, ':')}  # ${oneLine(remark)}`;
}

/** A rule in the form in which one writes it: the name of a field where that says all. */
function writtenAs(rule: MappingRule): unknown {
  const { field: _, from, whenEmpty, write, ...rest } = rule;
  const [first, ...others] = from;
  const origin =
    fieldsReadBy(rule).length > 0 && rule.template === undefined ? (others.length === 0 ? first : from) : null;
  const more = {
    ...rest,
    ...(whenEmpty === 'keep' && { when_empty: whenEmpty }),
    ...(write === 'once' && { write }),
  };
  if (Object.keys(more).length === 0) return origin;
  return origin === null ? more : { from: origin, ...more };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
