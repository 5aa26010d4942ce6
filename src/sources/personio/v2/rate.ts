import type { RatedAnswer } from '../../../http/client.js';
import { replenishRate } from '../../../http/requested-pause.js';

// Of what a bucket is refilled with: another process may use the same credentials.
const SHARE = 0.9;
/** Whatever a header says, nobody needs to be faster. */
const FASTEST = 25;
const PEOPLE = /\/v2\/persons(\/[^/]+\/employments)?$/;

/**
 * Follows the state of the token buckets that v2 has been seen to tell, one per route; where a route tells none, the
 * configured pace holds. The slowest route for people decides for all: names are few.
 *
 * @param usual requests a second without such headers
 * @param most what the config allows, or null where it says nothing
 */
export function createRateFollower(usual: number, most: number | null): (answer: RatedAnswer) => number | null {
  const rates = new Map<string, number>();
  return ({ path, headers }) => {
    const route = PEOPLE.exec(path);
    if (route === null) return null;
    const told = replenishRate(headers);
    rates.set(route[1] === undefined ? 'persons' : 'employments', told === null ? usual : told * SHARE);
    return Math.min(most ?? FASTEST, ...rates.values());
  };
}
