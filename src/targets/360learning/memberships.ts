import { HrsyncError, PermissionError } from '../../errors.js';
import { TimeoutError } from '../../http/errors.js';
import type { AdapterWorld } from '../../http/world.js';
import { createGathering, type Gathering } from '../kit/gathering.js';
import { publicWords, RejectedError } from '../kit/rejected.js';
import type { Membership } from './bulk-client.js';
import type { Learning360Client } from './client.js';
import { codeOf, TITLE } from './errors.js';
import type { Learning360Settings } from './settings.js';

/** What is to become of one person's memberships: first the new ones, then the old ones. */
export interface Move {
  readonly add: readonly Membership[];
  readonly remove: readonly Membership[];
  /** Of the new ones, those that leaving the old groups takes away again, so that they are added once more. */
  readonly again: readonly Membership[];
}

type Calls = Pick<
  Learning360Client,
  'addMembership' | 'removeMembership' | 'startMemberships' | 'operation' | 'operationResults'
>;

/** At most three bulk operations run at once: https://360learning.readme.io/docs/copy-of-rate-limiting-errors */
const BUSY = 'bulkOperationsConcurrencyLimitReached';

type Failures = Map<Membership, unknown>;

/** Pauses between two looks at a bulk operation, in milliseconds: from the first, growing, up to the longest. */
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 15_000;

/** Carries moves out: a few one by one, many by the bulk call, whose results tell what became of each. */
export function createMemberships(client: Calls, settings: Learning360Settings, world: AdapterWorld): Gathering<Move> {
  let bulkWorks = settings.bulk_from > 0;

  /** Nobody leaves a group before they are in the new one: a group that is gone must not leave people in none. */
  async function carryOut(moves: readonly Move[]): Promise<ReadonlyMap<Move, unknown>> {
    const failures = new Map<Move, unknown>();
    const step = async (method: 'POST' | 'DELETE', part: 'add' | 'remove' | 'again') => {
      const going = moves.filter((move) => !failures.has(move));
      const failed = await change(
        method,
        going.flatMap((move) => move[part]),
      );
      for (const move of going) {
        const one = move[part].find((membership) => failed.has(membership));
        if (one !== undefined) failures.set(move, failed.get(one));
      }
    };
    await step('POST', 'add');
    await step('DELETE', 'remove');
    await step('POST', 'again');
    return failures;
  }

  async function change(method: 'POST' | 'DELETE', items: readonly Membership[]): Promise<Failures> {
    if (items.length === 0) return new Map();
    if (!bulkWorks || items.length < settings.bulk_from) return oneByOne(method, items);
    try {
      return await inBulk(method, items);
    } catch (error) {
      if (codeOf(error) === BUSY) {
        world.log.warn(
          `360Learning is busy with other bulk operations of this company, so ${items.length} memberships are written one by one`,
        );
        return oneByOne(method, items);
      }
      if (!(error instanceof PermissionError) && codeOf(error) !== 'bulkAPIDisabled') throw error;
      bulkWorks = false;
      world.log.warn('the bulk call for memberships is not open to us, so they are written one by one');
      return oneByOne(method, items);
    }
  }

  async function oneByOne(method: 'POST' | 'DELETE', items: readonly Membership[]): Promise<Failures> {
    const failed: Failures = new Map();
    const call = method === 'POST' ? client.addMembership : client.removeMembership;
    await Promise.all(
      items.map(async (item) => {
        await call(item).catch((error: unknown) => {
          if (codeOf(error) !== 'userNotFoundInGroup') failed.set(item, error);
        });
      }),
    );
    return failed;
  }

  async function inBulk(method: 'POST' | 'DELETE', items: readonly Membership[]): Promise<Failures> {
    const id = await client.startMemberships(method, items);
    const problem = await ended(id);
    if (problem !== null) {
      throw new RejectedError('other', `the bulk operation failed: ${publicWords(problem)}`, { words: problem });
    }
    const results = await client.operationResults(id);
    const failed: Failures = new Map();
    for (const item of items) {
      const result = results.find(({ input }) => input.userId === item.userId && input.groupId === item.groupId);
      if (result?.status === 'success') continue;
      const why = result === undefined ? 'the bulk operation says nothing of this membership' : result.errorMessage;
      if (method === 'DELETE' && /userNotFoundInGroup/.test(why ?? '')) continue;
      failed.set(item, notTaken(item, why ?? 'failed'));
    }
    return failed;
  }

  /** Waits for the end of an operation; what went wrong with it as a whole, or null. */
  async function ended(id: string): Promise<string | null> {
    const until = world.now().getTime() + settings.bulk_wait_seconds * 1_000;
    for (let pause = FIRST_PAUSE; ; pause = Math.min(LONGEST_PAUSE, pause * 1.5)) {
      const { status, errorMessage } = await client.operation(id).catch((error: unknown) => {
        throw unclear(error);
      });
      if (status === 'completed') return null;
      if (status === 'error') return errorMessage ?? 'no reason given';
      if (world.now().getTime() >= until) {
        const url = `${settings.base_url}/api/v2/bulk/operations/${id}`;
        throw new TimeoutError({ system: TITLE, method: 'GET', url, attempts: 1 }, settings.bulk_wait_seconds);
      }
      await world.sleep(pause);
    }
  }

  return createGathering(carryOut);
}

function notTaken({ groupId }: Membership, why: string): RejectedError {
  const reason = /groupNotFound/.test(why) ? 'unknown_reference' : 'other';
  return new RejectedError(reason, `membership of group ${groupId}: ${publicWords(why)}`, { words: why });
}

// The right to look may be missing where the right to write is not.
function unclear(error: unknown): unknown {
  if (!(error instanceof HrsyncError) || !(error instanceof PermissionError)) return error;
  return new RejectedError('other', `what became of the bulk operation may not be read: ${error.detail}`, {
    cause: error,
  });
}
