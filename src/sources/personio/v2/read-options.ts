import type { AdapterWorld } from '../../../http/world.js';

/** What it means that a key is absent; `auto` goes by whether the answers write null where there is no value. */
export type AbsentValue = 'auto' | 'empty' | 'keep';

/** What a read is made with. */
export interface ReadOptions {
  readonly absentValue: AbsentValue;
  readonly mayBeEmpty: readonly string[];
  /** How many people's employments are asked for at once. */
  readonly concurrency: number;
  readonly sleep: AdapterWorld['sleep'];
}
