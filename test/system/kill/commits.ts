import { describe } from 'vitest';
import { test } from '../../support/connector.js';
import { killEverywhere } from './kill-everywhere.js';
import { onLearnAmp } from './on-learnamp.js';
import { type KillPoint, Situation } from './situation.js';
import { busyNight, firstImport } from './story.js';

const timeout = 600_000;

/** Kills runs at each commit of their state in turn, all at one moment: files of their own run side by side. */
export function describeCommits(moment: KillPoint['moment']): void {
  describe(`a run that is killed ${moment} a commit of its state and started again`, () => {
    // One change at a time: with several under way, one commit would serve them all. The outcome of a change and the
    // intent of the next share one as it is.
    test.for([
      ['a busy night', busyNight, 38],
      ['a first import', firstImport, 10],
    ] as const)(
      'ends as one that was not, at each commit of %s in turn',
      { timeout },
      async ([, story, fewest], { connect, annotate }) => {
        const situation = await Situation.prepare(connect, onLearnAmp(1), story);
        const points = await killEverywhere(situation, { at: 'commit', moment }, fewest);
        await annotate(`${points} kill points`);
      },
    );
  });
}
