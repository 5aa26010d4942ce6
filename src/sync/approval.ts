import type { ApprovedChange } from '../core/approved.js';

/** A plan that somebody approved, and that a run must keep to. */
export interface Approval {
  readonly file: string;
  /** ISO instant, UTC: what was done from then on may have been a part of it. */
  readonly madeAt: string;
  /** What the plan rested on and what has moved since, as sentences. */
  readonly moved: readonly string[];
  /** Takes secrets out of a text, as they were taken out of the plan. */
  readonly clean: (text: string) => string;
  /** The approved changes, read anew at each call. */
  changes(): AsyncIterable<ApprovedChange>;
}
