import { IncompleteReadError } from '../../../errors.js';
import { NetworkError, StatusError, TimeoutError } from '../../../http/errors.js';
import type { AdapterWorld } from '../../../http/world.js';
import { TITLE } from '../failure.js';
import type { PersonsClient } from './client.js';
import { idOf, type Listed } from './record.js';

/** Asks for the employments of one person after another. */
export interface EmploymentsReader {
  /** Never fails for what concerns one person alone. */
  ask(person: unknown): Promise<Listed>;
  /** Whether anybody's could be read at all. */
  readonly cameForAnybody: boolean;
}

// Sporadic 404s for people who are there have been reported.
const PAUSES = [1_000, 3_000];
/** So many people, or this share of those asked for, may fail before it is no longer about single people. */
const MOST_FAILED = 5;
const MOST_FAILED_SHARE = 0.05;

/**
 * Somebody whose employments cannot be read is not gone, and has not lost anything: they become one unreadable record.
 *
 * @throws IncompleteReadError, from `ask`, when too many fail
 */
export function createEmploymentsReader(
  client: PersonsClient,
  { sleep }: Pick<AdapterWorld, 'sleep'>,
): EmploymentsReader {
  let asked = 0;
  let failed = 0;
  let came = 0;

  const ask = async (id: string): Promise<Listed['employments']> => {
    for (const pause of PAUSES) {
      try {
        return { list: await client.employments(id) };
      } catch (error) {
        if (!isNotFound(error)) throw error;
        await sleep(pause);
      }
    }
    return { list: await client.employments(id) };
  };

  const judge = (error: unknown): { readonly problem: string } => {
    if (!concernsOnePerson(error)) throw error;
    failed += 1;
    if (failed > MOST_FAILED && failed > MOST_FAILED_SHARE * asked) {
      const finding = `the employments of ${failed} of the ${asked} people asked for so far could not be read`;
      throw new IncompleteReadError(TITLE, [finding], { cause: error });
    }
    const reason = error instanceof StatusError ? `Personio answered ${error.status}` : error.message;
    return { problem: `the employments of this person could not be read (${reason}); the next run tries again` };
  };

  return {
    async ask(person) {
      const id = idOf(person);
      if (id === null) return { person, employments: null };
      asked += 1;
      const employments = await ask(id).catch(judge);
      if (employments !== null && 'list' in employments) came += 1;
      return { person, employments };
    },
    get cameForAnybody() {
      return came > 0;
    },
  };
}

function isNotFound(error: unknown): boolean {
  return error instanceof StatusError && error.status === 404;
}

function concernsOnePerson(error: unknown): error is Error {
  if (error instanceof StatusError) return error.status !== 429;
  return error instanceof IncompleteReadError || error instanceof TimeoutError || error instanceof NetworkError;
}
