import { refuse } from '../refusal.js';
import { isRecord, type Values } from '../resource.js';
import { type Attribute, findAttribute } from '../schema/attribute.js';
import type { ScimSettings } from '../settings.js';

/** Of the settings, those that say what a body may hold. */
export type BodyRules = Pick<
  ScimSettings,
  'attributeNames' | 'unknownAttributes' | 'nulls' | 'emptyTexts' | 'textBooleans' | 'maxValues' | 'complexPaths'
>;

/** A value for an attribute: null takes away what is there, undefined leaves it. */
type Read = unknown;

/**
 * The values that a body gives for a set of attributes, by their right names; null stands for what is to be unassigned.
 * What is read-only is left out.
 *
 * @throws Refusal `invalidSyntax` for a name that is not known, `invalidValue` for a value that does not suit
 */
export function readValues(attributes: readonly Attribute[], given: Values, rules: BodyRules): Values {
  const values: Values = {};
  for (const [key, value] of Object.entries(given)) {
    const attribute = known(attributes, key, rules);
    if (attribute === null || attribute.mutability === 'readOnly') continue;
    const read = readValue(attribute, value, rules);
    if (read !== undefined) values[attribute.name] = read;
  }
  return values;
}

/** The attribute of a key; null where the portal ignores what it does not know. */
export function known(attributes: readonly Attribute[], key: string, rules: BodyRules): Attribute | null {
  const attribute = findAttribute(attributes, key);
  if (attribute !== null && (attribute.name === key || rules.attributeNames === 'any_case')) return attribute;
  const how = attribute === null ? rules.unknownAttributes : rules.attributeNames;
  if (how === 'ignore') return null;
  throw refuse('invalidSyntax', `${key} is not an attribute`);
}

/** One value, or the list that a multi-valued attribute wants. */
export function readValue(attribute: Attribute, value: unknown, rules: BodyRules): Read {
  if (attribute.multiValued) return readList(attribute, value, rules);
  return readSingle(attribute, value, rules);
}

/** One value of an attribute, also where the attribute has many. */
export function readSingle(attribute: Attribute, value: unknown, rules: BodyRules): Read {
  if (value === null) return blank(attribute, rules.nulls);
  if (value === '' && rules.emptyTexts !== 'keep') return blank(attribute, rules.emptyTexts);
  if (attribute.type === 'complex') {
    if (!isRecord(value)) throw wrong(attribute, 'an object');
    return readValues(attribute.subAttributes ?? [], value, rules);
  }
  return readScalar(attribute, value, rules);
}

function blank({ name }: Attribute, how: 'unassign' | 'refuse' | 'ignore'): Read {
  if (how === 'refuse') throw refuse('invalidValue', `${name} must not be empty`);
  return how === 'ignore' ? undefined : null;
}

function readList(attribute: Attribute, value: unknown, rules: BodyRules): Read {
  if (value === null) return blank(attribute, rules.nulls);
  if (!Array.isArray(value)) throw wrong(attribute, 'a list');
  const list = value.flatMap((one: unknown) => {
    const read = readSingle(attribute, one, rules);
    if (read === null) throw wrong(attribute, 'a list without null');
    return read === undefined ? [] : [isRecord(read) ? assigned(read) : read];
  });
  refuseTooMany(attribute, list, rules);
  if (list.filter((one) => isRecord(one) && one['primary'] === true).length > 1) {
    throw refuse('invalidValue', `${attribute.name} has more than one primary value`);
  }
  return list.length === 0 ? null : list;
}

/** @throws Refusal where a list of a user is longer than the portal takes */
export function refuseTooMany({ name }: Attribute, list: readonly unknown[], { maxValues }: BodyRules): void {
  if (maxValues !== null && list.length > maxValues && name !== 'members') {
    throw refuse('invalidValue', `${name} takes ${maxValues} values at most`);
  }
}

/** The values without those that are to be unassigned. */
export function assigned(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
}

const INSTANT = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;

function readScalar(attribute: Attribute, value: unknown, { textBooleans }: BodyRules): unknown {
  switch (attribute.type) {
    case 'boolean':
      if (typeof value === 'boolean') return value;
      if (textBooleans === 'refuse' || typeof value !== 'string' || !/^(true|false)$/i.test(value)) {
        throw wrong(attribute, 'a boolean');
      }
      return textBooleans === 'keep' ? value : value.toLowerCase() === 'true';
    case 'integer':
      if (!Number.isInteger(value)) throw wrong(attribute, 'a whole number');
      return value;
    case 'decimal':
      if (typeof value !== 'number') throw wrong(attribute, 'a number');
      return value;
    case 'dateTime':
      if (typeof value !== 'string' || !INSTANT.test(value)) throw wrong(attribute, 'an instant, YYYY-MM-DDThh:mm:ssZ');
      return value;
    default:
      if (typeof value !== 'string') throw wrong(attribute, 'a text');
      return value;
  }
}

function wrong({ name }: Attribute, wanted: string): Error {
  return refuse('invalidValue', `${name} must be ${wanted}`);
}
