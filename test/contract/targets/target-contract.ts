import { afterEach, beforeEach, describe } from 'vitest';
import { Bench } from './bench.js';
import { describeChecking } from './checking.js';
import { describeReading } from './reading.js';
import type { TargetStage } from './stage.js';
import { describeTrouble } from './trouble.js';
import { describeWriting } from './writing.js';

/** The promises that every target keeps. */
export function describeTarget(name: string, setUp: () => Promise<TargetStage>): void {
  describe(`${name} as a target`, () => {
    const bench = new Bench();
    beforeEach(() => bench.open(setUp));
    afterEach(() => bench.stage.stop());
    describeWriting(bench);
    describeReading(bench);
    describeTrouble(bench);
    describeChecking(bench);
  });
}
