import type { Decision } from './decide.js';
import type { RolloutSwitch } from './rollout.js';

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
