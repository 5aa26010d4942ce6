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

/**
 * What a rule makes of a value of HR; each value of a set by itself. Where the LMS takes `several` values, commas in what
 * the config writes stand between values; commas in what HR holds do not.
 */
export function substitute(
  raw: Value,
  map: ValueMap | null,
  { otherwise, several }: { readonly otherwise: Constant | null; readonly several: boolean },
): Value {
  if (isEmpty(raw)) return otherwise;
  if (map === null) return raw;
  const one = (text: string): Constant => map.listed.get(normaliseText(text)) ?? otherwise ?? text;
  if (!Array.isArray(raw)) return one(textFrom(raw));
  return raw.flatMap((item: string) => {
    const made = one(item);
    return several && made !== item ? String(made).split(',') : [String(made)];
  });
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

/** A value in quotes for a message, cut where it is long. */
export function quote(value: Value): string {
  const text = textFrom(value);
  return `"${text.length > 80 ? `${text.slice(0, 80)}…` : text}"`;
}
