import type { ScimParts } from '../parts.js';
import { type Group, isRecord, type Resource, recordsIn, textIn, type User, type Values } from '../resource.js';
import type { ResourceType } from '../schema/resource-type.js';
import { ENTERPRISE } from '../schema/schemas.js';
import type { ScimSettings } from '../settings.js';
import { rewritten } from './rewrite.js';

/** A user with everything that the portal adds: schemas, id, groups, the name of the manager, `active`, meta. */
export function wholeUser(user: User, type: ResourceType, { directory, settings }: ScimParts, base: string): Values {
  const whole: Values = Object.assign(head(user, type), rewritten(user.values, settings));
  if (settings.showsUnsetActive) whole['active'] ??= true;
  const section = whole[ENTERPRISE.id];
  const manager = isRecord(section) ? section['manager'] : undefined;
  if (isRecord(section) && isRecord(manager)) {
    whole[ENTERPRISE.id] = { ...section, manager: wholeManager(manager, directory.users, base) };
  }
  const groups = directory.groupsOf(user.id).map(({ id, values }) => ({
    ...{ value: id, $ref: addressOf('/Groups', id, base), display: values['displayName'], type: 'direct' },
  }));
  if (groups.length > 0) whole['groups'] = groups;
  whole['meta'] = metaOf(user, type, settings, base);
  return whole;
}

export function wholeGroup(group: Group, type: ResourceType, { directory, settings }: ScimParts, base: string): Values {
  const members = recordsIn(group.values['members']).map(({ value }) => {
    const user = directory.users.get(String(value));
    const [endpoint, kind] = user === undefined ? ['/Groups', 'Group'] : ['/Users', 'User'];
    const display = user?.values['userName'] ?? directory.groups.get(String(value))?.values['displayName'];
    return { value, $ref: addressOf(endpoint, String(value), base), type: kind, display };
  });
  return {
    ...head(group, type),
    ...group.values,
    ...(members.length > 0 && { members }),
    meta: metaOf(group, type, settings, base),
  };
}

/** The `ETag` of a resource as it stands. */
export function versionOf({ version }: Resource): string {
  return `W/"${version}"`;
}

/** Where a resource is found; ids may hold any character. */
export function addressOf(endpoint: string, id: string, base: string): string {
  return `${base}${endpoint}/${encodeURIComponent(id)}`;
}

function head({ id, values }: Resource, { schema, extensions }: ResourceType): Values {
  const used = extensions.map((one) => one.id).filter((urn) => urn in values);
  return { schemas: [schema.id, ...used], id };
}

function wholeManager(manager: Values, users: ReadonlyMap<string, User>, base: string): Values {
  const id = textIn(manager, 'value') ?? '';
  const held = users.get(id);
  if (held === undefined) return manager;
  const name = held.values['displayName'] ?? held.values['userName'];
  return { ...manager, $ref: addressOf('/Users', id, base), displayName: name };
}

function metaOf(resource: Resource, { name, endpoint }: ResourceType, { etag }: ScimSettings, base: string): Values {
  const version = etag === 'weak' ? versionOf(resource) : etag === 'number' ? String(resource.version) : null;
  return {
    resourceType: name,
    created: resource.createdAt,
    lastModified: resource.modifiedAt,
    location: addressOf(endpoint, resource.id, base),
    ...(version !== null && { version }),
  };
}
