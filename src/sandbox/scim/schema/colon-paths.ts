import { isRecord, type Values } from '../resource.js';
import type { ScimSettings } from '../settings.js';
import type { ResourceType } from './resource-type.js';

/**
 * A key such as `urn:…:User:CustomField`, under which a portal with `complexPaths: colon` keeps the values that are inside
 * the complex attribute CustomField of `urn:…:User`; null for every other key.
 *
 * Source: docs/identity/saas-apps/litmos-provisioning-tutorial.md in https://github.com/MicrosoftDocs/entra-docs
 */
export function colonKey(
  type: ResourceType,
  key: string,
  { complexPaths }: Pick<ScimSettings, 'complexPaths'>,
): { readonly urn: string; readonly within: string } | null {
  if (complexPaths === 'dot') return null;
  for (const { id, attributes } of type.extensions) {
    for (const { name, type: kind } of attributes) {
      const isMeant = kind === 'complex' && `${id}:${name}`.toLowerCase() === key.toLowerCase();
      if (isMeant) return { urn: id, within: name };
    }
  }
  return null;
}

/** A resource with the complex attributes of its extensions under such keys. */
export function withColonKeys(type: ResourceType, values: Values, { complexPaths }: ScimSettings): Values {
  if (complexPaths === 'dot') return values;
  const shown = { ...values };
  for (const { id } of type.extensions) {
    const section = values[id];
    if (!isRecord(section) || id.endsWith('enterprise:2.0:User')) continue;
    const complex = Object.entries(section).filter(([, value]) => isRecord(value));
    const simple = Object.entries(section).filter(([, value]) => !isRecord(value));
    for (const [name, value] of complex) shown[`${id}:${name}`] = value;
    if (simple.length === 0) delete shown[id];
    else shown[id] = Object.fromEntries(simple);
  }
  return shown;
}
