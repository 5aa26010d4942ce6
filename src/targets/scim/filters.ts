import { emailKey } from '../../core/email.js';
import { HrsyncError } from '../../errors.js';
import { askOnce, askOnceEach } from '../kit/ask-once.js';
import { equals, type ScimClient } from './client.js';
import { entryText } from './entries.js';
import { statusOf } from './errors.js';
import { entriesOf, valueAt } from './path.js';
import type { ScimResource } from './schema.js';
import type { ScimSettings } from './settings.js';

export type Way = ScimSettings['look_up'][number];

/** The attribute that each way of looking up compares. */
export const ATTRIBUTES: Readonly<Record<Way, string>> = {
  external_id: 'externalId',
  user_name: 'userName',
  email: 'emails.value',
};

/**
 * What a filter on one attribute has proven. `whole`: it finds what it should, in any capitals; `untried`: no account has
 * a value to try it with; `exact`: it minds capitals; `everybody`: it is ignored; `nobody`: it does not find what is there;
 * `refused`: the server does not take it.
 */
export type Trust = 'whole' | 'untried' | 'exact' | 'everybody' | 'nobody' | 'refused';

type Client = Pick<ScimClient, 'page' | 'filtered'>;

/** Filters on users, each tried once with a value that exists: servers ignore, refuse and misread them without a word. */
export interface Filters {
  trust(way: Way): Promise<Trust>;
  /** The accounts that a filter shows and that really bear the value. */
  find(way: Way, value: string): Promise<readonly ScimResource[]>;
}

/** Statuses by which a server says that it lists nobody. */
const NOT_LISTED = [400, 404, 405, 501];

export function createFilters(client: Client, { page_size }: Pick<ScimSettings, 'page_size'>): Filters {
  const sample = askOnce(() => readSample(client, page_size));

  async function judge(way: Way): Promise<Trust> {
    const user = (await sample()).find((one) => textsOf(one, way).length > 0);
    const [text] = user === undefined ? [] : textsOf(user, way);
    if (user === undefined || text === undefined) return 'untried';
    const finds = async (asked: string): Promise<Trust> => {
      const rows = await client.filtered('Users', equals(ATTRIBUTES[way], asked));
      if (rows === null) return 'refused';
      if (rows.some((row) => !bears(row, way, text))) return 'everybody';
      return rows.some(({ id }) => id === user.id) ? 'whole' : 'nobody';
    };
    const other = inOtherCapitals(text);
    if (way === 'external_id' || other === text) return finds(text);
    const verdict = await finds(other);
    if (verdict !== 'nobody') return verdict;
    return (await finds(text)) === 'whole' ? 'exact' : 'nobody';
  }

  return {
    trust: askOnceEach(judge),
    async find(way, value) {
      const rows = (await client.filtered('Users', equals(ATTRIBUTES[way], value))) ?? [];
      return rows.filter((row) => bears(row, way, value));
    },
  };
}

function bears(user: ScimResource, way: Way, value: string): boolean {
  const texts = textsOf(user, way);
  return way === 'external_id' ? texts.includes(value) : texts.some((text) => emailKey(text) === emailKey(value));
}

function textsOf(user: ScimResource, way: Way): readonly string[] {
  const value = way === 'email' ? entriesOf(valueAt(user, 'emails')) : [valueAt(user, ATTRIBUTES[way])];
  return value.flatMap((entry) => entryText(entry) ?? []).filter((text) => text !== '');
}

function inOtherCapitals(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

// One page is likely to hold somebody with a value to try a filter with.
async function readSample(client: Client, count: number): Promise<readonly ScimResource[]> {
  try {
    return (await client.page('Users', { startIndex: 1, count })).resources;
  } catch (error) {
    if (error instanceof HrsyncError && NOT_LISTED.includes(statusOf(error) ?? 0)) return [];
    throw error;
  }
}
