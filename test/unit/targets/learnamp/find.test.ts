import { describe, expect, it } from 'vitest';
import { createFind } from '../../../../src/targets/learnamp/find.js';
import type { User } from '../../../../src/targets/learnamp/schema.js';
import { settingsWith, userWith } from './made-up.js';

const OWNER = { id: 1, email: 'Owner@acme.example' };

/** A Learn Amp with these users, whose e-mail filter is one of several that the documentation leaves open. */
function academyOf(users: readonly object[], filter: (email: string, asked: string) => boolean) {
  const all = [OWNER, ...users].map(userWith);
  const asked: string[] = [];
  return {
    asked,
    someUser: async () => {
      asked.push('somebody');
      return all[0] ?? null;
    },
    userByExternalId: async (id: string) => {
      asked.push(`id ${id}`);
      return all.find((user) => user.integrationExternalId === id) ?? null;
    },
    async *users(filters: { readonly 'filters[email]'?: string } = {}): AsyncGenerator<readonly User[]> {
      const email = filters['filters[email]'];
      asked.push(email ?? 'everybody');
      const shown = email === undefined ? all : all.filter((user) => filter(user.email ?? '', email));
      // One row a page: who stops at the first page misses the rest.
      for (const user of shown) yield [user];
    },
  };
}

const FILTERS = {
  'in any capitals': (email: string, asked: string) => email.toLowerCase() === asked.toLowerCase(),
  'by the letter': (email: string, asked: string) => email === asked,
  'in small letters': (email: string, asked: string) => email === asked.toLowerCase(),
  ignored: () => true,
};
const twins = [
  { id: 2, email: 'zoe@acme.example' },
  { id: 3, email: 'Zoe@ACME.example', integrationExternalId: 'E-1' },
  { id: 4, email: 'other@acme.example' },
];

describe('looking for somebody in Learn Amp', () => {
  it.each(Object.entries(FILTERS))(
    'finds every account of an address, with a filter that goes %s',
    async (_, filter) => {
      const find = createFind(academyOf(twins, filter), settingsWith());
      for (const externalId of ['nobody', 'E-1']) {
        const found = await find([{ externalId, email: 'ZOE@acme.example' }]);
        expect(found.map(({ id }) => id).sort()).toEqual(['2', '3']);
      }
      expect(await find([{ externalId: 'nobody', email: 'no.body@acme.example' }])).toEqual([]);
    },
  );

  it('looks by e-mail too where an account bears the employee id, and gives each account once', async () => {
    const find = createFind(academyOf(twins, FILTERS['in any capitals']), settingsWith());
    const found = await find([
      { externalId: 'E-1', email: 'other@acme.example' },
      { externalId: 'E-1', email: null },
    ]);
    expect(found.map(({ id }) => id).sort()).toEqual(['3', '4']);
  });

  it('tries the filter once, and asks for nobody by a filter that it cannot trust', async () => {
    const keys = ['zoe@acme.example', 'other@acme.example'].map((email) => ({ externalId: 'x', email }));
    const trusted = academyOf(twins, FILTERS['in any capitals']);
    const find = createFind(trusted, settingsWith({ external_ids: false, concurrency: 1 }));
    await find(keys);
    await find(keys);
    const both = ['zoe@acme.example', 'other@acme.example'];
    expect(trusted.asked).toEqual(['somebody', 'OWNER@ACME.EXAMPLE', ...both, ...both]);
    const ignored = academyOf(twins, FILTERS.ignored);
    await createFind(ignored, settingsWith({ external_ids: false }))(keys);
    expect(ignored.asked).toEqual(['somebody', 'OWNER@ACME.EXAMPLE', 'everybody']);
  });

  it('asks for nothing where nobody is looked for', async () => {
    const academy = academyOf([], FILTERS.ignored);
    expect(await createFind(academy, settingsWith())([])).toEqual([]);
    expect(academy.asked).toEqual([]);
  });
});
