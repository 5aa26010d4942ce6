import { refuse } from '../refusal.js';
import { isRecord, type Values } from '../resource.js';
import { type Attribute, findAttribute } from '../schema/attribute.js';
import { locate, type NameRules, type Place } from '../schema/locate.js';
import type { ResourceType } from '../schema/resource-type.js';
import type { Finder } from './match-filter.js';

/** Finds what a filter names in whole resources: each path is followed through the schemas once. */
export function findInResources(type: ResourceType, { complexPaths }: NameRules): (values: Values) => Finder {
  const places = new Map<string, Place>();
  const placeOf = (path: string): Place => {
    const place = places.get(path) ?? locate(type, path, { complexPaths, attributeNames: 'any_case' });
    if (typeof place === 'string' || place.attribute.returned === 'never') throw unknown(path);
    places.set(path, place);
    return place;
  };
  return (values) => (path) => {
    if (path.toLowerCase() === 'schemas') return { attribute: SCHEMAS, values: listed(values['schemas']) };
    const { urn, attribute, sub } = placeOf(path);
    const holder = urn === null ? values : values[urn];
    const found = isRecord(holder) ? listed(holder[attribute.name]) : [];
    if (sub === null) return { attribute, values: found };
    return { attribute: sub, values: found.filter(isRecord).flatMap((entry) => listed(entry[sub.name])) };
  };
}

/** Finds what a value filter names in one entry of a multi-valued attribute. */
export function findInEntry({ subAttributes = [] }: Attribute, entry: Values): Finder {
  return (path) => {
    const attribute = findAttribute(subAttributes, path);
    if (attribute === null) throw unknown(path);
    return { attribute, values: listed(entry[attribute.name]) };
  };
}

const SCHEMAS: Attribute = {
  ...{
    name: 'schemas',
    description: 'schemas',
    type: 'reference',
    multiValued: true,
    required: true,
    caseExact: false,
  },
  ...{ mutability: 'readOnly', returned: 'always', uniqueness: 'none' },
};

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function unknown(path: string): Error {
  return refuse('invalidFilter', `${path} is not an attribute that can be filtered by`);
}
