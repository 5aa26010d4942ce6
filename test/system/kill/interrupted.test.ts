import { describe, expect } from 'vitest';
import { createRandom } from '../../../src/sandbox/company/random.js';
import { test } from '../../support/connector.js';
import { rowsOfPart } from '../../support/part.js';
import { onLearnAmp } from './on-learnamp.js';
import { type KillPoint, Situation } from './situation.js';
import { busyNight } from './story.js';

const timeout = 300_000;

/** Made-up points, the same in every test run. */
function killPoints(count: number): readonly KillPoint[] {
  const random = createRandom(7);
  return Array.from({ length: count }, () => {
    const at = random.pick(['request', 'commit'] as const);
    return {
      at,
      moment: random.pick(['before', 'after'] as const),
      place: random.integer(1, at === 'request' ? 55 : 30),
    };
  });
}

describe('a run that is disturbed more than once', () => {
  test('ends as one that was not when the run that mends is killed, too', { timeout }, async ({ connect }) => {
    const situation = await Situation.prepare(connect, onLearnAmp(4), busyNight);
    const points = killPoints(24);
    const threes = points.flatMap((_, index) => (index % 3 === 0 ? [points.slice(index, index + 3)] : []));
    for (const killed of rowsOfPart(threes)) {
      for (const point of killed) await situation.runUntil(point);
      await situation.expectMended(JSON.stringify(killed));
      await situation.startOver();
    }
  });
});

describe('a run that is asked to stop', () => {
  test('finishes what is under way, says 130, and is completed by the next', { timeout }, async ({ connect }) => {
    const situation = await Situation.prepare(connect, onLearnAmp(4), busyNight);
    for (const [place, signal] of rowsOfPart([
      [3, 'SIGINT'],
      [22, 'SIGTERM'],
      [30, 'SIGINT'],
      [41, 'SIGTERM'],
      [52, 'SIGINT'],
    ] as const)) {
      const what = `${signal} at request ${place}`;
      const { code, stderr } = await situation.interruptAt(place, signal);
      expect(code, `${what}: ${stderr}`).toBe(130);
      expect(situation.memory().open, what).toEqual([]);
      await situation.expectMended(what);
      await situation.expectQuiet(what);
      await situation.startOver();
    }
  });
});
