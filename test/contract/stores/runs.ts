import { describe, expect, it } from 'vitest';
import type { Run, Store } from '../../../src/store/store.js';
import { AT, ids, remember, snapshot } from './made-up.js';
import type { Bench } from './store-contract.js';

type End = Omit<Run, 'number' | 'command' | 'startedAt' | 'config'>;

const FINISHED: End = {
  finishedAt: '2026-11-24T02:10:00.000Z',
  exitCode: 0,
  employees: 412,
  inScope: 396,
  complete: true,
  whole: true,
  counts: { update: 3 },
  error: null,
  untold: null,
};
const NEVER_FINISHED: End = {
  finishedAt: null,
  exitCode: null,
  employees: null,
  inScope: null,
  complete: null,
  whole: false,
  counts: {},
  error: null,
  untold: null,
};

async function runOnce(store: Store, end: End | null): Promise<Run> {
  const start = { command: 'import-all', startedAt: AT, config: 'a digest' };
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

    it('tell since when they followed each other without a gap', async () => {
      const { store } = bench();
      const watched = (now: string) => store.watchedSince(`${now}T12:00:00.000Z`, 8);
      expect(await watched('2026-01-01')).toBe('2026-01-01T12:00:00.000Z');
      for (const on of ['01-01', '01-08', '01-16', '01-31', '02-02'])
        await store.startRun({ command: 'import-all', startedAt: `2026-${on}T02:00:00.000Z` });
      expect(await watched('2026-01-17')).toBe('2026-01-01T02:00:00.000Z');
      expect(await watched('2026-02-03')).toBe('2026-01-31T02:00:00.000Z');
      expect(await watched('2026-03-01')).toBe('2026-03-01T12:00:00.000Z');
      // A run by a clock that was wrong for a while is no gap once the clock is right again.
      await store.startRun({ command: 'import-all', startedAt: '2027-01-01T02:00:00.000Z' });
      await store.startRun({ command: 'import-all', startedAt: '2026-02-04T02:00:00.000Z' });
      expect(await watched('2026-02-05')).toBe('2026-01-31T02:00:00.000Z');
      expect(await watched('2027-01-02')).toBe('2027-01-02T12:00:00.000Z');
    });

    it('come newest first, the killed one without an end, and no more than asked for', async () => {
      const { store } = bench();
      const incomplete = {
        ...FINISHED,
        complete: false,
        whole: false,
        exitCode: 6,
        error: 'the read is not complete',
        counts: {},
      };
      const [first, second, third] = [
        await runOnce(store, FINISHED),
        await runOnce(store, null),
        await runOnce(store, incomplete),
      ];
      expect(await store.runs(10)).toEqual([third, second, first]);
      expect(await store.runs(2)).toEqual([third, second]);
    });

    it('keep the limits that held them back, with figures and people, until a person is forgotten', async () => {
      const { store } = bench();
      const ada = { id: '1', email: 'ada@acme.example', name: 'Ada' };
      const max = { id: '2', email: null, name: null };
      const refusal = [
        { kind: 'deactivate', planned: 31, allowed: 20, of: 396, unit: 'Acme AG', people: [ada, max] },
        { kind: 'clear', field: 'job_title', planned: 9, allowed: 4, of: 9, cause: 'a right was lost', people: [] },
      ] as const;
      const number = await store.startRun({ command: 'import-all', startedAt: AT });
      const { untold: _, ...end } = FINISHED;
      await store.finishRun({ number, ...end, exitCode: 5, refusal });
      const other = await runOnce(store, FINISHED);
      expect(await store.refusalOf(number)).toEqual(refusal);
      expect(await store.refusalOf(other.number)).toEqual([]);
      await store.forget('1');
      expect((await store.refusalOf(number))[0]?.people).toEqual([max]);
      await store.prune({ before: '2027-01-01T00:00:00.000Z', leavers: false }, { rehearse: false });
      expect(await store.refusalOf(number)).toEqual([]);
    });

    it('remember that a mail about them could not be sent', async () => {
      const { store } = bench();
      const { number } = await runOnce(store, FINISHED);
      await store.noteUntold(number, 'the mail to operators could not be sent');
      expect(await store.runs(1)).toMatchObject([{ number, untold: 'the mail to operators could not be sent' }]);
    });

    it('say that they were for everybody only where they are said to', async () => {
      const { store } = bench();
      const whole = await runOnce(store, FINISHED);
      const { whole: _, ...unsaid } = FINISHED;
      await store.finishRun({ number: await store.startRun({ command: 'invite', startedAt: AT }), ...unsaid });
      expect(await store.runs(2)).toMatchObject([{ whole: false }, { number: whole.number, whole: true }]);
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

  describe('whom the first read showed', () => {
    const shown = async (store: Store, ...people: string[]) => [...((await store.shownAtFirst(people)) ?? ['?'])];

    it('is unknown until it is written down, with the day, and stays as it was then', async () => {
      const { store, place } = bench();
      expect(await store.shownAtFirst(['1'])).toBeNull();
      await store.keepFirstRead('2026-11-24', new Set(['1', '2']));
      await store.keepFirstRead('2026-11-25', ['3']);
      const other = await place.open('read');
      expect(await shown(other, '3', '2', '1')).toEqual(['2', '1']);
      expect(await other.firstImportDay()).toBe('2026-11-24');
      await other.close();
    });

    it('does not move the day of a first import that is known', async () => {
      const { store } = bench();
      await store.setFirstImportDay('2026-01-01');
      await store.keepFirstRead('2026-11-24', []);
      expect(await store.firstImportDay()).toBe('2026-01-01');
      expect(await shown(store, '1')).toEqual([]);
    });

    it('loses those who have an account now, and keeps the others, beyond one batch', async () => {
      const { store } = bench();
      await store.keepFirstRead('2026-11-24', ids(1, 1_100));
      await store.putSnapshots([snapshot('7')]);
      await remember(store, { shown: { isShown: () => true, today: '2026-11-25' } });
      expect(await shown(store, '6', '7', '1100')).toEqual(['6', '1100']);
    });

    it('is pruned of those who have been gone from HR for long, and forgotten with a person', async () => {
      const { store } = bench();
      await store.keepFirstRead('2026-01-01', ['gone', 'back', 'here', 'forgotten']);
      const retention = { before: '2026-11-24T02:00:00.000Z', leavers: false };
      await remember(store, { shown: { isShown: (id) => id === 'here', today: '2026-02-01' } });
      await store.prune(retention, { rehearse: true });
      await remember(store, { shown: { isShown: (id) => id !== 'gone', today: '2026-03-01' } });
      await store.forget('forgotten');
      await store.prune({ ...retention, before: '2026-02-01T02:00:00.000Z' }, { rehearse: false });
      expect(await shown(store, 'gone', 'back', 'here', 'forgotten')).toEqual(['gone', 'back', 'here']);
      await store.prune(retention, { rehearse: false });
      expect(await shown(store, 'gone', 'back', 'here')).toEqual(['back', 'here']);
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
