import { refuse } from '../refusal.js';
import { isRecord, type Values } from '../resource.js';
import type { Attribute } from '../schema/attribute.js';
import { attributesOf, findExtension } from '../schema/locate.js';
import { coreAttributes, type ResourceType } from '../schema/resource-type.js';
import type { ScimSettings } from '../settings.js';
import { readSections } from '../write/read-resource.js';
import { known, readSingle, readValue, refuseTooMany } from '../write/read-values.js';
import { applyToEntries } from './entries.js';
import type { Operation } from './read-patch.js';
import { readTarget, type Target } from './target.js';
import { appended, merge } from './values.js';

/**
 * The values of a resource after a PATCH; what was there is left alone, so that a refusal changes nothing.
 *
 * Source: RFC 7644, section 3.5.2.
 */
export function applyPatch(
  type: ResourceType,
  before: Values,
  operations: readonly Operation[],
  settings: ScimSettings,
): Values {
  const values = structuredClone(before);
  for (const operation of operations) {
    if (operation.path === null) applyWithoutPath(type, values, operation, settings);
    else {
      const target = readTarget(type, operation.path, settings);
      if (target !== null) applyAt(sectionOf(values, target.urn), target, operation, settings);
    }
    for (const { id } of type.extensions) {
      const section = values[id];
      if (isRecord(section) && Object.keys(section).length === 0) delete values[id];
    }
  }
  return values;
}

function sectionOf(values: Values, urn: string | null): Values {
  if (urn === null) return values;
  const section = values[urn];
  if (isRecord(section)) return section;
  const made: Values = {};
  values[urn] = made;
  return made;
}

function applyWithoutPath(type: ResourceType, values: Values, { op, value }: Operation, settings: ScimSettings): void {
  if (op === 'remove') throw refuse('noTarget', 'remove needs a path');
  if (settings.pathlessValues === 'ignore') return;
  if (settings.pathlessValues === 'refuse') throw refuse('invalidPath', 'An operation needs a path');
  if (!isRecord(value)) throw refuse('invalidValue', 'Without a path the value must be an object');
  const { schemas: _, ...given } = value;
  refuseReadOnly(type, given, settings);
  // A list may come as its one new value.
  const wrapped = op === 'add' ? withLists(coreAttributes(type), given) : given;
  const sections = readSections(type, wrapped, settings);
  for (const [key, read] of Object.entries(sections)) {
    const urn = findExtension(type, key);
    const entries = urn === null ? [[key, read] as const] : Object.entries(isRecord(read) ? read : {});
    for (const [name, one] of entries) {
      const attribute = attributesOf(type, urn).find((held) => held.name === name);
      if (attribute !== undefined) setWhole(sectionOf(values, urn), attribute, one, op, settings);
    }
  }
}

function withLists(attributes: readonly Attribute[], given: Values): Values {
  const isList = (key: string) => attributes.some((one) => one.multiValued && one.name === key);
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key, isList(key) && isRecord(value) ? [value] : value]),
  );
}

function refuseReadOnly(type: ResourceType, given: Values, settings: ScimSettings): void {
  for (const key of Object.keys(given).filter((one) => !/^urn:/i.test(one))) {
    const attribute = known(coreAttributes(type), key, settings);
    if (attribute?.mutability === 'readOnly') throw refuse('mutability', `${key} is read-only`);
  }
}

function applyAt(holder: Values, target: Target, operation: Operation, settings: ScimSettings): void {
  const { attribute, sub, filter } = target;
  if (filter !== null || (sub !== null && attribute.multiValued)) applyToEntries(holder, target, operation, settings);
  else if (operation.op === 'remove') removeAt(holder, target, operation.value, settings);
  else setAt(holder, target, operation, operation.op, settings);
}

function setAt(
  holder: Values,
  { attribute, sub }: Target,
  { value }: Operation,
  op: 'add' | 'replace',
  settings: ScimSettings,
): void {
  if (value === undefined) throw refuse('invalidValue', `${op} needs a value`);
  if (sub !== null) {
    const read = readSingle(sub, value, settings);
    if (read !== undefined) setWhole(holder, attribute, { [sub.name]: read }, op, settings);
    return;
  }
  if (attribute.name === 'members' && op === 'replace') refuseAllMembers(settings);
  const isOneOfList = op === 'add' && attribute.multiValued && !Array.isArray(value) && value !== null;
  setWhole(holder, attribute, readValue(attribute, isOneOfList ? [value] : value, settings), op, settings);
}

function removeAt(holder: Values, { attribute, sub }: Target, value: unknown, settings: ScimSettings): void {
  const goner = sub ?? attribute;
  if (goner.required) throw refuse('mutability', `${goner.name} is required`);
  if (value !== undefined) removeListed(holder, attribute, value, settings);
  else {
    if (attribute.name === 'members') refuseAllMembers(settings);
    removeWhole(holder, attribute, sub);
  }
}

function removeWhole(holder: Values, attribute: Attribute, sub: Attribute | null): void {
  const held = holder[attribute.name];
  if (sub !== null && isRecord(held)) delete held[sub.name];
  if (sub === null || (isRecord(held) && Object.keys(held).length === 0)) delete holder[attribute.name];
}

/** Sets an attribute as a whole; null takes it away, and undefined is a value that the portal ignores. */
function setWhole(
  holder: Values,
  attribute: Attribute,
  read: unknown,
  op: 'add' | 'replace',
  settings: ScimSettings,
): void {
  const { name, required, multiValued, type } = attribute;
  const held = holder[name];
  if (read === undefined) return;
  if (read === null) {
    if (required) throw refuse('mutability', `${name} is required`);
    if (op === 'add' && !multiValued) throw refuse('invalidValue', `add needs a value for ${name}`);
    if (op === 'replace') delete holder[name];
  } else if (multiValued && op === 'add') {
    const list = appended(Array.isArray(held) ? held : [], Array.isArray(read) ? read : [read]);
    refuseTooMany(attribute, list, settings);
    holder[name] = list;
  } else if (type === 'complex' && !multiValued && isRecord(read)) {
    const merged = isRecord(held) ? held : {};
    merge(merged, read);
    if (Object.keys(merged).length === 0) delete holder[name];
    else holder[name] = merged;
  } else holder[name] = read;
}

/** The older way to remove members: a list of values beside the path. */
function removeListed(holder: Values, attribute: Attribute, value: unknown, { memberRemoval }: ScimSettings): void {
  const isList = attribute.name === 'members' && Array.isArray(value);
  if (!isList || memberRemoval === 'filter') throw refuse('invalidSyntax', 'remove takes no value');
  const goners = new Set(value.map((one: unknown) => (isRecord(one) ? one['value'] : one)));
  const held = holder[attribute.name];
  const left = Array.isArray(held) ? held.filter((one: unknown) => !(isRecord(one) && goners.has(one['value']))) : [];
  if (left.length === 0) delete holder[attribute.name];
  else holder[attribute.name] = left;
}

/** Source: https://docs.aws.amazon.com/singlesignon/latest/developerguide/patchgroup.html */
function refuseAllMembers({ membersReplaceable }: ScimSettings): void {
  if (!membersReplaceable) throw refuse('invalidValue', 'Members cannot be replaced or removed all at once');
}
