import { CUSTOM_FIELD_PREFIX } from '../../core/account.js';
import { caseless } from '../../core/caseless.js';
import { parsePath } from './path.js';
import type { ScimSettings } from './settings.js';

type Switches = Pick<ScimSettings, 'groups' | 'manager_as'>;

/** Attributes that hrsync writes by itself, or that no client may write: https://www.rfc-editor.org/rfc/rfc7643 */
const RESERVED = new Set(['id', 'schemas', 'meta', 'active', 'groups', 'password', 'externalid', 'username', 'emails']);

/** Why these settings keep a mapped field from being sent, or null when it is. */
export function whyWithheld(name: string, { groups, manager_as }: Switches): string | null {
  if (name === 'groups' && groups === 'off') return 'groups are left alone unless groups: own is set';
  if (name === 'manager' && manager_as === 'off') return 'manager_as: off leaves managers alone';
  if (!name.startsWith(CUSTOM_FIELD_PREFIX)) return null;
  const path = name.slice(CUSTOM_FIELD_PREFIX.length);
  if (/[[\]"\s]/.test(path))
    return 'a custom field is a full attribute path without a filter, such as urn:…:User:badge';
  const { extension, keys } = parsePath(path);
  const isReserved = extension === null && RESERVED.has(caseless(keys[0] ?? ''));
  return isReserved ? 'this attribute is not for custom_fields: use the field of its own, or leave it to hrsync' : null;
}
