import { batchesOf } from '../../core/batches.js';
import { caseless } from '../../core/caseless.js';
import { isEmpty, type Value } from '../../core/value.js';
import { HrsyncError, RequestError } from '../../errors.js';
import { askOnce, askOnceEach } from '../kit/ask-once.js';
import { type Batcher, createBatcher } from '../kit/batcher.js';
import { RejectedError } from '../kit/rejected.js';
import { equals, type ScimClient } from './client.js';
import { scimTypeOf, statusOf } from './errors.js';
import { readList } from './pages.js';
import { addMembers, type Operation, removeMembers } from './patch.js';
import { valueAt } from './path.js';
import type { ReadOptions } from './reading.js';
import type { ScimResource } from './schema.js';

type Calls = Pick<ScimClient, 'page' | 'filtered' | 'createGroup' | 'patchGroup'>;

/** What is to become of one account's memberships, by the ids of groups. */
interface Move {
  readonly userId: string;
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** The groups that belong to hrsync. Others, and who is in them, are never touched. */
export interface Groups extends Pick<Batcher<Move>, 'during'> {
  /** Puts an account into exactly the wanted ones of the owned groups, as far as it is known which it is in: first the new ones. */
  sync(userId: string, wanted: readonly string[], known: readonly string[]): Promise<void>;
  /** Those of the names that no group bears. Reads only. */
  missing(names: Iterable<string>): Promise<readonly string[]>;
}

/**
 * Membership is changed at the group (https://www.rfc-editor.org/rfc/rfc7643#section-4.2). Its members are never read: there
 * may be very many. The changes of those who are written at the same time go into one request for each group.
 */
export function createGroups(client: Calls, { settings, isOwned }: ReadOptions): Groups {
  const list = askOnce(() => readAll(client, settings));
  const found = askOnceEach(lookUp, caseless);
  const made = askOnceEach(make, caseless);
  const ours = new Map<string, string>();
  const moves = createBatcher(carryOut);

  // What was looked for before it was made is remembered as missing.
  async function idOf(name: string): Promise<string | null> {
    return ours.get(caseless(name)) ?? found(name);
  }

  async function lookUp(name: string): Promise<string | null> {
    const rows = await client.filtered('Groups', equals('displayName', name));
    const byFilter = (rows ?? []).filter((group) => isCalled(group, name));
    if (byFilter.length > 0) return theOnly(name, byFilter);
    // The filter may mind capitals, or find nothing ever.
    return theOnly(
      name,
      (await list()).filter((group) => isCalled(group, name)),
    );
  }

  // A group whose making is unclear is looked for before another is made: names need not be unique.
  async function make(name: string): Promise<string> {
    try {
      return noted(name, await client.createGroup(name.trim()));
    } catch (error) {
      const unclear = error instanceof RequestError && error.mayHaveHappened;
      if (!unclear && !(error instanceof RejectedError)) throw error;
      const id = theOnly(
        name,
        (await readAll(client, settings)).filter((group) => isCalled(group, name)),
      );
      if (id !== null) return noted(name, id);
      const detail = `group "${name}" could not be made: ${error.message}`;
      throw new RejectedError('unknown_reference', detail, { cause: error });
    }
  }

  function noted(name: string, id: string): string {
    ours.set(caseless(name), id);
    return id;
  }

  async function carryOut(asked: readonly Move[]): Promise<(move: Move) => void> {
    const failures = new Map<Move, unknown>();
    for (const part of ['add', 'remove'] as const) {
      for (const group of new Set(asked.flatMap((move) => move[part]))) {
        const going = asked.filter((move) => move[part].includes(group) && !failures.has(move));
        for (const some of batchesOf(going, settings.members_per_request)) await change(group, part, some, failures);
      }
    }
    return (move) => {
      if (failures.has(move)) throw failures.get(move);
    };
  }

  // One account that the server does not take must not keep the others out.
  async function change(group: string, part: 'add' | 'remove', some: readonly Move[], failures: Map<Move, unknown>) {
    try {
      await client.patchGroup(
        group,
        operations(
          part,
          some.map(({ userId }) => userId),
        ),
      );
    } catch (error) {
      if (part === 'remove' && isGoneAlready(error) && some.length === 1) return;
      if (!(error instanceof HrsyncError)) throw error;
      if (error instanceof RejectedError && some.length > 1) {
        for (const move of some) await change(group, part, [move], failures);
      } else for (const move of some) failures.set(move, error);
    }
  }

  function operations(part: 'add' | 'remove', ids: readonly string[]): readonly Operation[] {
    return part === 'add' ? addMembers(ids, settings) : removeMembers(ids, settings);
  }

  return {
    during: moves.during,
    async sync(userId, wanted, known) {
      const foreign = wanted.find((name) => !isOwned(name));
      if (foreign !== undefined)
        throw new RejectedError('invalid_value', `group "${foreign}" is not among owned_groups`);
      const [now, then] = [new Set(wanted.map(caseless)), new Set(known.map(caseless))];
      const add: string[] = [];
      for (const name of wanted) if (!then.has(caseless(name))) add.push((await idOf(name)) ?? (await made(name)));
      const remove: string[] = [];
      for (const name of known.filter(isOwned)) {
        const id = now.has(caseless(name)) ? null : await idOf(name);
        if (id !== null) remove.push(id);
      }
      if (add.length > 0 || remove.length > 0) await moves.ask({ userId, add, remove });
    },
    async missing(names) {
      const wanted = [...new Set(names)].sort();
      const ids = await Promise.all(wanted.map(found));
      return wanted.filter((_, index) => ids[index] === null);
    },
  };
}

/** The names that a value of the field `groups` holds. */
export function groupNames(value: Value | undefined): readonly string[] {
  if (value === undefined || isEmpty(value)) return [];
  return Array.isArray(value) ? value : [String(value)];
}

async function readAll(client: Calls, settings: ReadOptions['settings']): Promise<readonly ScimResource[]> {
  const groups: ScimResource[] = [];
  for await (const page of readList(client, 'Groups', settings)) {
    // Only what is needed is kept: members may come although they were not asked for.
    groups.push(...page.map(({ id, displayName }) => ({ id, displayName })));
  }
  return groups;
}

function isCalled(group: ScimResource, name: string): boolean {
  const shown = valueAt(group, 'displayName');
  return typeof shown === 'string' && caseless(shown) === caseless(name);
}

function theOnly(name: string, groups: readonly ScimResource[]): string | null {
  const ids = [...new Set(groups.map(({ id }) => id))];
  if (ids.length > 1) {
    throw new RejectedError(
      'unknown_reference',
      `${ids.length} groups are called "${name}": rename all but one in the LMS`,
    );
  }
  return ids[0] ?? null;
}

// Out of a group that is gone, or that somebody is in no longer, nobody need be taken.
function isGoneAlready(error: unknown): boolean {
  return scimTypeOf(error) === 'notarget' || statusOf(error) === 404;
}
