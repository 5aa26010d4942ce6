import { describe, expect, it } from 'vitest';
import { inParallel } from '../../../../../src/core/in-parallel.js';
import { IncompleteReadError, PermissionError } from '../../../../../src/errors.js';
import { StatusError } from '../../../../../src/http/errors.js';
import { createEmploymentsReader } from '../../../../../src/sources/personio/v2/ask-employments.js';
import { readList } from '../../../../../src/sources/personio/v2/list.js';
import { createRateFollower } from '../../../../../src/sources/personio/v2/rate.js';
import { callTheRoll } from '../../../../../src/sources/personio/v2/roll.js';
import { createUnitNames } from '../../../../../src/sources/personio/v2/unit-names.js';
import { clientOf } from './client.js';

const request = { system: 'Personio', method: 'GET', url: 'https://api.personio.de/v2', attempts: 1 };
const status = (code: number) => new StatusError(request, code, null, {});
const persons = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `${from + index}` }));

describe('the rate', () => {
  const headers = (rate: string) => ({ 'x-ratelimit-replenish-rate': rate });

  it('is what the slower of the two routes for people tells, and a little less', () => {
    const rateAfter = createRateFollower(5, null);
    expect(rateAfter({ path: '/v2/persons', headers: headers('20') })).toBe(18);
    expect(rateAfter({ path: '/v2/persons/7/employments', headers: headers('10') })).toBe(9);
    expect(rateAfter({ path: '/v2/persons', headers: headers('20') })).toBe(9);
    expect(rateAfter({ path: '/v2/legal-entities', headers: headers('1') })).toBeNull();
  });

  it('is the usual one for a route that tells nothing, and never beyond what the config allows', () => {
    const rateAfter = createRateFollower(5, null);
    expect(rateAfter({ path: '/v2/persons', headers: headers('1000') })).toBe(25);
    expect(rateAfter({ path: '/v2/persons/7/employments', headers: {} })).toBe(5);
    expect(createRateFollower(3, 3)({ path: '/v2/persons', headers: headers('30') })).toBe(3);
  });
});

describe('the roll', () => {
  it('expects everybody of the first listing, and whoever came since', async () => {
    const roll = await callTheRoll(clientOf({ pages: [persons(1, 50), persons(51, 10)] }));
    expect([roll.first, roll.expected]).toEqual([60, 60]);
    roll.note(persons(1, 40));
    expect(roll.expected).toBe(60);
    roll.note(persons(51, 12));
    expect(roll.expected).toBe(62);
  });

  it('counts a person without an id once', async () => {
    const roll = await callTheRoll(clientOf({ pages: [[{}, { id: '1' }]] }));
    roll.note([{}, { id: '1' }]);
    expect(roll.expected).toBe(2);
  });

  it('ends where page after page brings the same people under new cursors', async () => {
    const pages = Array.from({ length: 100 }, () => persons(1, 50));
    await expect(callTheRoll(clientOf({ pages }))).rejects.toBeInstanceOf(IncompleteReadError);
  });
});

describe('a list', () => {
  const list = { path: '/v2/persons', query: {}, limit: 2, what: 'the page', right: 'x' };
  const pagesOf = async (answer: (path: string) => unknown) => {
    const rows: unknown[] = [];
    const connection = { get: async (path: string) => answer(path) };
    for await (const page of readList(connection, 'https://api.personio.de', list)) rows.push(...page);
    return rows;
  };
  const links = (next?: string) => ({ _meta: { links: next === undefined ? {} : { next: { href: next } } } });

  it('that is full and does not say what follows is no end', async () => {
    await expect(pagesOf(() => ({ _data: [1, 2] }))).rejects.toThrow('does not say');
    expect(await pagesOf(() => ({ _data: [1] }))).toEqual([1]);
    expect(await pagesOf(() => ({ _data: [1, 2], ...links() }))).toEqual([1, 2]);
  });

  it('may have a page without anything, but not for ever', async () => {
    const ends = (path: string) =>
      new URL(path, 'https://x').searchParams.get('cursor') === 'b'
        ? { _data: [1], ...links() }
        : { _data: [], ...links('?cursor=b') };
    expect(await pagesOf(ends)).toEqual([1]);
    let number = 0;
    await expect(pagesOf(() => ({ _data: [], ...links(`?cursor=${number++}`) }))).rejects.toThrow('without anything');
  });

  it('that leads back, or nowhere, is broken', async () => {
    await expect(pagesOf(() => ({ _data: [1], ...links('?cursor=a') }))).rejects.toThrow('read already');
    await expect(pagesOf(() => ({ _data: [1], ...links('/v2/employments') }))).rejects.toThrow('cannot be followed');
  });
});

