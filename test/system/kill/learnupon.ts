import { onLearnUpon } from './on-learnupon.js';
import type { KillPoint } from './situation.js';
import { invitedNight, openingNight } from './story-learnupon.js';
import { describeWrites } from './writes.js';

const OWN_GROUPS = {
  target: { invite_strategy: 'invite', groups: 'own', owned_groups: ['*'] },
  mapping: { groups: { from: 'department', type: 'multi_choice' } },
};

/** Kills runs into LearnUpon at each write, all at one moment: files of their own run side by side. */
export function describeLearnUpon(moment: KillPoint['moment']): void {
  describeWrites(
    moment,
    {
      what: 'a night of invitations in LearnUpon',
      open: onLearnUpon(OWN_GROUPS),
      story: invitedNight,
      fewest: 11,
    },
    {
      what: 'a night on which early accounts of LearnUpon are opened',
      open: onLearnUpon({ target: { invite_strategy: 'create_disabled_then_enable' } }),
      story: openingNight,
      fewest: 2,
    },
  );
}
