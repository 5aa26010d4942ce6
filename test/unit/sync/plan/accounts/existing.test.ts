import { expect, it } from 'vitest';
import { ShortListError } from '../../../../../src/errors.js';
import type { RunContext } from '../../../../../src/sync/context.js';
import { findExisting } from '../../../../../src/sync/plan/accounts/existing.js';
import { account } from '../../../core/made-up.js';

/** Looks for so many people, of whom the last has an account, and tells how the LMS was asked. */
async function lookedFor(people: number, looksUpAtMost?: number, isShort = false) {
  const sought = Array.from({ length: people }, (_, index) => ({
    employeeId: `e${index + 1}`,
    externalId: `${index + 1}`,
    email: null,
  }));
  const theirs = account({ id: 'a', externalId: `${people}` });
  const asked: string[] = [];
  const capabilities = { inviteByHand: false, externalId: true, listShowsAll: true };
  const context = {
    target: {
      capabilities: looksUpAtMost === undefined ? capabilities : { ...capabilities, looksUpAtMost },
      async find(keys: readonly { readonly externalId: string }[]) {
        asked.push(`find ${keys.length}`);
        return keys.some(({ externalId }) => externalId === theirs.externalId) ? [theirs] : [];
      },
      async *list() {
        asked.push('list');
        if (isShort)
          throw new ShortListError({ system: 'LMS', method: 'GET', url: '/users', attempts: 1 }, 'a short list');
        yield [theirs];
      },
    },
    reporter: { matching: () => undefined },
    policy: { match: ['external_id', 'email'] },
    mapping: { key: 'id' },
  } as unknown as RunContext;
  const matches = await findExisting(context, sought);
  const found = [...matches].filter(([, { outcome }]) => outcome === 'found').map(([id]) => id);
  return { asked, found };
}

it.each([
  [40, undefined, ['find 40']],
  [41, undefined, ['list']],
  [3, 2, ['list']],
  [3, 0, ['list']],
  [1_200, Number.POSITIVE_INFINITY, ['find 500', 'find 500', 'find 200']],
])('%d people are looked up or listed as a target that looks up %s at most wants it', async (people, most, asked) => {
  expect(await lookedFor(people, most)).toEqual({ asked, found: [`e${people}`] });
});

it('nobody is looked for in an LMS when nobody is sought', async () => {
  expect((await lookedFor(0)).asked).toEqual([]);
});

it('people are looked up one by one where the list proves short', async () => {
  expect(await lookedFor(41, undefined, true)).toEqual({ asked: ['list', 'find 41'], found: ['e41'] });
});