describe('names', () => {
  it('are asked for once each, by the list, and then one by one', async () => {
    const client = clientOf({ units: () => [{ id: 1, name: 'A' }], unit: (_, id) => ({ id, name: `N${id}` }) });
    const names = createUnitNames(client);
    await names.open(['department']);
    await Promise.all(['1', '2', '2'].map((id) => names.learn('department', id)));
    await names.learn('department', '2');
    expect(client.asked).toEqual(['department', 'department 2']);
    expect(['1', '2', '3'].map((id) => names.nameOf('department', id))).toEqual(['A', 'N2', null]);
    expect(names.nameOf('team', '1')).toBeNull();
  });

  it.each([status(404), new PermissionError('Personio', ['org units'], 'forbidden')])(
    'of org units survive a closed list, those of workplaces do not',
    async (closed) => {
      const client = clientOf({ units: () => closed });
      await createUnitNames(client).open(['department', 'team', 'subcompany']);
      await expect(createUnitNames(client).open(['office'])).rejects.toBeInstanceOf(PermissionError);
      const failing = clientOf({ units: () => status(500) });
      await expect(createUnitNames(failing).open(['office'])).rejects.toBeInstanceOf(StatusError);
    },
  );

  it('that nobody knows are told', async () => {
    const names = createUnitNames(clientOf({ unit: () => ({ id: 1, name: ' ' }) }));
    await names.learn('team', '1');
    await names.learn('office', '2');
    expect(names.unnamed).toEqual([
      { kind: 'team', id: '1' },
      { kind: 'office', id: '2' },
    ]);
    expect(names.hasNamed('team')).toBe(false);
  });
});

describe('asking for employments', () => {
  const quick = { sleep: async () => undefined };

  it('believes a 404 only when it comes three times', async () => {
    let number = 0;
    const sporadic = clientOf({ employments: () => (++number < 3 ? status(404) : [{ id: 'e' }]) });
    expect(await createEmploymentsReader(sporadic, quick).ask({ id: '1' })).toMatchObject({
      employments: { list: [{ id: 'e' }] },
    });
    const gone = clientOf({ employments: () => status(404) });
    const reader = createEmploymentsReader(gone, quick);
    expect(await reader.ask({ id: '1' })).toMatchObject({ employments: { problem: expect.stringContaining('404') } });
    expect(gone.asked).toHaveLength(3);
    expect(reader.cameForAnybody).toBe(false);
  });

  it('gives up when more than a few fail, and at once for what concerns everybody', async () => {
    const reader = createEmploymentsReader(clientOf({ employments: () => status(500) }), quick);
    for (const { id } of persons(1, 5)) expect((await reader.ask({ id })).employments).toHaveProperty('problem');
    await expect(reader.ask({ id: '6' })).rejects.toBeInstanceOf(IncompleteReadError);
    const refused = clientOf({ employments: () => new PermissionError('Personio', ['x'], 'forbidden') });
    await expect(createEmploymentsReader(refused, quick).ask({ id: '1' })).rejects.toBeInstanceOf(PermissionError);
    const limited = clientOf({ employments: () => status(429) });
    await expect(createEmploymentsReader(limited, quick).ask({ id: '1' })).rejects.toBeInstanceOf(StatusError);
  });
});

describe('work in parallel', () => {
  it('is so much at once, in order, and stops at the first failure', async () => {
    let underWay = 0;
    let most = 0;
    const work = async (item: number) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      return item * 2;
    };
    expect(await inParallel([1, 2, 3, 4, 5], 2, work)).toEqual([2, 4, 6, 8, 10]);
    expect(most).toBe(2);
    const begun: number[] = [];
    const failing = inParallel([1, 2, 3, 4, 5, 6], 2, async (item) => {
      begun.push(item);
      await new Promise((resolve) => setImmediate(resolve));
      throw new Error(`no ${item}`);
    });
    await expect(failing).rejects.toThrow('no 1');
    expect(begun).toEqual([1, 2]);
  });
});
