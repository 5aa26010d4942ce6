import type { MappingRule } from '../../core/mapping.js';
import { RequestError } from '../../errors.js';
import type { Finding } from '../../http/world.js';
import { RejectedError } from '../kit/rejected.js';
import { equals, type Page, type ScimClient } from './client.js';
import { statusOf } from './errors.js';
import { ATTRIBUTES, type Filters, type Trust, type Way } from './filters.js';
import { operationsFor } from './patch.js';
import { valueAt } from './path.js';
import type { ReadOptions } from './reading.js';

/** What a check looks with. */
export interface CheckParts {
  readonly client: ScimClient;
  readonly filters: Filters;
  readonly reading: ReadOptions;
  readonly rules: readonly MappingRule[];
}

/** A name and an id that nobody has. */
const NOBODY = 'hrsync-check-nobody';

/** What a filter that was tried with a value that exists came to. */
const VERDICTS: Readonly<Record<Trust, readonly [level: Finding['level'], message: string]>> = {
  whole: ['ok', 'finds an account that exists, in other capitals too'],
  untried: ['warning', 'could not be tried: no account shows a value'],
  exact: ['warning', 'minds capitals, so the list of users is read instead'],
  everybody: ['warning', 'is ignored and shows others, so the list of users is read instead'],
  nobody: ['warning', 'does not find an account that exists, so the list of users is read instead'],
  refused: ['warning', 'is refused, so the list of users is read instead'],
};

/** What the server can be shown to do, finding by finding; throws what keeps it from being looked at. */
export async function* checkServer(parts: CheckParts): AsyncGenerator<Finding> {
  const { client, reading } = parts;
  const { settings } = reading;
  const first = await client.page('Users', { startIndex: 1, count: settings.page_size });
  const total = first.total === null ? '' : `; it counts ${first.total}`;
  yield { level: 'ok', subject: 'credentials', message: `accepted; users are readable${total}` };
  yield* paging(parts, first);
  for (const way of settings.look_up) yield await filter(parts, way);
  yield* discovery(parts);
  yield* shown(parts, first);
  if (settings.groups === 'own') {
    await client.page('Groups', { startIndex: 1, count: 1 });
    yield { level: 'ok', subject: 'groups', message: 'readable' };
  }
  yield* rights(parts);
}

async function* paging({ client, reading }: CheckParts, first: Page): AsyncGenerator<Finding> {
  const subject = 'list of users';
  if (reading.settings.paging !== 'index' && first.nextCursor !== null) {
    yield { level: 'ok', subject, message: 'is paged by cursor' };
  } else if (first.total === null || first.total < 2) {
    yield { level: 'ok', subject, message: 'is too short to show whether it is paged' };
  } else {
    const [one] = (await client.page('Users', { startIndex: 1, count: 1 })).resources;
    const [two] = (await client.page('Users', { startIndex: 2, count: 1 })).resources;
    const works = one !== undefined && two !== undefined && one.id !== two.id;
    const ignored =
      'the server ignores startIndex, so people beyond the first page cannot be listed: accounts are found by filters alone';
    yield works
      ? { level: 'ok', subject, message: 'is paged by index' }
      : { level: 'warning', subject, message: ignored };
  }
}

async function filter({ client, filters }: CheckParts, way: Way): Promise<Finding> {
  const subject = `filter on ${ATTRIBUTES[way]}`;
  const trust = await filters.trust(way);
  const strangers = trust === 'refused' ? [] : await client.filtered('Users', equals(ATTRIBUTES[way], NOBODY));
  const isIgnored = strangers !== null && strangers.length > 0;
  const [level, message] = VERDICTS[isIgnored ? 'everybody' : strangers === null ? 'refused' : trust];
  const proven = level === 'ok' ? `${message}, and nobody for a value that nobody has` : message;
  return { level, subject, message: proven };
}

async function* discovery({ client, reading: { settings } }: CheckParts): AsyncGenerator<Finding> {
  const provider = await client.provider();
  const subject = 'discovery';
  if (provider === null) {
    yield { level: 'ok', subject, message: 'the server does not describe itself; the settings alone decide' };
    return;
  }
  yield { level: 'ok', subject, message: 'the server describes itself; the settings decide all the same' };
  if (provider.patch?.supported === false && settings.write === 'patch') {
    const message = 'the server says that it takes no PATCH: try "write: put" should changes be refused';
    yield { level: 'warning', subject, message };
  }
  if (provider.filter?.supported === false) {
    yield { level: 'warning', subject, message: 'the server says that it takes no filters' };
  }
}

/** Who else has numbered these accounts, and whether rights can be told. */
async function* shown({ reading: { settings } }: CheckParts, { resources }: Page): AsyncGenerator<Finding> {
  if (settings.external_id === 'write') {
    const numbered = resources.filter((user) => valueAt(user, 'externalId') !== undefined).length;
    const message = `${numbered} of the first ${resources.length} accounts bear an externalId; numbers that another provisioning gave are replaced in accounts that are taken over`;
    yield { level: 'ok', subject: 'external ids', message };
  }
  for (const path of Object.keys(settings.privileged_when)) {
    if (resources.length === 0 || resources.some((user) => valueAt(user, path) !== undefined)) continue;
    const message = `none of the first ${resources.length} accounts shows "${path}": if administrators do not show it either, they count as learners`;
    yield { level: 'warning', subject: 'privileged_when', message };
  }
}

/** Whether changes are allowed, by one of an account that nobody has: with the right to write the answer is 404. */
async function* rights({ client, reading: { settings } }: CheckParts): AsyncGenerator<Finding> {
  const subject = 'rights';
  if (settings.write === 'put') {
    yield { level: 'ok', subject, message: 'whether changes are allowed shows with the first one only' };
    return;
  }
  try {
    await client.patchUser(NOBODY, operationsFor([{ path: 'active', value: false }], settings.dialect));
    yield { level: 'warning', subject, message: 'the server accepts a change of an account that does not exist' };
  } catch (error) {
    if (statusOf(error) === 403) {
      const message = 'these credentials may read and not write: give them the right to manage users';
      yield { level: 'error', subject, message, cause: 'credentials' };
    } else if (statusOf(error) === 404) {
      yield {
        level: 'ok',
        subject,
        message: 'changes are allowed: one of an account that does not exist is answered so',
      };
    } else if (error instanceof RejectedError || error instanceof RequestError) {
      const message = `whether changes are allowed could not be told: ${error.message}`;
      yield { level: 'warning', subject, message };
    } else throw error;
  }
}
