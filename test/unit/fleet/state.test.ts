import { describe, expect, it } from 'vitest';
import { type ConnectorFacts, nightPassedAt, stateOf, workerState } from '../../../src/fleet/state.js';

const HOUR = 3_600_000;
const now = new Date('2026-12-02T12:00:00Z');
const ago = (hours: number) => new Date(now.getTime() - hours * HOUR);
const well: ConnectorFacts = {
  ...{ paused: false, isRunning: false, owes: false },
  ...{ lastExitCode: 0, lastGoodAt: ago(10), nightPassedAt: null },
};
const state = (facts: Partial<ConnectorFacts>) => stateOf({ ...well, ...facts }, now, 26 * HOUR);
const fresh = { lastExitCode: null, lastGoodAt: null };

describe('the state of a connector', () => {
  it('is the first that fits of paused, running, failing, stale, due, new, ok', () => {
    const everything = { paused: true, isRunning: true, lastExitCode: 6, lastGoodAt: ago(50), owes: true };
    expect(state(everything)).toBe('paused');
    expect(state({ ...everything, paused: false })).toBe('running');
    expect(state({ ...everything, paused: false, isRunning: false })).toBe('failing');
    expect(state({ lastGoodAt: ago(50), owes: true })).toBe('stale');
    expect(state({ owes: true })).toBe('due');
    expect(state(fresh)).toBe('new');
    expect(state({})).toBe('ok');
  });

  it.each([0, 4, 10])('is no failure with exit code %i', (lastExitCode) => {
    expect(state({ lastExitCode })).toBe('ok');
  });

  it.each([1, 2, 5, 6, 7, 8, 130])('is failing with exit code %i', (lastExitCode) => {
    expect(state({ lastExitCode })).toBe('failing');
  });

  it('is stale without any good run once a night has passed', () => {
    expect(state({ ...fresh, owes: true, nightPassedAt: ago(2) })).toBe('stale');
    expect(state({ ...fresh, owes: true })).toBe('due');
  });

  it('does not count a night as passed that has just become due', () => {
    expect(nightPassedAt({ night: ago(0.5).toISOString() }, now, 26 * HOUR)).toBeNull();
    expect(nightPassedAt({ night: ago(2).toISOString() }, now, 26 * HOUR)).toEqual(ago(2));
    expect(nightPassedAt({ sync: ago(2).toISOString() }, now, 26 * HOUR)).toBeNull();
  });
});

describe('the state of a worker', () => {
  it('is lost after half a minute of silence, whatever it did before', () => {
    expect(workerState(new Date(now.getTime() - 29_000), false, now)).toBe('working');
    expect(workerState(new Date(now.getTime() - 29_000), true, now)).toBe('draining');
    expect(workerState(new Date(now.getTime() - 31_000), true, now)).toBe('lost');
  });
});
