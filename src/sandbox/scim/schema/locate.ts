import { type Attribute, findAttribute } from './attribute.js';
import { coreAttributes, type ResourceType } from './resource-type.js';

/** Where a path leads: to an attribute, or to a sub-attribute of it. */
export interface Place {
  /** URN of the extension that the attribute belongs to; null for the core schema. */
  readonly urn: string | null;
  readonly attribute: Attribute;
  readonly sub: Attribute | null;
}

/** How names have to be written; see the settings of the same names. */
export interface NameRules {
  readonly attributeNames: 'any_case' | 'ignore' | 'refuse';
  readonly complexPaths: 'dot' | 'colon';
}

/**
 * Follows `title`, `name.familyName`, `urn:…:User:department`; the value filter of a PATCH path is no part of it.
 *
 * @returns `unknown` where the path leads nowhere, `miswritten` where only its capitals are wrong for this portal
 */
export function locate(type: ResourceType, path: string, rules: NameRules): Place | 'unknown' | 'miswritten' {
  const { urn, rest } = splitPath(type, path);
  if (rest === null) return 'unknown';
  const separator = rules.complexPaths === 'colon' && urn !== null ? /[.:]/ : /\./;
  const [name = '', subName, ...more] = rest.split(separator);
  if (more.length > 0) return 'unknown';
  const attribute = findAttribute(attributesOf(type, urn), name);
  if (attribute === null) return 'unknown';
  const sub = subName === undefined ? null : findAttribute(attribute.subAttributes ?? [], subName);
  if (subName !== undefined && sub === null) return 'unknown';
  const isExact = attribute.name === name && (sub === null || sub.name === subName);
  return isExact || rules.attributeNames === 'any_case' ? { urn, attribute, sub } : 'miswritten';
}

/** The attributes below the URN of an extension, or at the top. */
export function attributesOf(type: ResourceType, urn: string | null): readonly Attribute[] {
  return urn === null ? coreAttributes(type) : (type.extensions.find(({ id }) => id === urn)?.attributes ?? []);
}

/** The extension that a key of a resource names, in any capitals. */
export function findExtension(type: ResourceType, key: string): string | null {
  return type.extensions.find(({ id }) => id.toLowerCase() === key.toLowerCase())?.id ?? null;
}

function splitPath(type: ResourceType, path: string): { readonly urn: string | null; readonly rest: string | null } {
  if (!/^urn:/i.test(path)) return { urn: null, rest: path };
  const ids = [type.schema, ...type.extensions].map(({ id }) => id);
  const fitting = ids.filter((id) => path.toLowerCase().startsWith(`${id.toLowerCase()}:`));
  const [id] = fitting.toSorted((left, right) => right.length - left.length);
  if (id === undefined) return { urn: null, rest: null };
  return { urn: id === type.schema.id ? null : id, rest: path.slice(id.length + 1) };
}
