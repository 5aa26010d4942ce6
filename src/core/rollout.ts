import type { Decision } from './decide.js';

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

/** When the LMS mails, as far as it decides what a switch holds back. */
interface Mailing {
  /** Whether the mail to a newcomer is part of making the account. */
  readonly atCreation: boolean;
  /** Whether opening an account again makes the LMS mail. */
  readonly atReturn: boolean;
}

/** The switches that must be on for a decision to be carried out. */
export function switchesFor(decision: Decision, mails: Mailing): readonly RolloutSwitch[] {
  switch (decision.action) {
    case 'create':
      return decision.invitation.action === 'send' && mails.atCreation ? ['create', 'invite'] : ['create'];
    case 'reactivate':
      return mails.atReturn ? ['create', 'invite'] : ['create'];
    case 'adopt':
      if (decision.account.state !== 'deactivated') return ['update'];
      return mails.atReturn ? ['update', 'create', 'invite'] : ['update', 'create'];
    // The account of somebody who left goes to somebody else, whether it is open or closed.
    case 'take_over':
      return ['update', 'create'];
    case 'compare':
      return ['update'];
    case 'deactivate':
    case 'delete':
      return ['deactivate'];
    case 'hold':
    case 'wait':
    case 'skip':
    case 'nothing':
      return [];
  }
}

/** The first of some switches that is off, or null. */
export function switchedOff(rollout: RolloutPolicy, switches: readonly RolloutSwitch[]): RolloutSwitch | null {
  return switches.find((one) => !rollout[one]) ?? null;
}

/** Why a change is held back, as part of a sentence. */
export function sayOff(one: RolloutSwitch): string {
  return `rollout.${one} is off`;
}
