/**
 * What a connector may be let do step by step. `create`: give somebody an open account (new, or a closed one opened again).
 * `update`: write to accounts that exist, and link them. `deactivate`: end accounts, deletions included. `invite`: have
 * invitations mailed.
 */
export const ROLLOUT_SWITCHES = ['create', 'update', 'deactivate', 'invite'] as const;
export type RolloutSwitch = (typeof ROLLOUT_SWITCHES)[number];

/** Which kinds of changes are carried out; what is off is planned and held back. */
export type RolloutPolicy = Readonly<Record<RolloutSwitch, boolean>>;

/** What a switch holds back, as the beginning of a sentence. */
export const SWITCHED: Readonly<Record<RolloutSwitch, string>> = {
  create: 'new and reopened accounts',
  update: 'updates and links of existing accounts',
  deactivate: 'endings',
  invite: 'invitations',
};

/** The first of some switches that is off, or null. */
export function switchedOff(rollout: RolloutPolicy, switches: readonly RolloutSwitch[]): RolloutSwitch | null {
  return switches.find((one) => !rollout[one]) ?? null;
}

/** Why a change is held back, as part of a sentence. */
export function sayOff(one: RolloutSwitch): string {
  return `rollout.${one} is off`;
}
