import { describe, expect, it } from 'vitest';
import type { ScimSettingsInput } from '../../../src/sandbox/scim/settings.js';
import { ENTERPRISE, openOn, person } from './directory.js';
import { directoryBench } from './directory-bench.js';
import { keyFor, listAll, only } from './stage.js';

const { open, create, values, sent, byHand, findByKeys, portal } = directoryBench();

describe('how SCIM servers look people up', () => {
  it.each<[string, ScimSettingsInput]>([
    ['as the RFC has it', {}],
    ['with no filters at all', { filterAttributes: [] }],
    ['with a filter on userName alone', { filterAttributes: ['userName'] }],
    ['finding nobody by externalId without a word', { filterAttributes: ['userName'], otherFilters: 'empty' }],
    ['showing everybody for a filter that is not known', { filterAttributes: [], otherFilters: 'ignore' }],
    ['minding capitals of user names', { userNameFilterMindsCase: true }],
  ])('finds accounts by id and by address, and nobody else: %s', async (_, ways) => {
    const target = await open({}, ways);
    const ids = [byHand(1), byHand(2)];
    expect(await findByKeys(target, 2)).toEqual([[ids[1]], [ids[1]]]);
    expect(await target.find([{ externalId: 'nobody', email: 'nobody@acme.example' }])).toEqual([]);
  });

  it('concludes nothing from a list that is shorter than its total, and finds people by filters then', async () => {
    const target = await open({}, { paging: 'ignored', pageSize: 20 });
    const ids = Array.from({ length: 60 }, (_, number) => byHand(number));
    await expect(listAll(target)).rejects.toMatchObject({ problem: expect.stringContaining('61') });
    const found = await target.find(Array.from({ length: 60 }, (_, number) => keyFor(person(number))));
    expect(found.map(({ id }) => id).sort()).toEqual(ids.sort());
  });

  it.each(['refuse', 'ignore'] as const)(
    'stops rather than takes people for new ones where neither filters nor the list can be trusted (%s)',
    async (otherFilters) => {
      const target = await open({}, { paging: 'ignored', pageSize: 2, filterAttributes: [], otherFilters });
      for (const number of [1, 2, 3]) byHand(number);
      await expect(target.find([keyFor(person(3))])).rejects.toMatchObject({ name: 'ShortListError' });
    },
  );

  it.each<[string, ScimSettingsInput]>([
    ['index', { paging: 'index', pageSize: 3 }],
    ['the first page once more beyond the end', { paging: 'wraps', pageSize: 3, maxPageSize: 3 }],
    ['a cursor although an index was asked for', { paging: 'cursor', maxPageSize: 3 }],
    ['a cursor without a total', { paging: 'cursor', maxPageSize: 3, cursorTotals: false }],
    ['lists without Resources when they are empty', { emptyResources: false }],
  ])('lists everybody once by %s', async (_, ways) => {
    const target = await open({}, ways);
    for (let number = 0; number < 10; number += 1) byHand(number);
    const ids = (await listAll(target)).map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([11, 11]);
    expect(await target.find([{ externalId: 'nobody', email: 'nobody@acme.example' }])).toEqual([]);
  });

  it('begins with a cursor where it is told to, and asks for less where a page is too large', async () => {
    const target = await open({ paging: 'cursor', page_size: 4 }, { paging: 'both' });
    for (let number = 0; number < 10; number += 1) byHand(number);
    const fault = { kind: 'status', status: 400, body: { status: '400', scimType: 'invalidCount' } } as const;
    portal().faults.add({ fault, match: { route: 'users.list' }, times: 1 });
    expect(await listAll(target)).toHaveLength(11);
    const asked = sent('GET').map(({ query }) => new URLSearchParams(query).get('count'));
    expect(asked.slice(0, 2)).toEqual(['4', '2']);
  });

  it('reads a list once more when its cursor has expired, and then gives up', async () => {
    const target = await open({}, { paging: 'cursor', maxPageSize: 4 });
    for (let number = 0; number < 10; number += 1) byHand(number);
    const expired = { kind: 'status', status: 400, body: { status: '400', scimType: 'expiredCursor' } } as const;
    portal().faults.add({ fault: expired, match: { route: 'users.list' }, from: 2, times: 1 });
    expect(new Set((await listAll(target)).map(({ id }) => id)).size).toBe(11);
    portal().faults.add({ fault: expired, match: { route: 'users.list' }, times: null });
    await expect(listAll(openOn(portal()))).rejects.toMatchObject({ status: 400 });
  });

  it('quotes what it looks for, whatever is in it', async () => {
    const target = await open();
    byHand(1);
    const fields = { ...person(2), external_id: 'a"b\\c" or userName pr', email: '"o\'b"@acme.example' };
    const accountId = await create(target, 2, fields);
    const { externalId, email } = keyFor(fields);
    expect(await target.find([{ externalId, email: null }])).toMatchObject([{ id: accountId }]);
    expect(await target.find([{ externalId: 'nobody', email }])).toMatchObject([{ id: accountId }]);
  });

  it('leaves employee ids, numbers of others and managers alone where it is told to', async () => {
    const target = await open({ external_id: 'off', look_up: ['user_name'], manager_as: 'off' });
    const made = await create(target, 1);
    expect(values(made)).not.toHaveProperty('externalId');
    const theirs = byHand(2);
    await target.update(theirs, { ...only(['external_id'], person(2)), manager: { accountId: made, email: null } });
    expect(values(theirs)).toMatchObject({ externalId: 'E-2' });
    expect(values(theirs)).not.toHaveProperty(ENTERPRISE);
    const [found] = await target.find([{ externalId: 'E-2', email: keyFor(person(2)).email }]);
    expect(found).toMatchObject({ id: theirs, externalId: null });
    expect(target.capabilities.externalId).toBe(false);
    expect(target.withheld('manager')).toContain('manager_as');
  });

  it('counts its requests, tokens included, against the budget of a run', async () => {
    const target = await open({ max_requests_per_run: 3 }, { auth: 'oauth' });
    expect(target.usedUp()).toBeNull();
    for (const _ of [1, 2]) await target.get('nobody');
    expect(target.usedUp()).toMatchObject({ setting: 'max_requests_per_run' });
  });

  it('finds people whose user name is not their address by the address, where it is told to', async () => {
    const target = await open({ look_up: ['external_id', 'email'] });
    const id = byHand(1, { userName: '1234' });
    expect(await findByKeys(target, 1)).toEqual([[id], [id]]);
  });
});
