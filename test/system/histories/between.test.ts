import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type History, someHistory } from './history.js';
import { outcomeOf } from './outcome.js';
import { ofThisPart } from './part.js';
import { useFolders } from './place.js';
import { play } from './play.js';

const newFolder = useFolders();

const HISTORIES = Number(process.env['HRSYNC_HISTORIES'] ?? 1_000);
const TIME = 60_000 + HISTORIES * 1_000;
const CALM = { faults: false, kills: false, restores: false, abandons: false };

const someSyncs = fc.array(fc.array(fc.nat({ max: 0xfff }), { maxLength: 3 }), { minLength: 9, maxLength: 9 });

type Syncs = readonly (readonly number[])[];

function withSyncs(history: History, syncs: Syncs): History {
  return { ...history, nights: history.nights.map((night, index) => ({ ...night, syncs: syncs[index] ?? [] })) };
}

describe('runs between nights, with an HR system that names whom it likes as changed', () => {
  it('end with the night as the night alone', { timeout: TIME }, () => {
    const endsAlike = async (given: History, syncs: Syncs) => {
      const history = withoutRaces(given);
      const between = outcomeOf(await play(withSyncs(history, syncs), newFolder()));
      expect(between).toEqual(outcomeOf(await play(history, newFolder())));
    };
    const property = fc.asyncProperty(someHistory(CALM), someSyncs, ofThisPart(endsAlike));
    return fc.assert(property, { numRuns: Math.ceil(HISTORIES * 0.03) });
  });

  it('keep every promise of the nights, whatever the far ends do', { timeout: TIME }, () => {
    const histories = someHistory({ ...CALM, faults: true });
    const holds = async (history: History, syncs: Syncs) => {
      await play(withSyncs(history, syncs), newFolder());
    };
    const property = fc.asyncProperty(histories, someSyncs, ofThisPart(holds));
    return fc.assert(property, { numRuns: Math.ceil(HISTORIES * 0.03) });
  });
});

// Of two newcomers with one address, who comes first has it by right; and what a limit refuses whole may pass in parts.
function withoutRaces(history: History): History {
  const nights = history.nights.map((night) => ({
    ...night,
    events: night.events.filter(({ type }) => type !== 'duplicate_email'),
  }));
  return { ...history, choice: { ...history.choice, maxDeactivations: '100%', maxClears: '100%' }, nights };
}
