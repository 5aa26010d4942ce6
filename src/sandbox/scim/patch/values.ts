import { isDeepStrictEqual } from 'node:util';
import { isRecord, type Values } from '../resource.js';

/** Puts new values behind those that are there; what is the same `value` of the same `type` is merged into it. */
export function appended(existing: readonly unknown[], added: readonly unknown[]): readonly unknown[] {
  const list = [...existing];
  for (const one of added) {
    const at = list.findIndex((held) => isSame(held, one));
    const held = list[at];
    if (at < 0) list.push(one);
    else if (isRecord(held) && isRecord(one)) list[at] = { ...held, ...one };
  }
  return withOnePrimary(list, added);
}

/** Source: RFC 7643, section 2.4: a value and its type stand in a list once. */
function isSame(held: unknown, one: unknown): boolean {
  if (!isRecord(held) || !isRecord(one) || one['value'] === undefined) return isDeepStrictEqual(held, one);
  return held['value'] === one['value'] && (held['type'] === one['type'] || one['type'] === undefined);
}

/** A list in which a value that was just made primary is the only one. Source: RFC 7644, section 3.5.2. */
export function withOnePrimary(list: readonly unknown[], changed: readonly unknown[]): readonly unknown[] {
  const chosen = changed.find((one) => isRecord(one) && one['primary'] === true);
  if (chosen === undefined) return list;
  const winner = list.findIndex((one) => one === chosen || isSame(one, chosen));
  return list.map((one, at) =>
    isRecord(one) && one['primary'] === true && at !== winner ? { ...one, primary: false } : one,
  );
}

/** Sets keys of an object; null takes one away. */
export function merge(holder: Values, values: Values): void {
  for (const [key, value] of Object.entries(values)) {
    if (value === null) delete holder[key];
    else holder[key] = value;
  }
}
