import { PermissionError } from '../../../errors.js';
import type { BamboohrClient } from '../client.js';
import { TITLE } from '../failure.js';
import { type Listed, type Roster, readRoster } from './roster.js';

/** What says how many people there are, apart from the answer that brings their values. */
export interface Proof {
  readonly totalAtStart: number;
  readonly totalAtEnd: number;
  /** Everybody on the list of employees, readable or not; null where BambooHR does not show it to the key. */
  readonly people: ReadonlyMap<string, Listed> | null;
  /** Who stands on that list more than once. */
  readonly repeated: ReadonlySet<string>;
  readonly notices: readonly string[];
}

const NO_LIST =
  'BambooHR does not show this key the list of employees: the count of its data set is the proof, and people whom the key may not read are not seen';

/**
 * Counts the people: by the list of employees, or by the data set where the list is refused.
 *
 * @throws PermissionError where neither answers: nothing could be concluded then
 */
export async function countPeople(client: BamboohrClient): Promise<Proof> {
  const roster: Roster | null = await readRoster(client);
  if (roster !== null) return { ...roster, notices: [] };
  const { total } = await client.dataset([], 1, 1).catch((error: unknown) => {
    if (!(error instanceof PermissionError)) throw error;
    const missing = ['employees', ...error.missing];
    throw new PermissionError(TITLE, missing, `neither shows how many people there are: ${error.detail}`, {
      cause: error,
    });
  });
  return { totalAtStart: total, totalAtEnd: total, people: null, repeated: new Set(), notices: [NO_LIST] };
}
