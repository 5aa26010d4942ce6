/** What carrying out a plan came to. */
export interface Applied {
  readonly done: number;
  readonly failed: number;
  readonly uncertain: number;
  readonly deferred: number;
  /** Why the rest was left, where something stopped the run early. */
  readonly stopped: unknown;
  /** What passed a step of `safety.max_failures`, as a sentence, or null. */
  readonly alarm: string | null;
  /** Whether the time of the run, or what the LMS lets it ask, was used up. */
  readonly ranOut: boolean;
}
