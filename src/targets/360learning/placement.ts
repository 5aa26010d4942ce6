import type { Value } from '../../core/value.js';
import type { Gathering } from '../kit/gathering.js';
import { RejectedError } from '../kit/rejected.js';
import type { Membership } from './bulk-client.js';
import type { Move } from './memberships.js';
import type { OrgChart } from './org-chart.js';
import { groupsIn, type Learning360Settings } from './settings.js';

/** Where people stand in the org chart: the groups below `group` that the levels reach, and no others. */
export interface Placement {
  /** The group that places somebody; all of them, when somebody stands in several; null for none. */
  groupOf(memberships: readonly Held[]): Promise<Value>;
  /** `before`: the place that is known to be ours; undefined where that is not known. */
  move(userId: string, groupId: string, before: Value | undefined): Promise<void>;
  /** Says of a group that does not exist what led to it; other errors stay as they are. */
  explained(error: unknown, groupId: string): Promise<unknown>;
}

type Held = Omit<Membership, 'userId'>;

export function createPlacement(
  client: { roles(userId: string): Promise<readonly Held[]> },
  memberships: Pick<Gathering<Move>, 'ask'>,
  orgChart: Pick<OrgChart, 'places' | 'isBelow' | 'describe'>,
  settings: Pick<Learning360Settings, 'group' | 'level_groups' | 'role'>,
): Placement {
  const { group: top, role } = settings;
  const named = groupsIn(settings);

  async function placesAmong(held: readonly Held[]): Promise<readonly string[]> {
    const places = await orgChart.places();
    return held.filter((one) => one.role === role && places.has(one.groupId)).map(({ groupId }) => groupId);
  }

  async function explained(error: unknown, groupId: string): Promise<unknown> {
    // A group is all that a membership refers to, besides the user.
    if (!(error instanceof RejectedError) || error.reason !== 'unknown_reference') return error;
    const what = `groupNotFound: 360Learning has no group ${await orgChart.describe(groupId)} any more`;
    const remedy = 'the memberships stay as they are; make the group anew, or name another in the config';
    return new RejectedError('unknown_reference', `${what}; ${remedy}`, { cause: error.cause ?? error });
  }

  return {
    explained,
    async groupOf(held) {
      const groups = await placesAmong(held);
      const places = groups.filter((id) => id !== top).toSorted();
      if (places.length > 1) return places;
      return places[0] ?? (groups.includes(top) ? top : null);
    },
    /** Nobody is taken out of the top group: that would take them out of every public group below it as well. */
    async move(userId, groupId, before) {
      const groups = await placesAmong(await client.roles(userId));
      // A group that somebody chose by hand stays, unless the config names it or we put the person there.
      const isOurs = (id: string) => before === undefined || named.has(id) || before === id;
      const left = groups.filter((id) => id !== top && id !== groupId && isOurs(id));
      const membership = (id: string): Membership => ({ userId, groupId: id, role });
      const remove = left.map(membership);
      const isHeld = groups.includes(groupId);
      // Who leaves a group as a learner leaves its public subgroups with it.
      const isLost = (await Promise.all(left.map((id) => orgChart.isBelow(groupId, id)))).includes(true);
      const move: Move = {
        add: isHeld ? [] : [membership(groupId)],
        remove,
        again: isLost ? [membership(groupId)] : [],
      };
      if (move.add.length + move.remove.length === 0) return;
      await memberships.ask(move).catch(async (error: unknown) => {
        throw await explained(error, groupId);
      });
    },
  };
}
