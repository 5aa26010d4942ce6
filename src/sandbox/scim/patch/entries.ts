import type { Filter } from '../filter/filter.js';
import { findInEntry } from '../filter/find-in.js';
import { matches } from '../filter/match-filter.js';
import { refuse } from '../refusal.js';
import { isRecord, type Values } from '../resource.js';
import type { Attribute } from '../schema/attribute.js';
import type { ScimSettings } from '../settings.js';
import { assigned, readSingle } from '../write/read-values.js';
import type { Operation } from './read-patch.js';
import type { Target } from './target.js';
import { appended, merge, withOnePrimary } from './values.js';

/** Changes or removes those values of a multi-valued attribute that a filter chooses, or all of them without one. */
export function applyToEntries(
  holder: Values,
  target: Target,
  { op, value }: Pick<Operation, 'op' | 'value'>,
  settings: ScimSettings,
): void {
  const { attribute, sub, filter } = target;
  if (attribute.name === 'members' && settings.memberRemoval === 'list') {
    throw refuse('invalidPath', 'Members cannot be chosen by a filter');
  }
  const held = holder[attribute.name];
  const entries: readonly unknown[] = Array.isArray(held) ? held : [];
  const chosen = entries.filter((entry) => filter === null || fits(filter, attribute, entry));
  if (op !== 'remove' && value === undefined) throw refuse('invalidValue', `${op} needs a value`);
  if (op === 'remove' && value !== undefined) throw refuse('invalidSyntax', 'remove takes no value');
  if (chosen.length === 0) {
    withoutMatch(holder, target, { op, value }, settings);
    return;
  }
  if (sub?.mutability === 'immutable') throw refuse('mutability', `${sub.name} cannot be changed`);
  if (op === 'remove' && sub?.required) throw refuse('mutability', `${sub.name} is required`);
  const changed = new Map(chosen.map((entry) => [entry, changedEntry(entry, target, { op, value }, settings)]));
  const list = entries.map((entry) => (changed.has(entry) ? changed.get(entry) : entry));
  const left = withOnePrimary(
    list.filter((entry) => entry !== null),
    [...changed.values()],
  );
  if (left.length === 0) delete holder[attribute.name];
  else holder[attribute.name] = left;
}

/** One entry after an operation; null where nothing is left of it. */
function changedEntry(
  entry: unknown,
  { attribute, sub }: Target,
  { op, value }: Pick<Operation, 'op' | 'value'>,
  settings: ScimSettings,
): unknown {
  if (sub === null) {
    if (op === 'remove') return null;
    const read = readSingle(attribute, value, settings);
    if (read === undefined) return entry;
    if (!isRecord(read)) return read;
    return op === 'add' && isRecord(entry) ? { ...entry, ...assigned(read) } : assigned(read);
  }
  const next = isRecord(entry) ? { ...entry } : {};
  const read = op === 'remove' ? null : readSingle(sub, value, settings);
  if (read !== undefined) merge(next, { [sub.name]: read });
  return Object.keys(next).length === 0 ? null : next;
}

function withoutMatch(
  holder: Values,
  { attribute, sub, filter }: Target,
  { op, value }: Pick<Operation, 'op' | 'value'>,
  settings: ScimSettings,
): void {
  if (op === 'remove' && (settings.removeWithoutMatch === 'accept' || filter === null)) return;
  const isMade =
    op === 'add' && settings.addWithoutMatch === 'create' && filter !== null && attribute.type === 'complex';
  if (!isMade) throw refuse('noTarget', `No value of ${attribute.name} fits the path`);
  const read = readSingle(sub ?? attribute, value, settings);
  const given = sub === null ? (isRecord(read) ? assigned(read) : {}) : { [sub.name]: read };
  const held = holder[attribute.name];
  holder[attribute.name] = appended(Array.isArray(held) ? held : [], [{ ...equalsIn(filter), ...given }]);
}

/** What a filter asks to be equal, as the values of a new entry. */
function equalsIn(filter: Filter): Values {
  if (filter.kind === 'and') return { ...equalsIn(filter.left), ...equalsIn(filter.right) };
  return filter.kind === 'compare' && filter.operator === 'eq' ? { [filter.path]: filter.value } : {};
}

function fits(filter: Filter, attribute: Attribute, entry: unknown): boolean {
  if (isRecord(entry)) return matches(filter, findInEntry(attribute, entry), findInEntry);
  // A list of plain values is filtered by `value`.
  const plain = { ...attribute, subAttributes: [{ ...attribute, name: 'value', multiValued: false }] };
  return matches(filter, findInEntry(plain, { value: entry }), findInEntry);
}
