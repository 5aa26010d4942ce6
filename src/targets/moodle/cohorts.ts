import { batchesOf } from '../../core/batches.js';
import { isEmpty, type Value } from '../../core/value.js';
import { HrsyncError } from '../../errors.js';
import { askOnce } from '../kit/ask-once.js';
import { RejectedError } from '../kit/rejected.js';
import { type Membership, MOST_MEMBERS, type MoodleClient } from './client.js';
import { createCohortList } from './cohort-list.js';
import { Refusal } from './errors.js';
import { createTurns } from './in-turn.js';
import type { MoodleSettings } from './settings.js';

/** Which of the owned cohorts somebody is to be in; `before`: those they are known to be in, undefined where that is not known. */
export interface Move {
  readonly userId: string;
  readonly wanted: readonly string[];
  readonly before: readonly string[] | undefined;
}

/** The cohorts that belong to hrsync, by id number. Others, and who is in them, are never touched. */
export interface Cohorts {
  /** The owned cohorts that somebody is in. */
  of(userId: string): Promise<readonly string[]>;
  /** Puts people into exactly these of the owned cohorts; gives why it did not work for those for whom it did not. */
  move(moves: readonly Move[]): Promise<ReadonlyMap<Move, HrsyncError>>;
  /** Those id numbers that no cohort bears. Reads only. */
  missing(idnumbers: Iterable<string>): Promise<readonly string[]>;
}

type Calls = Pick<MoodleClient, 'cohorts' | 'createCohort' | 'members' | 'addMembers' | 'removeMembers'>;

/** A warning of an addition about somebody who is in the cohort already: https://moodledev.io/ (core_cohort_add_cohort_members). */
const ALREADY_IN = '3';

/** Memberships are written one call after the other: two equal ones at once fail. */
export function createCohorts(client: Calls, { owned_cohorts }: Pick<MoodleSettings, 'owned_cohorts'>): Cohorts {
  const cohorts = createCohortList(client, owned_cohorts);
  const inTurn = createTurns();
  /** The owned cohorts of everybody who is in one, by account. */
  const membersOfOwned = askOnce(readMembers);

  async function readMembers(): Promise<ReadonlyMap<string, readonly string[]>> {
    const names = await cohorts.owned();
    const held = new Map<string, string[]>();
    if (names.size === 0) return held;
    for (const { cohortId, userId } of await client.members([...names.keys()])) {
      held.set(userId, [...(held.get(userId) ?? []), names.get(cohortId) ?? ''].toSorted());
    }
    return held;
  }

  async function add(wanted: readonly Membership[]): Promise<ReadonlySet<Membership>> {
    const doubtful: Membership[] = [];
    for (const some of batchesOf(wanted, MOST_MEMBERS)) {
      const warnings = await client.addMembers(some);
      // A warning does not say in an own key whom it is about.
      if (warnings.some(({ warningcode }) => warningcode !== ALREADY_IN)) doubtful.push(...some);
    }
    if (doubtful.length === 0) return new Set();
    const held = await client.members([...new Set(doubtful.map(({ cohortId }) => cohortId))]);
    const keys = new Set(held.map(keyOf));
    return new Set(doubtful.filter((one) => !keys.has(keyOf(one))));
  }

  // One deleted person undoes the whole call, and is in no cohort any more.
  async function remove(unwanted: readonly Membership[]): Promise<void> {
    for (const some of batchesOf(unwanted, MOST_MEMBERS)) await removeSome(some);
  }

  async function removeSome(unwanted: readonly Membership[]): Promise<void> {
    try {
      await client.removeMembers(unwanted);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const half = Math.ceil(unwanted.length / 2);
      if (half === unwanted.length) return;
      await removeSome(unwanted.slice(0, half));
      await removeSome(unwanted.slice(half));
    }
  }

  async function idsOf(idnumbers: readonly string[]): Promise<readonly string[]> {
    const ids: string[] = [];
    for (const idnumber of idnumbers) ids.push(await cohorts.take(idnumber));
    return ids;
  }

  async function moveAll(moves: readonly Move[]): Promise<ReadonlyMap<Move, HrsyncError>> {
    const failures = new Map<Move, HrsyncError>();
    const joins = new Map<Move, readonly Membership[]>();
    for (const move of moves) {
      const ids = await idsOf(move.wanted).catch(asFailure);
      if (ids instanceof HrsyncError) failures.set(move, ids);
      else
        joins.set(
          move,
          ids.map((cohortId) => ({ cohortId, userId: move.userId })),
        );
    }
    const isUnknown = moves.some(({ before }) => before === undefined);
    const held = isUnknown ? await membersOfOwned() : new Map<string, readonly string[]>();
    const notIn = await add([...joins.values()].flat());
    const leaves: Membership[] = [];
    for (const [move, joined] of joins) {
      if (joined.some((one) => notIn.has(one))) {
        failures.set(move, new RejectedError('unknown_account', 'Moodle did not put the account into its cohort'));
        continue;
      }
      const before = move.before ?? held.get(move.userId) ?? [];
      for (const idnumber of before) {
        if (move.wanted.includes(idnumber) || !cohorts.isOwned(idnumber)) continue;
        const ids = await cohorts.idsOf(idnumber);
        leaves.push(...ids.map((cohortId) => ({ cohortId, userId: move.userId })));
      }
    }
    await remove(leaves);
    membersOfOwned.forget();
    return failures;
  }

  return {
    of: async (userId) => (await membersOfOwned()).get(userId) ?? [],
    move: (moves) =>
      inTurn(async () => {
        const failure = await moveAll(moves).catch(asFailure);
        return failure instanceof HrsyncError ? new Map(moves.map((move) => [move, failure])) : failure;
      }),
    async missing(idnumbers) {
      const missing: string[] = [];
      for (const idnumber of new Set(idnumbers)) {
        if ((await cohorts.idsOf(idnumber)).length === 0) missing.push(idnumber);
      }
      return missing.sort();
    },
  };
}

/** The id numbers that a value of the field `cohorts` holds. */
export function cohortsIn(value: Value | undefined): readonly string[] {
  if (value === undefined || isEmpty(value)) return [];
  return Array.isArray(value) ? value : [String(value)];
}

function keyOf({ cohortId, userId }: Membership): string {
  return `${cohortId} ${userId}`;
}

function asFailure(error: unknown): HrsyncError {
  if (error instanceof HrsyncError) return error;
  throw error;
}
