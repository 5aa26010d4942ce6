import type { ScimParts } from '../parts.js';
import type { Operation } from '../patch/read-patch.js';
import { refuse } from '../refusal.js';
import { type Group, recordsIn, textIn, type Values, valueIn } from '../resource.js';
import { groupType } from '../schema/resource-type.js';
import type { ScimSettings } from '../settings.js';
import { wholeGroup } from '../show/whole.js';
import type { Collection } from './collection.js';
import { taken } from './settle-user.js';

/** The groups, and what becomes of them. */
export function groupCollection(parts: ScimParts): Collection<Group> {
  const { directory, settings } = parts;
  return {
    type: groupType,
    list: () => [...directory.groups.values()],
    find: (id) => directory.groups.get(id) ?? null,
    whole: (group, type, base) => wholeGroup(group, type, parts, base),
    create: (values) => ({ resource: directory.addGroup(settleGroup(null, values, parts), settings.ids), echo: {} }),
    change: (group, values) => {
      directory.change(group, settleGroup(group, values, parts));
      return { resource: group, echo: {} };
    },
    replaced: (_, values) => values,
    remove: (group) => directory.removeGroup(group),
  };
}

function settleGroup(group: Group | null, values: Values, { directory, settings }: ScimParts): Values {
  const name = textIn(values, 'displayName')?.toLowerCase();
  const isTaken = [...directory.groups.values()].some(
    (other) => other !== group && textIn(other.values, 'displayName')?.toLowerCase() === name,
  );
  if (settings.uniqueGroupNames && isTaken) throw taken('displayName', settings);
  const ids = [...new Set(recordsIn(values['members']).map((member) => textIn(member, 'value') ?? ''))];
  const stranger = ids.find((id) => (directory.users.get(id)?.deleted ?? true) && !directory.groups.has(id));
  if (stranger !== undefined) throw refuse('invalidValue', `${stranger} is not a user or group`);
  const { members: _, ...others } = values;
  return ids.length === 0 ? others : { ...others, members: ids.map((value) => ({ value })) };
}

/** @throws Refusal where one request changes more members than the portal takes */
export function refuseTooManyMembers(operations: readonly Operation[], { membersPerRequest }: ScimSettings): void {
  const changed = operations
    .filter(({ path }) => path === null || /^members\b/i.test(path))
    .map(({ path, value }) => (path === null ? countIn(valueIn(value, 'members'), 0) : countIn(value, 1)))
    .reduce((sum, one) => sum + one, 0);
  if (membersPerRequest !== null && changed > membersPerRequest) {
    throw refuse('invalidValue', `A request changes ${membersPerRequest} members at most`);
  }
}

/** How many values a list has; what is no list counts as said. */
function countIn(value: unknown, otherwise: number): number {
  return Array.isArray(value) ? value.length : otherwise;
}
