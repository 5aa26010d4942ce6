import { describe, expect, it } from 'vitest';
import { FaultBook } from '../../../src/sandbox/faults/fault-book.js';
import { shapePage } from '../../../src/sandbox/faults/shape-page.js';

const list = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
const request = { method: 'GET', path: '/v1/users?page=2', route: 'users.list' };

describe('a book of faults', () => {
  it('hits the requests from the n-th on, as many as it was told', () => {
    const book = new FaultBook();
    book.add({ fault: { kind: 'html' }, from: 2, times: 2 });
    const hits = [1, 2, 3, 4].map(() => book.strike(request).answer?.kind ?? null);
    expect(hits).toEqual([null, 'html', 'html', null]);
    expect(book.list()).toEqual([{ name: 'html', fault: { kind: 'html' }, matched: 4, struck: 2 }]);
  });

  it('hits what fits method, route and path, for ever if told so', () => {
    const book = new FaultBook();
    book.add({
      fault: { kind: 'empty_body' },
      times: null,
      match: { method: 'get', route: 'users.list', path: 'page=2$' },
    });
    expect(book.strike(request).answer).not.toBeNull();
    expect(book.strike({ ...request, method: 'POST' }).answer).toBeNull();
    expect(book.strike({ ...request, route: 'users.get' }).answer).toBeNull();
    expect(book.strike({ ...request, path: '/v1/users?page=21' }).answer).toBeNull();
    expect(book.strike(request).answer).not.toBeNull();
  });

  it('puts wrong data and one wrong answer together', () => {
    const book = new FaultBook();
    book.add({ name: 'data', fault: { kind: 'shrinking_total' }, times: null });
    book.add({ fault: { kind: 'truncated_json' } });
    book.strike(request);
    expect(book.strike(request)).toEqual({ data: [{ kind: 'shrinking_total', by: 1, strike: 2 }], answer: null });
    book.clear('data');
    expect(book.list().map(({ name }) => name)).toEqual(['truncated_json']);
  });

  it('refuses what is no fault', () => {
    expect(() => new FaultBook().add({ fault: { kind: 'status', status: 99 } })).toThrow();
    expect(() => new FaultBook().add({ fault: { kind: 'html' }, match: { path: '(' } })).toThrow(/regular expression/);
  });
});

describe('a page', () => {
  const third = { offset: 4, limit: 2 };
  it.each([
    ['nothing', [], ['e', 'f'], 10],
    ['short_page', [{ kind: 'short_page', strike: 1 }], ['e'], 10],
    ['repeated_page', [{ kind: 'repeated_page', strike: 1 }], ['c', 'd'], 10],
    ['shrinking_total', [{ kind: 'shrinking_total', by: 2, strike: 3 }], ['e', 'f'], 4],
    ['empty_list', [{ kind: 'empty_list', strike: 1 }], [], 0],
    ['short_list', [{ kind: 'short_list', keep: 0.5, strike: 1 }], ['e'], 5],
    ['shuffled_rows', [{ kind: 'shuffled_rows', strike: 1 }], ['b', 'c'], 10],
  ] as const)('with %s', (_, faults, rows, total) => {
    expect(shapePage(list, third, faults)).toEqual({ rows, total });
  });
});
