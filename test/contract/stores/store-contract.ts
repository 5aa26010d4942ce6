import { afterEach, beforeEach, describe } from 'vitest';
import type { Store } from '../../../src/store/store.js';
import { describeCorrections } from './corrections.js';
import { describeErasing } from './erasing.js';
import { describeJournal } from './journal.js';
import { describeLedger } from './ledger.js';
import { describeLimits } from './limits.js';
import { describeModel } from './model.js';
import { describeRekey } from './rekey.js';
import { describeRuns } from './runs.js';
import { describeSnapshots } from './snapshots.js';

/** Somewhere that a state can be kept, empty at first. */
export interface Place {
  /** Opens the state that is kept there; several may be open at once. */
  open(mode?: 'read' | 'write'): Promise<Store>;
  clear(): Promise<void>;
}

/** A place with a store that is open for writing, anew for each test. */
export interface Bench {
  readonly store: Store;
  readonly place: Place;
}

/** The promises that every store keeps. */
export function describeStore(name: string, makePlace: () => Promise<Place>): void {
  describe(`${name} as a store`, () => {
    let current: Bench | null = null;
    const bench = (): Bench => {
      if (current === null) throw new Error('no store is open');
      return current;
    };
    beforeEach(async () => {
      const place = await makePlace();
      current = { place, store: await place.open() };
    });
    afterEach(async () => {
      await bench().store.close();
      await bench().place.clear();
    });
    describeSnapshots(bench);
    describeJournal(bench);
    describeLedger(bench);
    describeRuns(bench);
    describeErasing(bench);
    describeRekey(bench);
    describeLimits(bench);
    describeCorrections(bench);
    describeModel(makePlace);
  });
}
