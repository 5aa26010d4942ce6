import { describe, expect, it } from 'vitest';
import type { Run, Store } from '../../../src/store/store.js';
import { AT } from './made-up.js';
import type { Bench } from './store-contract.js';

type End = Omit<Run, 'number' | 'command' | 'startedAt'>;

const FINISHED: End = {
  finishedAt: '2026-11-24T02:10:00.000Z',
  exitCode: 0,
  employees: 412,
  inScope: 396,
  complete: true,
  counts: { update: 3 },
  error: null,
};
const NEVER_FINISHED: End = {
  finishedAt: null,
  exitCode: null,
  employees: null,
  inScope: null,
  complete: null,
  counts: {},
  error: null,
};

async function runOnce(store: Store, end: End | null): Promise<Run> {
  const start = { command: 'import-all', startedAt: AT };
  const number = await store.startRun(start);
  if (end !== null) await store.finishRun({ number, ...end });
  return { number, ...start, ...(end ?? NEVER_FINISHED) };
}

/** What the store knows of runs. */
export function describeRuns(bench: () => Bench): void {
  describe('runs', () => {
    it('are numbered from 1, as was foretold', async () => {
      const { store } = bench();
      for (const number of [1, 2]) {
        expect(await store.nextRunNumber()).toBe(number);
        expect((await runOnce(store, FINISHED)).number).toBe(number);
      }
    });

    it('come newest first, the killed one without an end, and no more than asked for', async () => {
      const { store } = bench();
      const incomplete = { ...FINISHED, complete: false, exitCode: 6, error: 'the read is not complete', counts: {} };
      const [first, second, third] = [
        await runOnce(store, FINISHED),
        await runOnce(store, null),
        await runOnce(store, incomplete),
      ];
      expect(await store.runs(10)).toEqual([third, second, first]);
      expect(await store.runs(2)).toEqual([third, second]);
    });

    it('that read everybody are looked back to across those that did not', async () => {
      const { store } = bench();
      expect(await store.lastCompleteRun()).toBeNull();
      await runOnce(store, FINISHED);
      const second = await runOnce(store, { ...FINISHED, employees: 413 });
      await runOnce(store, { ...FINISHED, complete: false });
      await runOnce(store, { ...FINISHED, complete: null });
      await runOnce(store, null);
      expect(await store.lastCompleteRun()).toEqual(second);
    });
  });

  it('the day of the first import is unknown until it is set, and kept from then on', async () => {
    const { store, place } = bench();
    expect(await store.firstImportDay()).toBeNull();
    await store.setFirstImportDay('2026-11-24');
    const other = await place.open('read');
    expect(await other.firstImportDay()).toBe('2026-11-24');
    await other.close();
  });
}
