import type { NamelessUnits } from '../core/nameless.js';

/** What HR was told to correct. */
export interface ToldCorrections {
  /** A digest of each correction that the last mail listed and that was open since. */
  readonly digests: ReadonlySet<string>;
  /** ISO instant, UTC, of the last mail; null: there was none. */
  readonly at: string | null;
}

/** A correction as it is remembered: no more than a digest, and whom to forget it with. */
export interface ToldCorrection {
  readonly digest: string;
  readonly employeeId: string | null;
}

/** What is kept for HR's list of corrections; part of the store's contract. */
export interface CorrectionMemory {
  /** Units without a name at the last read of everybody. */
  namelessUnits(): Promise<readonly NamelessUnits[]>;
  toldCorrections(): Promise<ToldCorrections>;
  /** Replaces what HR was told. */
  setToldCorrections(told: readonly ToldCorrection[], at: string | null): Promise<void>;
}
