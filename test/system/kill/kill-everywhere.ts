import { expect } from 'vitest';
import { DAY, PARTS } from '../../support/part.js';
import type { KillPoint, Situation } from './situation.js';

/** The first place of this run's part, counted from 1; the next ones follow at a distance of `PARTS`. */
export const FIRST_PLACE = (DAY % PARTS) + 1;

/**
 * Kills the command at one place after the other, until a run comes to its end; after each it is started again, and must
 * leave everything as if it had never been killed. There must be the fewest places at least, whichever of them are in
 * this run's part. Gives the number of places where it was killed.
 */
export async function killEverywhere(
  situation: Situation,
  point: Omit<KillPoint, 'place'>,
  fewest: number,
): Promise<number> {
  let killed = 0;
  let place = FIRST_PLACE;
  for (; await situation.runUntil({ ...point, place }); place += PARTS) {
    killed += 1;
    const what = `killed ${point.moment} ${point.at} ${place}`;
    await situation.expectMended(what);
    await situation.expectQuiet(what);
    await situation.startOver();
  }
  await situation.startOver();
  if (place - PARTS >= fewest) return killed;
  expect(await situation.runUntil({ ...point, place: fewest }), `there are ${fewest} places`).toBe(true);
  await situation.startOver();
  return killed;
}
