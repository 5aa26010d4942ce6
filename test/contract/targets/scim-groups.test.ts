import { describe, expect, it } from 'vitest';
import { recordsIn, textIn } from '../../../src/sandbox/scim/resource.js';
import { person } from './directory.js';
import { directoryBench } from './directory-bench.js';
import { only, whole } from './stage.js';

const { open, create, failureOf, sent, portal } = directoryBench();

describe('how SCIM servers keep groups', () => {
  const groupCalled = (name: string) =>
    [...portal().directory.groups.values()].find(({ values: held }) => held['displayName'] === name);
  const members = (name: string) =>
    recordsIn(groupCalled(name)?.values['members']).map((member) => textIn(member, 'value'));

  it('writes those who come at once with one request for each group, within the limit', async () => {
    const target = await open({ members_per_request: 3, concurrency: 8 }, { membersPerRequest: 3 });
    portal().directory.addGroup({ displayName: 'Dept A' });
    const fields = (number: number) => ({ ...person(number), groups: ['Dept A'] });
    const made = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((number) => target.create(whole(fields(number)), { invite: false })),
    );
    expect(members('Dept A').sort()).toEqual(made.map(({ accountId }) => accountId).sort());
    expect(sent('PATCH')).toHaveLength(2);
  });

  it('never reads members, joins before it leaves, and leaves other groups alone', async () => {
    const target = await open();
    const accountId = await create(target, 1);
    portal().directory.addGroup({ displayName: 'Club', members: [{ value: accountId }] });
    const next = { ...person(1), groups: ['Dept C'] };
    await target.update(accountId, { ...only(['groups'], next), before: { groups: ['Dept A', 'Dept B'] } });
    expect([members('Dept A'), members('Dept B'), members('Dept C'), members('Club')]).toEqual([
      [],
      [],
      [accountId],
      [accountId],
    ]);
    const ids = ['Dept C', 'Dept A', 'Dept B'].map((name) => groupCalled(name)?.id);
    const paths = sent('PATCH').map(({ path }) => path.split('/').at(-1));
    expect(paths.slice(-3)).toEqual(ids);
    const reads = portal()
      .requests.list()
      .filter(({ route }) => route?.startsWith('groups.') && !route.endsWith('create'));
    expect(
      reads.filter(({ method, query }) => method === 'GET' && !query.includes('excludedAttributes=members')),
    ).toEqual([]);
  });

  it('goes by the account where it does not know which groups somebody is in', async () => {
    const target = await open();
    const accountId = await create(target, 1);
    await target.update(accountId, only(['groups'], { ...person(1), groups: ['Dept B'] }));
    expect([members('Dept A'), members('Dept B')]).toEqual([[], [accountId]]);
  });

  it('is content where somebody is in a group no longer, or the group is gone', async () => {
    const target = await open();
    const accountId = await create(target, 1);
    const [first] = [...portal().directory.groups.values()];
    if (first !== undefined) portal().directory.change(first, { displayName: 'Dept A', members: [] });
    const draft = { ...only(['groups'], { ...person(1), groups: null }), before: { groups: ['Dept A', 'Dept X'] } };
    expect(await target.update(accountId, draft)).toMatchObject({ refused: [] });
  });

  it('refuses groups that are not its own, and a name that two groups bear', async () => {
    const target = await open();
    const accountId = await create(target, 1);
    for (const _ of [1, 2]) portal().directory.addGroup({ displayName: 'Dept Twin' });
    for (const [name, reason] of [
      ['Club', 'invalid_value'],
      ['Dept Twin', 'unknown_reference'],
    ]) {
      const draft = only(['groups'], { ...person(1), groups: [String(name)] });
      expect(await failureOf(target.update(accountId, draft))).toMatchObject({ reason });
    }
  });
});
