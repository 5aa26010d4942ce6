import type { KillPoint, Situation } from './situation.js';

/**
 * Kills the command at the first place, the second, and so on, until a run comes to its end; after each it is started
 * again, and must leave everything as if it had never been killed. Gives the number of places.
 */
export async function killEverywhere(situation: Situation, point: Omit<KillPoint, 'place'>): Promise<number> {
  let place = 1;
  for (; await situation.runUntil({ ...point, place }); place += 1) {
    const what = `killed ${point.moment} ${point.at} ${place}`;
    await situation.expectMended(what);
    await situation.expectQuiet(what);
    await situation.startOver();
  }
  await situation.startOver();
  return place - 1;
}
