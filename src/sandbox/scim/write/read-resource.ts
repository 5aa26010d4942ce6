import { refuse } from '../refusal.js';
import { isRecord, type Values } from '../resource.js';
import type { Attribute } from '../schema/attribute.js';
import { colonKey } from '../schema/colon-paths.js';
import { attributesOf, findExtension } from '../schema/locate.js';
import { coreAttributes, type ResourceType } from '../schema/resource-type.js';
import { assigned, type BodyRules, readValues } from './read-values.js';

/**
 * The values of a resource as a POST or PUT sends it, without what only the server sets.
 *
 * @throws Refusal `invalidSyntax` where the schemas are missing or do not cover what is sent, `invalidValue` where a
 *   required attribute is missing or a value does not suit
 */
export function readResource(type: ResourceType, body: Values, rules: BodyRules): Values {
  const schemas = schemasOf(type, body, rules);
  const values = assigned(readSections(type, withoutSchemas(body), rules));
  for (const urn of Object.keys(values).filter((key) => findExtension(type, key) === key)) {
    if (!schemas.includes(urn.toLowerCase())) throw refuse('invalidSyntax', `schemas does not name ${urn}`);
  }
  requireAll(type, values, 'invalidValue');
  return values;
}

/** The values of a resource, or of a PATCH without a path, sorted by schema; null stands for what is to be unassigned. */
export function readSections(type: ResourceType, given: Values, rules: BodyRules): Values {
  const sections: Values = {};
  const core: Values = {};
  for (const [key, value] of Object.entries(given)) {
    const { urn, within } = colonKey(type, key, rules) ?? { urn: findExtension(type, key), within: null };
    if (urn === null) core[key] = value;
    else sections[urn] = { ...asRecord(sections[urn]), ...readExtension(type, urn, within, value, rules) };
  }
  return { ...readValues(coreAttributes(type), core, rules), ...sections };
}

function readExtension(
  type: ResourceType,
  urn: string,
  within: string | null,
  value: unknown,
  rules: BodyRules,
): Values {
  if (!isRecord(value)) throw refuse('invalidValue', `${urn} must be an object`);
  return readValues(attributesOf(type, urn), within === null ? value : { [within]: value }, rules);
}

function asRecord(value: unknown): Values {
  return isRecord(value) ? value : {};
}

/** @throws Refusal where a required attribute has no value, or a list has an entry without one */
export function requireAll(type: ResourceType, values: Values, scimType: 'invalidValue' | 'mutability'): void {
  requireIn(coreAttributes(type), values, scimType);
  for (const { id, attributes } of type.extensions) requireIn(attributes, asRecord(values[id]), scimType);
}

function requireIn(attributes: readonly Attribute[], values: Values, scimType: 'invalidValue' | 'mutability'): void {
  for (const { name, required, multiValued, subAttributes = [] } of attributes) {
    const value = values[name];
    const isMissing = value === undefined || value === null || value === '';
    if (required && isMissing) throw refuse(scimType, `${name} is required`);
    const isRequiredWithin = subAttributes.some((one) => one.required);
    const entries = Array.isArray(value) ? value : multiValued ? [] : [value];
    if (isRequiredWithin) for (const entry of entries) requireIn(subAttributes, asRecord(entry), scimType);
  }
}

function withoutSchemas(body: Values): Values {
  return Object.fromEntries(Object.entries(body).filter(([key]) => key.toLowerCase() !== 'schemas'));
}

/** The URNs that a body names, in small letters. */
function schemasOf(type: ResourceType, body: Values, rules: BodyRules): readonly string[] {
  const [, schemas] = Object.entries(body).find(([key]) => key.toLowerCase() === 'schemas') ?? [];
  if (!Array.isArray(schemas) || schemas.length === 0) throw refuse('invalidSyntax', 'schemas is missing');
  const given = schemas.map((urn: unknown) => {
    const text = String(urn);
    const joined = colonKey(type, text, rules)?.urn;
    return (joined ?? text).toLowerCase();
  });
  const knownIds = [type.schema, ...type.extensions].map(({ id }) => id.toLowerCase());
  if (!given.includes(type.schema.id.toLowerCase())) {
    throw refuse('invalidSyntax', `schemas does not name ${type.schema.id}`);
  }
  const stranger = given.find((urn) => !knownIds.includes(urn));
  if (stranger !== undefined && rules.unknownAttributes === 'refuse') {
    throw refuse('invalidSyntax', `${stranger} is not a schema of ${type.name}`);
  }
  return given;
}
