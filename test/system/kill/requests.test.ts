import { describe, expect } from 'vitest';
import { test } from '../../support/connector.js';
import { killEverywhere } from './kill-everywhere.js';
import { Situation } from './situation.js';
import { busyNight } from './story.js';

const timeout = 600_000;

describe('a run that is killed at a request to Learn Amp and started again', () => {
  test.for(['before', 'after'] as const)(
    'ends as one that was not: %s each request in turn',
    { timeout },
    async (moment, { connect, annotate }) => {
      const situation = await Situation.prepare(connect, busyNight, 4);
      const points = await killEverywhere(situation, { at: 'request', moment });
      await annotate(`${points} kill points`);
      expect(points).toBeGreaterThanOrEqual(50);
    },
  );
});
