import type { Fates } from './fates.js';
import type { HeldBack } from './held-back.js';
import type { Managers } from './managers.js';

/** What is known of people before their changes are made. */
export interface KnownBefore {
  readonly managers: Managers;
  /** Who rests after a failure → a sentence that says until when. */
  readonly resting: ReadonlyMap<string, string>;
  readonly heldBack: HeldBack;
  readonly fates: Fates;
}
