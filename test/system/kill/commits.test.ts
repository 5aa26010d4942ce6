import { describe, expect } from 'vitest';
import { test } from '../../support/connector.js';
import { killEverywhere } from './kill-everywhere.js';
import { Situation } from './situation.js';
import { busyNight, firstImport } from './story.js';

const timeout = 600_000;

describe('a run that is killed at a commit of its state and started again', () => {
  // One change at a time: with several under way, one commit would serve them all.
  test.for([
    ['before', 'a busy night', busyNight, 60],
    ['after', 'a busy night', busyNight, 60],
    ['before', 'a first import', firstImport, 20],
    ['after', 'a first import', firstImport, 20],
  ] as const)(
    'ends as one that was not: %s each commit of %s in turn',
    { timeout },
    async ([moment, , story, fewest], { connect, annotate }) => {
      const situation = await Situation.prepare(connect, story, 1);
      const points = await killEverywhere(situation, { at: 'commit', moment });
      await annotate(`${points} kill points`);
      expect(points).toBeGreaterThanOrEqual(fewest);
    },
  );
});
