import { describe } from 'vitest';
import { test } from '../../support/connector.js';
import { killEverywhere } from './kill-everywhere.js';
import { onLearnAmp } from './on-learnamp.js';
import { type KillPoint, Situation } from './situation.js';
import { busyNight } from './story.js';

const timeout = 600_000;

/** Kills runs at each request to Learn Amp in turn, all at one moment: files of their own run side by side. */
export function describeRequests(moment: KillPoint['moment']): void {
  describe(`a run that is killed ${moment} a request to Learn Amp and started again`, () => {
    test('ends as one that was not, at each request in turn', { timeout }, async ({ connect, annotate }) => {
      const situation = await Situation.prepare(connect, onLearnAmp(4), busyNight);
      const points = await killEverywhere(situation, { at: 'request', moment }, 50);
      await annotate(`${points} kill points`);
    });
  });
}
