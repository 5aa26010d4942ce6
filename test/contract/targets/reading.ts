import { describe, expect, it } from 'vitest';
import type { Account } from '../../../src/core/account.js';
import { sameValue } from '../../../src/core/value.js';
import type { Bench } from './bench.js';
import { each, keyFor, listAll, whole } from './stage.js';

/** What an LMS has or lacks for its reads. */
interface Traits {
  readonly lists: boolean;
  readonly refusesByStatus: boolean;
}

/** What every target keeps of its reads. */
export function describeReading(bench: Bench, { lists, refusesByStatus }: Traits): void {
  const listed = async (accountId: string) =>
    lists ? ((await listAll(bench.target)).find(({ id }) => id === accountId) ?? null) : bench.target.get(accountId);

  describe('reading', () => {
    const shown = (account: Account | null | undefined) => Object.entries(account?.fields ?? {});

    it('finds what it made and reads it back as it was written', async () => {
      const accountId = await bench.create(1);
      const read = await bench.target.get(accountId);
      const [found] = await bench.target.find([keyFor(bench.stage.person(1))]);
      if (lists) expect(await listed(accountId)).toEqual(found);
      // Where a list shows less, it shows nothing else.
      if (bench.target.capabilities.listShowsAll) expect(found).toEqual(read);
      else expect(read).toMatchObject({ ...found });
      expect(read).toMatchObject({ id: accountId, state: 'active', ...keyFor(bench.stage.person(1)) });
      const managed = shown(read).filter(([field]) => field in bench.stage.person(1));
      expect(managed.length).toBeGreaterThan(3);
      expect(managed.filter(([field, value]) => !sameValue(value, bench.stage.person(1)[field]))).toEqual([]);
    });

    it.each(['external id', 'e-mail', 'e-mail in other letters'])('finds an account by %s alone', async (by) => {
      const accountId = await bench.create(1);
      const { externalId, email } = keyFor(bench.stage.person(1));
      const address = by === 'e-mail' ? email : email.toUpperCase();
      const key = by === 'external id' ? { externalId, email: null } : { externalId: 'nobody', email: address };
      expect((await bench.target.find([key])).map(({ id }) => id)).toEqual([accountId]);
    });

    it.each(['filters', 'the list'])(
      'finds by %s what the list shows: both accounts of one address in different capitals',
      async (way) => {
        const twins = ['Twin@Acme.example', 'twin@acme.example'].map((email) => bench.stage.add(email));
        const ids = [...twins, bench.stage.add('Only.One@Acme.example')].sort();
        const sought = ['tWIN@acme.example', 'only.one@acme.example', 'nobody@acme.example'];
        const wanted = new Set(sought.map((email) => email.toLowerCase()));
        const keys = sought.map((email, index) => ({ externalId: `nobody ${index}`, email }));
        // Many keys may be looked for in another way than a few.
        const many =
          way === 'filters' ? [] : Array.from({ length: 45 }, (_, index) => ({ externalId: `x${index}`, email: null }));
        const found = await bench.target.find([...keys, ...many]);
        expect(found.map(({ id }) => id).sort()).toEqual(ids);
        if (!lists) return;
        const shownByList = (await listAll(bench.target)).filter(({ email }) => wanted.has(email?.toLowerCase() ?? ''));
        expect(shownByList.map(({ id }) => id).sort()).toEqual(ids);
      },
    );

    it.each(['Twin@Acme.example', 'twin@acme.example', 'TWIN@ACME.EXAMPLE'])(
      'finds both accounts of one address when HR writes %s',
      async (email) => {
        const twins = ['Twin@Acme.example', 'twin@acme.example'].map((one) => bench.stage.add(one));
        const found = await bench.target.find([{ externalId: 'nobody', email }]);
        expect(found.map(({ id }) => id).sort()).toEqual(twins.sort());
      },
    );

    it('shows the first and the last name of an account in every way of reading', async () => {
      const accountId = await bench.create(1);
      const { first_name, last_name } = bench.stage.person(1);
      const [found] = await bench.target.find([keyFor(bench.stage.person(1))]);
      const inspected = (await bench.target.inspect([accountId])).get(accountId);
      for (const account of [found, await listed(accountId), inspected, await bench.target.get(accountId)]) {
        expect(account?.names).toEqual([first_name, last_name]);
      }
    });

    it('inspects accounts with all that can be read of them and with their rights', async () => {
      const ids = [await bench.create(1), await bench.create(2)];
      const shown = await bench.target.inspect([...ids, ...ids, bench.stage.nobody]);
      expect([...shown.keys()].sort()).toEqual(ids.sort());
      for (const id of ids) {
        const { rights, ...account } = shown.get(id) ?? {};
        const { rights: _, ...read } = (await bench.target.get(id)) ?? {};
        expect(account).toEqual(read);
        expect(rights).toEqual({
          privileged: expect.toBeOneOf([true, false, null]),
          role: expect.toBeOneOf([expect.any(String), null]),
        });
      }
    });

    it('gives both accounts where id and e-mail lead to different ones, and each of them once', async () => {
      const ids = [await bench.create(1), await bench.create(2)];
      const { externalId } = keyFor(bench.stage.person(1));
      const { email } = keyFor(bench.stage.person(2));
      const found = await bench.target.find([
        { externalId, email },
        keyFor(bench.stage.person(1)),
        keyFor(bench.stage.person(2)),
      ]);
      expect(found.map(({ id }) => id).sort()).toEqual(ids.sort());
    });

    it('finds and shows deactivated accounts as such', async () => {
      const accountId = await bench.create(1);
      await bench.target.deactivate(accountId);
      const { externalId, email } = keyFor(bench.stage.person(1));
      for (const key of [
        { externalId, email: null },
        { externalId: 'nobody', email },
      ]) {
        expect(await bench.target.find([key])).toMatchObject([{ id: accountId, state: 'deactivated' }]);
      }
      expect(await bench.target.get(accountId)).toMatchObject({ state: 'deactivated' });
      expect(await listed(accountId)).toMatchObject({ state: 'deactivated' });
    });

    it('finds nobody where nobody is, and never trusts a filter', async () => {
      const stranger = { externalId: 'nobody', email: 'no+body@acme.example' };
      expect(await bench.target.find([stranger])).toEqual([]);
      expect(await bench.target.get(bench.stage.nobody)).toBeNull();
      bench.stage.mislead();
      expect(await bench.target.find([stranger])).toEqual([]);
    });

    it('finds addresses and ids with characters that mean something in a URL', async () => {
      const fields = { ...bench.stage.person(1), external_id: 'A/1 ?#&%2F+ü', email: 'a+b&c=d%40@acme.example' };
      const { accountId } = await bench.target.create(whole(fields), { invite: false });
      const { externalId, email } = keyFor(fields);
      expect(await bench.target.find([{ externalId, email: null }])).toMatchObject([{ id: accountId }]);
      expect(await bench.target.find([{ externalId: 'nobody', email }])).toMatchObject([{ id: accountId }]);
    });

    const whereThereIsAList = lists ? it : () => undefined;
    whereThereIsAList('lists everybody once over several pages', async () => {
      bench.stage.fill(37);
      const ids = (await listAll(bench.target)).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBe(bench.stage.count());
      const pages = bench.stage.system.requests.list().filter(({ route }) => route === bench.stage.routes.list);
      expect(pages.length).toBeGreaterThan(1);
    });

    it('sends nothing that could change anything', async () => {
      bench.stage.fill(3);
      const before = bench.stage.count();
      await bench.target.find([keyFor(bench.stage.person(1))]);
      if (lists) await listAll(bench.target);
      await bench.target.get(bench.stage.nobody);
      await bench.target.check(Object.keys(bench.stage.person(1)));
      await bench.target.missingReferences(each(bench.stage.person(1)));
      expect(bench.stage.system.requests.list().length).toBeGreaterThan(0);
      expect(bench.stage.count()).toBe(before);
      // A check may try what is refused.
      if (!refusesByStatus) return;
      expect(bench.stage.system.requests.writes().filter(({ status }) => status === null || status < 400)).toEqual([]);
    });
  });
}
