import { normaliseText } from '../../core/text.js';
import type { Value } from '../../core/value.js';
import { NAMELESS } from '../kit/nameless.js';
import type { Group } from './schema.js';
import { entryOf, namesOf } from './value.js';

/** Kombo knows three kinds of group, and those that have none. */
export type GroupType = 'DEPARTMENT' | 'TEAM' | 'COST_CENTER';

/** The groups of a company: an employee's own list of them knows no parents. */
export class GroupTree {
  readonly #groups: ReadonlyMap<string, Group>;

  constructor(groups: readonly Group[]) {
    this.#groups = new Map(groups.map((group) => [group.id, group]));
  }

  /**
   * Names of an employee's groups of one kind; undefined when their list is not one. Of a group and those above it only
   * the lowest counts: many HR systems put people into a department and into all that it belongs to. `NAMELESS` where one of
   * them has no name, or where only groups of an unknown kind are left that may be the one looked for.
   */
  namesIn(memberships: unknown, type: GroupType): Value | undefined | typeof NAMELESS {
    if (memberships === null || memberships === undefined) return null;
    if (!Array.isArray(memberships)) return undefined;
    const all = memberships.map((one) => this.#known(one));
    const own = all.filter((group) => group.type === type);
    if (own.length === 0 && all.some((group) => group.type === null)) return NAMELESS;
    const above = new Set(own.flatMap(({ id }) => [...this.#above(id)]));
    const lowest = own.filter(({ id }) => !above.has(id));
    const names = (lowest.length > 0 ? lowest : own).map(({ name }) => normaliseText(name ?? ''));
    return names.includes('') ? NAMELESS : namesOf(names);
  }

  /** These groups and all below them: of whom one of these has changed, the lowest group may be another now. */
  withThoseBelow(ids: readonly string[]): readonly string[] {
    const changed = new Set(ids);
    const below = [...this.#groups.keys()].filter((id) => [...this.#above(id)].some((above) => changed.has(above)));
    return [...new Set([...ids, ...below])];
  }

  #known(membership: unknown): Pick<Group, 'id' | 'name' | 'type'> {
    const id = textIn(membership, 'id') ?? '';
    const group = this.#groups.get(id);
    return {
      id,
      name: textIn(membership, 'name') ?? group?.name,
      type: textIn(membership, 'type') ?? group?.type ?? null,
    };
  }

  /** Everything above a group, as far as it is known; a circle ends where it began. */
  #above(id: string): ReadonlySet<string> {
    const found = new Set<string>();
    let parent = this.#groups.get(id)?.parent_id;
    while (typeof parent === 'string' && parent !== id && !found.has(parent)) {
      found.add(parent);
      parent = this.#groups.get(parent)?.parent_id;
    }
    return found;
  }
}

function textIn(record: unknown, key: string): string | null {
  const value = entryOf(record, key);
  return typeof value === 'string' ? value : null;
}
