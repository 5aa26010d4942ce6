import { describe } from 'vitest';
import { test } from '../../support/connector.js';
import { killEverywhere } from './kill-everywhere.js';
import { type KillPoint, type Open, Situation, type Stage, type Story } from './situation.js';

/** What is killed at each of its writes. */
export interface Killed<On extends Stage> {
  readonly what: string;
  readonly open: Open<On>;
  readonly story: Story<On>;
  /** The fewest writes there must be. */
  readonly fewest: number;
}

/**
 * Kills runs at each write to a learning platform in turn. Reads change nothing there: to be killed at one is to be killed
 * before the next write.
 */
export function describeWrites<On extends Stage>(moment: KillPoint['moment'], ...killed: readonly Killed<On>[]): void {
  describe(`a run that is killed ${moment} a write and started again`, () => {
    test.for(killed.map((one) => [one.what, one] as const))(
      'ends as one that was not, and nobody is made or invited twice: %s',
      { timeout: 240_000 },
      async ([, { open, story, fewest }], { connect, annotate }) => {
        const situation = await Situation.prepare(connect, open, story);
        const points = await killEverywhere(situation, { at: 'write', moment }, fewest);
        await annotate(`${points} kill points`);
      },
    );
  });
}
