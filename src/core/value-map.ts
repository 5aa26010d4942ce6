import { normaliseText } from './text.js';
import { isEmpty, textFrom, type Value } from './value.js';

type Constant = string | number | boolean;

/** `map` of a mapping rule, made ready for many employees. */
export interface ValueMap {
  /** HR value in its normal form → LMS value. */
  readonly listed: ReadonlyMap<string, Constant>;
  /** Whether the rule has a `default` for what is not listed. */
  readonly hasDefault: boolean;
}

/** A record by the normal forms of its keys, as they are compared with what HR holds. */
export function byNormalKey<Item>(values: Readonly<Record<string, Item>>): ReadonlyMap<string, Item> {
  return new Map(Object.entries(values).map(([key, value]) => [normaliseText(key), value]));
}

/** What a rule makes of a value of HR; each value of a set by itself. */
export function substitute(raw: Value, map: ValueMap | null, otherwise: Constant | null): Value {
  if (isEmpty(raw)) return otherwise;
  if (map === null) return raw;
  const one = (text: string): Constant => map.listed.get(normaliseText(text)) ?? otherwise ?? text;
  return Array.isArray(raw) ? raw.map((item: string) => String(one(item))) : one(textFrom(raw));
}

/** The first text of a value that would pass as it stands, because neither a map nor its default stands for it; or null. */
export function unlistedIn(raw: Value, map: ValueMap | null): string | null {
  if (isEmpty(raw) || map?.hasDefault) return null;
  const texts: readonly string[] = Array.isArray(raw) ? raw : [textFrom(raw)];
  return texts.find((text) => !map?.listed.has(normaliseText(text))) ?? null;
}

/** Says which text of HR gives no rights, and where to allow it. */
export function sayUnlisted(
  text: string,
  map: ValueMap | null,
  { field, origin }: { readonly field: string; readonly origin: string },
): string {
  const what = `${origin} holds ${quote(text)}`;
  const place = `mapping.${field}.map`;
  if (map === null) return `${what}, and ${field} gives rights: list the values that may give some under ${place}`;
  const folded = normaliseText(text).toLowerCase();
  const near = [...map.listed.keys()].find((key) => key.toLowerCase() === folded);
  const hint = near === undefined ? '' : ` (it lists ${quote(near)}, in other letters)`;
  return `${what}, which ${place} does not list${hint}, and ${field} gives rights: add it there, or correct it in HR`;
}

/** One step of a choice by several HR fields, by the normal forms of the values that it lists. */
export interface LookupStep {
  readonly from: string;
  readonly values: ReadonlyMap<string, string>;
}

/**
 * What the first step that lists one of a person's values says, or `otherwise`. A field that we could not read may hold
 * the value that decides, so nothing is known behind it: undefined.
 */
export function lookUp(
  steps: readonly LookupStep[],
  otherwise: string,
  fields: Readonly<Record<string, Value | undefined>>,
): Value | undefined {
  for (const { from, values } of steps) {
    const value = fields[from];
    if (value === undefined) return undefined;
    const texts: readonly string[] = Array.isArray(value) ? value : [textFrom(value)];
    const listed = texts.map(normaliseText).find((text) => values.has(text));
    if (listed !== undefined) return values.get(listed);
  }
  return otherwise;
}

/** A value in quotes for a message, cut where it is long. */
export function quote(value: Value): string {
  const text = textFrom(value);
  return `"${text.length > 80 ? `${text.slice(0, 80)}…` : text}"`;
}
