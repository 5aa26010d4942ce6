import { protector } from '../../core/protect.js';
import { isEmpty, type Value } from '../../core/value.js';
import { RequestError } from '../../http/errors.js';
import { askOnce, askOnceEach } from '../kit/ask-once.js';
import { RejectedError } from '../kit/rejected.js';
import type { LearnUponClient } from './client.js';
import type { LearnUponSettings } from './settings.js';

type Calls = Pick<LearnUponClient, 'groups' | 'createGroup' | 'groupsOf' | 'addToGroup' | 'removeFromGroup'>;

/** The groups that belong to hrsync. Others, and who is in them, are never touched. */
export interface Groups {
  /** The owned groups that somebody is in, by title. */
  of(userId: string): Promise<readonly string[]>;
  /** Puts somebody into exactly these of the owned groups; false when LearnUpon shows others afterwards. */
  sync(userId: string, titles: readonly string[]): Promise<boolean>;
  /** Those of the titles that no group bears. Reads only. */
  missing(titles: Iterable<string>): Promise<readonly string[]>;
}

const ALREADY = /already/i;

/** Groups are flat, and listed whole at the first need: https://docs.learnupon.com/api/ */
export function createGroups(client: Calls, settings: LearnUponSettings): Groups {
  // The same stars as in patterns of addresses.
  const patterns = settings.owned_groups.map(folded);
  const isOwned = (title: string) => protector(patterns)([folded(title)]);
  const list = askOnce(() => readAll(client));
  // Several people may wait for one new group.
  const makeOnce = askOnceEach(make, folded);

  async function idOf(title: string): Promise<number> {
    const id = (await list()).get(folded(title));
    if (id !== undefined) return id;
    if (settings.groups_missing === 'refuse') {
      throw new RejectedError('unknown_reference', `LearnUpon has no group "${title}" (groups_missing: refuse)`);
    }
    return makeOnce(title);
  }

  // Titles are unique, so a group whose making is unclear is looked for before another is made.
  async function make(title: string): Promise<number> {
    try {
      return await client.createGroup(title.trim());
    } catch (error) {
      const unclear = error instanceof RequestError && error.mayHaveHappened;
      if (!unclear && !(error instanceof RejectedError)) throw error;
      const id = (await readAll(client)).get(folded(title));
      if (id !== undefined) return id;
      if (unclear) return client.createGroup(title.trim());
      throw new RejectedError('unknown_reference', `group "${title}" could not be made: ${error.message}`, {
        cause: error,
      });
    }
  }

  async function owned(userId: string): Promise<Map<string, { readonly id: number; readonly title: string }>> {
    const groups = await client.groupsOf(userId);
    const titled = groups.map(({ id, title }) => ({ id, title: title?.normalize('NFC').trim() ?? '' }));
    return new Map(titled.filter(({ title }) => isOwned(title)).map((group) => [folded(group.title), group]));
  }

  return {
    of: async (userId) => [...(await owned(userId)).values()].map(({ title }) => title).sort(),
    async sync(userId, titles) {
      const foreign = titles.find((title) => !isOwned(title));
      if (foreign !== undefined) {
        throw new RejectedError('invalid_value', `group "${foreign}" is not among owned_groups`);
      }
      const present = await owned(userId);
      const wanted = new Map(titles.map((title) => [folded(title), title]));
      for (const [key, title] of wanted) {
        if (present.has(key)) continue;
        await client.addToGroup(userId, await idOf(title), settings.process_enrollments).catch(unlessAlready);
      }
      for (const [key, { id }] of present) {
        if (!wanted.has(key)) await client.removeFromGroup(userId, id, settings.process_unenrollments);
      }
      if (settings.read_back !== 'always') return true;
      const after = await owned(userId);
      return after.size === wanted.size && [...wanted.keys()].every((key) => after.has(key));
    },
    async missing(titles) {
      const wanted = [...titles];
      if (wanted.length === 0) return [];
      const present = await list();
      return [...new Set(wanted.filter((title) => !present.has(folded(title))))].sort();
    },
  };
}

/** The titles that a value of the field `groups` holds. */
export function groupTitles(value: Value | undefined): readonly string[] {
  if (value === undefined || isEmpty(value)) return [];
  return Array.isArray(value) ? value : [String(value)];
}

async function readAll(client: Pick<Calls, 'groups'>): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  for await (const groups of client.groups()) for (const { id, title } of groups) ids.set(folded(title ?? ''), id);
  return ids;
}

function unlessAlready(error: unknown): void {
  if (!(error instanceof RejectedError && ALREADY.test(error.words ?? error.detail))) throw error;
}

function folded(title: string): string {
  return title.normalize('NFC').trim().toLowerCase();
}
