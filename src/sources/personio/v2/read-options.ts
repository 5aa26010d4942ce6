import type { AdapterWorld } from '../../../http/world.js';

/** What a read is made with. */
export interface ReadOptions {
  readonly absentValue: 'empty' | 'keep';
  readonly mayBeEmpty: readonly string[];
  /** How many people's employments are asked for at once. */
  readonly concurrency: number;
  readonly sleep: AdapterWorld['sleep'];
}
