import { expect } from 'vitest';
import { DAY, PARTS } from '../../support/part.js';
import type { KillPoint, Situation } from './situation.js';

/**
 * The places of this run's part: the first one, counted from 1, and the distance to the next. Every run has one at least,
 * also of a few.
 */
export function placesOfPart(fewest: number): { readonly first: number; readonly step: number } {
  const step = Math.min(PARTS, fewest);
  return { first: (DAY % step) + 1, step };
}

/**
 * Kills the command at one place of this run's part after the other, until a run comes to its end; after each it is
 * started again, and must leave everything as if it had never been killed. Gives the number of these places. All parts
 * together must have the fewest at least.
 */
export async function killEverywhere(
  situation: Situation,
  point: Omit<KillPoint, 'place'>,
  fewest: number,
): Promise<number> {
  let killed = 0;
  const { first, step } = placesOfPart(fewest);
  let place = first;
  for (; await situation.runUntil({ ...point, place }); place += step) {
    killed += 1;
    const what = `killed ${point.moment} ${point.at} ${place}`;
    await situation.expectMended(what);
    await situation.expectQuiet(what);
    await situation.startOver();
  }
  await situation.startOver();
  if (place - step >= fewest) return killed;
  expect(await situation.runUntil({ ...point, place: fewest }), `there are ${fewest} places`).toBe(true);
  await situation.startOver();
  return killed;
}
