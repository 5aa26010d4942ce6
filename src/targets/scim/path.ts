import { caseless } from '../../core/caseless.js';

/** A JSON object whose keys nobody has checked yet. */
export type Resource = Readonly<Record<string, unknown>>;

/** Where an attribute stands in a resource. */
export interface AttributePath {
  /** The key that holds the attributes of an extension; null for the core schema. */
  readonly extension: string | null;
  /** The attribute, and within it the part of a complex one. */
  readonly keys: readonly string[];
}

/**
 * Cuts a full attribute path at its last colon: what is before it is the extension's key, whatever colons that holds. The
 * dots after it lead into complex attributes. https://www.rfc-editor.org/rfc/rfc7644#section-3.10
 */
export function parsePath(path: string): AttributePath {
  const colon = path.lastIndexOf(':');
  const extension = colon < 0 ? null : path.slice(0, colon);
  return { extension, keys: path.slice(colon + 1).split('.') };
}

/** The value at a path, or undefined. Names are compared without case, as https://www.rfc-editor.org/rfc/rfc7643#section-2.1 says. */
export function valueAt(resource: Resource, path: string): unknown {
  const { extension, keys } = parsePath(path);
  let value: unknown = resource;
  for (const key of extension === null ? keys : [extension, ...keys]) value = child(value, key);
  return value ?? undefined;
}

/** The resource with another value at a path; undefined takes the attribute out. */
export function withValueAt(resource: Resource, path: string, value: unknown): Resource {
  const { extension, keys } = parsePath(path);
  return put(resource, extension === null ? keys : [extension, ...keys], value);
}

/** The keys of extensions that a resource holds values under. */
export function extensionsIn(resource: Resource): readonly string[] {
  return Object.keys(resource).filter((key) => key.includes(':'));
}

/** A value as an object; undefined for anything else. */
export function asResource(value: unknown): Resource | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

/** The entries of a multi-valued attribute; a single one counts as a list of one. */
export function entriesOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function put(resource: Resource, [first = '', ...rest]: readonly string[], value: unknown): Resource {
  const key = spelledIn(resource, first);
  const next = rest.length === 0 ? value : put(asResource(resource[key]) ?? {}, rest, value);
  const { [key]: _, ...others } = resource;
  const isGone = next === undefined || (rest.length > 0 && Object.keys(asResource(next) ?? {}).length === 0);
  return isGone ? others : { ...resource, [key]: next };
}

function child(value: unknown, key: string): unknown {
  const resource = asResource(value);
  return resource?.[spelledIn(resource, key)];
}

function spelledIn(resource: Resource, key: string): string {
  if (Object.hasOwn(resource, key)) return key;
  return Object.keys(resource).find((own) => caseless(own) === caseless(key)) ?? key;
}
