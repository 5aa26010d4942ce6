import { isEmpty, textFrom, type Value } from './value.js';

const PLACEHOLDER = /\{([^{}]+)\}/g;

/** The HR fields that a template names in braces. */
export function fieldsIn(template: string): readonly string[] {
  return [...template.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '');
}

/** A template with its fields filled in. Parts of which one could not be read make no text, and parts that are all empty make an empty one. */
export function fillTemplate(template: string, fields: Readonly<Record<string, Value | undefined>>): Value | undefined {
  let readable = true;
  let filled = false;
  const text = template.replace(PLACEHOLDER, (_, name: string) => {
    const value = fields[name];
    if (value === undefined) readable = false;
    if (!isEmpty(value)) filled = true;
    return textFrom(value);
  });
  if (!readable) return undefined;
  return filled ? text.replace(/\s+/g, ' ').trim() : null;
}
