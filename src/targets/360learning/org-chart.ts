import { type Place, placeFrom, placeKey } from '../../core/place.js';
import { askOnce } from '../kit/ask-once.js';
import type { Unplaced } from '../target.js';
import type { Learning360Client } from './client.js';
import type { Group } from './schema.js';
import { groupsIn, keyOf, type Learning360Settings } from './settings.js';

/** The groups of one company as the levels see them. Read once, and remembered for as long as the target is open. */
export interface OrgChart {
  /** The group for a place that HR gives, and what of the place no group matches. Asks only where names must be looked up. */
  resolve(text: string): Promise<{ readonly group: string; readonly unplaced: Unplaced | null }>;
  /** Every group in which the levels may place somebody, `group` included. */
  places(): Promise<ReadonlySet<string>>;
  isBelow(id: string, ancestor: string): Promise<boolean>;
  /** Groups of one parent that share a name, so that nobody is placed in either. */
  ambiguous(): Promise<readonly { readonly name: string; readonly parent: string; readonly ids: readonly string[] }[]>;
  /** A group as people know it: its id, its name, and what of the config or of HR leads to it. */
  describe(id: string): Promise<string>;
}

type Settings = Pick<Learning360Settings, 'group' | 'levels' | 'level_groups'>;

/** Groups by id and by parent: https://360learning.readme.io/docs/ (v2 reference, "List all groups") */
interface Tree {
  readonly byId: ReadonlyMap<string, Group>;
  readonly children: ReadonlyMap<string, readonly Group[]>;
}

export function createOrgChart(client: Pick<Learning360Client, 'groups'>, settings: Settings): OrgChart {
  const { group: top, levels, level_groups } = settings;
  const tree = askOnce(async () => treeOf(await client.groups()));

  /** The groups in which `levels.length - less` levels may place somebody. */
  async function placesOf(less: number): Promise<ReadonlySet<string>> {
    if (levels.length - less <= 0) return groupsIn(settings);
    const { children } = await tree();
    const named = Object.values(level_groups).flatMap((id) => below(id, levels.length - 1 - less, children));
    return new Set([...below(top, levels.length - less, children), ...named]);
  }

  async function resolve(text: string) {
    const place = placeFrom(text);
    let group = place.start;
    if (place.names.length === 0) return { group, unplaced: null };
    const groups = await tree();
    for (const [index, name] of place.names.entries()) {
      const fitting = (groups.children.get(group) ?? []).filter((one) => placeKey(one.name ?? '') === placeKey(name));
      const [only] = fitting;
      if (only === undefined || fitting.length > 1)
        return { group, unplaced: unplaced(place, index, group, fitting, groups) };
      group = only._id;
    }
    return { group, unplaced: null };
  }

  function unplaced(
    { known: passed, names }: Place,
    index: number,
    parent: string,
    fitting: readonly Group[],
    groups: Tree,
  ): Unplaced {
    const where = nameOf(parent, groups);
    const problem =
      fitting.length === 0
        ? `360Learning has no group of that name below ${where}`
        : `360Learning has several groups of that name below ${where}: ${fitting.map(({ _id }) => _id).join(', ')}`;
    const mend = fitting.length === 0 ? 'give a group that name' : 'rename all but one';
    const remedy = `stays in ${where}; ${mend} in 360Learning, or name the group's id in target.level_groups`;
    return {
      field: levels[passed + index] ?? 'levels',
      value: names[index] ?? '',
      problem: `${problem}, so the account ${remedy}`,
    };
  }

  return {
    resolve,
    places: () => placesOf(0),
    async isBelow(id, ancestor) {
      const { byId } = await tree();
      const seen = new Set<string>();
      for (let at = byId.get(id)?.parentId; at && !seen.has(at); at = byId.get(at)?.parentId) {
        if (at === ancestor) return true;
        seen.add(at);
      }
      return false;
    },
    async ambiguous() {
      if (levels.length === 0) return [];
      const groups = await tree();
      // The lowest places are nobody's parents.
      return [...(await placesOf(1))].flatMap((parent) => doubled(parent, groups));
    },
    async describe(id) {
      const key = keyOf(id, settings);
      if (key !== null) return `${id} (${key})`;
      const groups = await tree();
      const group = groups.byId.get(id);
      if (group === undefined) return id;
      const path: string[] = [];
      for (let at: Group | undefined = group; at && at._id !== top && path.length < levels.length; ) {
        path.unshift(at.name ?? at._id);
        at = groups.byId.get(at.parentId ?? '');
      }
      return `${id} ("${path.join(' / ')}" below target.group, found by the names in ${levels.join(' / ')})`;
    },
  };
}

/** A group and those below it, down to so many levels. */
function below(id: string, depth: number, children: Tree['children']): readonly string[] {
  if (depth <= 0) return [id];
  return [id, ...(children.get(id) ?? []).flatMap((child) => below(child._id, depth - 1, children))];
}

function treeOf(groups: readonly Group[]): Tree {
  const children = new Map<string, Group[]>();
  for (const group of groups) {
    if (group.parentId) children.set(group.parentId, [...(children.get(group.parentId) ?? []), group]);
  }
  return { byId: new Map(groups.map((group) => [group._id, group])), children };
}

function nameOf(id: string, { byId }: Tree): string {
  const name = byId.get(id)?.name;
  return name ? `"${name}" (${id})` : `group ${id}`;
}

function doubled(parent: string, groups: Tree) {
  const byName = new Map<string, Group[]>();
  for (const group of groups.children.get(parent) ?? []) {
    const key = placeKey(group.name ?? '');
    byName.set(key, [...(byName.get(key) ?? []), group]);
  }
  return [...byName.values()]
    .filter((same) => same.length > 1)
    .map((same) => ({ name: same[0]?.name ?? '', parent: nameOf(parent, groups), ids: same.map(({ _id }) => _id) }));
}
