import { describe, expect, it } from 'vitest';
import type { Owed } from '../../../src/core/owed.js';
import { type Bounds, choose, weightOf } from '../../../src/fleet/claim.js';
import type { Candidate } from '../../../src/store/fleet.js';

const now = new Date('2026-12-02T02:00:00Z');
const NIGHT = '2026-12-02T01:10:00.000Z';

function candidate(name: string, further: Partial<Candidate> = {}): Candidate {
  return {
    ...{ name, tenant: name, owed: { night: NIGHT }, owedSince: new Date(NIGHT), isNew: false, employees: 400 },
    ...{ source: 'hr', target: 'lms', version: 1, attempts: 0 },
    ...further,
  };
}

const bounds: Bounds = { now, slots: 16, free: 16, atOnce: 4, running: new Map(), mayTry: () => true };
const names = (candidates: readonly Candidate[], further: Partial<Bounds> = {}) =>
  choose(candidates, { ...bounds, ...further }).map(({ candidate: { name } }) => name);

describe('the choice of what runs next', () => {
  it('goes by hand, events, nights, first imports', () => {
    const owed = (one: Owed) => ({ owed: one });
    const candidates = [
      candidate('first-import', { isNew: true }),
      candidate('night'),
      candidate('events', owed({ events: '2026-12-02T01:59:00.000Z' })),
      candidate('by-hand', { ...owed({ manual: '2026-12-02T01:59:59.000Z', night: NIGHT }), isNew: true }),
    ];
    expect(names(candidates)).toEqual(['by-hand', 'events', 'night', 'first-import']);
  });

  it('takes turns between tenants, and within one the longest waiting first', () => {
    const of = (tenant: string, name: string, minute: number) =>
      candidate(name, { tenant, owedSince: new Date(Date.UTC(2026, 11, 2, 1, minute)) });
    const candidates = [of('big', 'b1', 1), of('big', 'b2', 0), of('big', 'b3', 2), of('small', 's1', 30)];
    expect(names(candidates)).toEqual(['b2', 's1', 'b1', 'b3']);
    expect(names(candidates, { running: new Map([['big', 1]]) })).toEqual(['s1', 'b2', 'b1', 'b3']);
  });

  it('never runs more of a tenant at once than fairness allows, runs elsewhere included', () => {
    const candidates = ['a', 'b', 'c'].map((name) => candidate(name, { tenant: 'acme' }));
    expect(names(candidates, { atOnce: 2 })).toEqual(['a', 'b']);
    expect(names(candidates, { atOnce: 2, running: new Map([['acme', 2]]) })).toEqual([]);
  });

  it('fills the free slots and no more, large companies taking several', () => {
    const candidates = [candidate('a', { employees: 12_000 }), candidate('b'), candidate('c')];
    expect(choose(candidates, { ...bounds, free: 4 }).map(({ weight }) => weight)).toEqual([3, 1]);
    expect(weightOf(null, 16)).toBe(1);
    expect(weightOf(100_000, 16)).toBe(16);
    expect(weightOf(100_000, 2)).toBe(2);
  });

  it('lets nobody past a large company that waits for room', () => {
    const candidates = [candidate('a', { employees: 12_000 }), candidate('b')];
    expect(names(candidates, { free: 2 })).toEqual([]);
  });

  it('waits until events have been gathered, but not for ever', () => {
    const fresh = { owed: { events: '2026-12-02T01:59:59.500Z' } };
    expect(names([candidate('a', { ...fresh, owedSince: new Date('2026-12-02T01:59:58Z') })])).toEqual([]);
    expect(names([candidate('a', { ...fresh, owedSince: new Date('2026-12-02T01:59:54Z') })])).toEqual(['a']);
  });

  it('leaves out connectors of a vendor that is down', () => {
    const candidates = [candidate('a', { source: 'down' }), candidate('b')];
    expect(names(candidates, { mayTry: ({ source }) => source !== 'down' })).toEqual(['b']);
  });
});
