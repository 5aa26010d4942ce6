import { afterEach, beforeEach, describe } from 'vitest';
import { Bench } from './bench.js';
import { describeChecking } from './checking.js';
import { describeReading } from './reading.js';
import type { TargetStage } from './stage.js';
import { describeTrouble } from './trouble.js';
import { describeWriting } from './writing.js';

/** What an LMS has or lacks, where the suite would otherwise look for it in vain. */
export interface Traits {
  /** Whether there are credentials that may read and not write. */
  readonly reader: boolean;
  /** Whether making an account can mail the person. */
  readonly mailsAtCreation: boolean;
  /** Whether all accounts can be listed. */
  readonly lists: boolean;
  /** Whether a token that has ended is followed by another one. */
  readonly renewsTokens: boolean;
  /** Whether a refusal shows in the status of the answer. */
  readonly refusesByStatus: boolean;
}

const EVERYTHING: Traits = {
  ...{ reader: true, mailsAtCreation: true, lists: true, renewsTokens: true, refusesByStatus: true },
};

/** The promises that every target keeps; an LMS has every trait that is not denied. */
export function describeTarget(name: string, setUp: () => Promise<TargetStage>, denied: Partial<Traits> = {}): void {
  const traits = { ...EVERYTHING, ...denied };
  describe(`${name} as a target`, () => {
    const bench = new Bench();
    beforeEach(() => bench.open(setUp));
    afterEach(() => bench.stage.stop());
    describeWriting(bench, traits);
    describeReading(bench, traits);
    describeTrouble(bench, traits);
    describeChecking(bench, traits);
  });
}
