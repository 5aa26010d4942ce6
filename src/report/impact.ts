import type { Scheduled, Skip } from '../core/change.js';
import type { ReportedChange, RunResult } from './reporter.js';

/** What stands in the list of one plan and not in that of the other. */
export interface Sides<Item> {
  /** Only the new config does this. */
  readonly added: readonly Item[];
  /** Only the present config does this. */
  readonly removed: readonly Item[];
}

/** A change that both configs make to one person, with other values or for another account. */
export interface DifferentChange {
  readonly present: ReportedChange;
  readonly next: ReportedChange;
}

/** What a new config would do otherwise than the present one, at the same state of HR. */
export interface Impact {
  readonly changes: Sides<ReportedChange> & { readonly different: readonly DifferentChange[] };
  /** How many changes both configs make alike. */
  readonly same: number;
  readonly skips: Sides<Skip>;
  readonly scheduled: Sides<Scheduled>;
  /** What only the new plan has to say, as sentences. */
  readonly notices: readonly string[];
}

/** An impact with the two plans that it compares. */
export interface ReportedImpact extends Impact {
  readonly present: RunResult;
  readonly next: RunResult;
  readonly files: { readonly present: string; readonly next: string };
  /** The keys of the config that differ and decide what a plan is. */
  readonly changedKeys: readonly string[];
  /** Whether HR was read once for both plans; twice where the settings of the source differ. */
  readonly readOnce: boolean;
  /** Whether the new config does anything else at all. */
  readonly differs: boolean;
  readonly exitCode: number;
}
