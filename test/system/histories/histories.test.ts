import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CALM, type History, someHistory } from './history.js';
import { outcomeOf } from './outcome.js';
import { ofThisPart } from './part.js';
import { useFolders } from './place.js';
import { play, playRefused } from './play.js';

const newFolder = useFolders();

/** How many histories there are in all parts; each property has its share. */
const HISTORIES = Number(process.env['HRSYNC_HISTORIES'] ?? 1_000);

function forHistories(share: number, histories: fc.Arbitrary<History>, holds: (history: History) => Promise<void>) {
  return fc.assert(fc.asyncProperty(histories, ofThisPart(holds)), { numRuns: Math.ceil(HISTORIES * share) });
}

const NO_TROUBLE = { faults: false, kills: false, restores: false, abandons: false };
const ALL_TROUBLE = { faults: true, kills: true, restores: true, abandons: true };
const TIME = 60_000 + HISTORIES * 1_000;

describe('random histories', () => {
  it('hold every promise after every night, whatever the far ends do', { timeout: TIME }, () =>
    forHistories(0.25, someHistory({ ...NO_TROUBLE, faults: true }), async (history) => {
      await play(history, newFolder());
    }),
  );

  it('hold every promise with a hostile clerk in HR', { timeout: TIME }, () =>
    forHistories(0.15, someHistory({ ...NO_TROUBLE, faults: true, clerk: true }), async (history) => {
      await play(history, newFolder());
    }),
  );

  it('hold every promise with a hostile clerk, kills and old backups at once', { timeout: TIME }, () =>
    forHistories(0.05, someHistory({ ...ALL_TROUBLE, clerk: true }), async (history) => {
      await play(history, newFolder());
    }),
  );

  it('hold every promise with old backups put back', { timeout: TIME }, () =>
    forHistories(0.15, someHistory({ ...NO_TROUBLE, restores: true }), async (history) => {
      await play(history, newFolder());
    }),
  );

  it('hold every promise with faults, kills and old backups at once', { timeout: TIME }, () =>
    forHistories(0.15, someHistory(ALL_TROUBLE), async (history) => {
      await play(history, newFolder());
    }),
  );

  it('end, killed and started again, as if nothing had been killed', { timeout: TIME }, () =>
    forHistories(0.15, someHistory({ ...NO_TROUBLE, kills: true }), async (history) => {
      const unkilled = { ...history, nights: history.nights.map((night) => ({ ...night, kills: [] })) };
      const killed = outcomeOf(await play(history, newFolder()));
      expect(killed).toEqual(outcomeOf(await play(unkilled, newFolder())));
    }),
  );

  it('end alike for everybody else when the LMS refuses whatever concerns one person', { timeout: TIME }, () =>
    forHistories(0.1, someHistory(NO_TROUBLE), async (history) => {
      const apart = withoutTies(history);
      const one = outcomeOf(await playRefused(apart, newFolder(), '2'), '2');
      expect(one).toEqual(outcomeOf(await playRefused(apart, newFolder(), null), '2'));
    }),
  );
});

// Whoever waits for an address that the refused person cannot give up, or for their account as a manager's, does so for good reason.
function withoutTies(history: History): History {
  const shares = new Set<string>(['swap_emails', 'duplicate_email', 'rehire_new', 'manager', 'manager_loop']);
  const nights = history.nights.map((night) => ({
    ...night,
    events: night.events.filter(({ type }) => !shares.has(type)),
  }));
  return { ...history, choice: { ...history.choice, maxDeactivations: '100%' }, nights: [...nights, CALM] };
}
