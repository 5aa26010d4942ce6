import { isRecord, type Values } from '../resource.js';
import { attributesOf, findExtension, locate, type Place } from '../schema/locate.js';
import type { ResourceType } from '../schema/resource-type.js';
import type { ScimSettings } from '../settings.js';

/** Which attributes a caller wants, or does not want; null where nothing is said. */
export interface Projection {
  readonly attributes: readonly string[] | null;
  readonly excludedAttributes: readonly string[] | null;
}

/** A whole resource with the attributes that are returned. Source: RFC 7644, section 3.9. */
export function project(
  type: ResourceType,
  values: Values,
  { attributes, excludedAttributes }: Projection,
  settings: ScimSettings,
): Values {
  const wanted = attributes === null ? null : placesOf(type, attributes, settings);
  const unwanted = placesOf(type, excludedAttributes ?? [], settings);
  const isShown = (urn: string | null, name: string, sub: string | null): boolean => {
    if (wanted !== null) {
      return wanted.some((one) => isAt(one, urn, name) && (sub === null || one.sub === null || one.sub.name === sub));
    }
    return !unwanted.some((one) => isAt(one, urn, name) && (one.sub === null ? sub === null : one.sub.name === sub));
  };
  const shown: Values = {};
  for (const [key, value] of Object.entries(values)) {
    const urn = findExtension(type, key);
    if (urn === null) {
      const projected = key === 'schemas' ? value : projectOne(type, null, key, value, isShown);
      if (projected !== undefined) shown[key] = projected;
    } else if (isRecord(value)) {
      const section = Object.entries(value).map(([name, one]) => [name, projectOne(type, urn, name, one, isShown)]);
      const left = section.filter(([, one]) => one !== undefined);
      if (left.length > 0) shown[urn] = Object.fromEntries(left);
    }
  }
  return shown;
}

function projectOne(
  type: ResourceType,
  urn: string | null,
  name: string,
  value: unknown,
  isShown: (urn: string | null, name: string, sub: string | null) => boolean,
): unknown {
  const attribute = attributesOf(type, urn).find((one) => one.name === name);
  if (attribute === undefined || attribute.returned === 'never') return undefined;
  if (attribute.returned === 'always') return value;
  if (!isShown(urn, name, null)) return undefined;
  const cut = (entry: unknown): unknown =>
    isRecord(entry) ? Object.fromEntries(Object.entries(entry).filter(([sub]) => isShown(urn, name, sub))) : entry;
  return Array.isArray(value) ? value.map(cut) : cut(value);
}

function isAt(place: Place, urn: string | null, name: string): boolean {
  return place.urn === urn && place.attribute.name === name;
}

/** Names that lead nowhere are passed over. */
function placesOf(type: ResourceType, paths: readonly string[], { complexPaths }: ScimSettings): readonly Place[] {
  return paths.flatMap((path) => {
    const urn = findExtension(type, path);
    if (urn !== null) return attributesOf(type, urn).map((attribute) => ({ urn, attribute, sub: null }));
    const place = locate(type, path, { complexPaths, attributeNames: 'any_case' });
    return typeof place === 'string' ? [] : [place];
  });
}
