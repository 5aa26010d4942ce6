import { on360Learning } from './on-360learning.js';
import type { KillPoint } from './situation.js';
import { everyKindOfNight } from './story-360learning.js';
import { describeWrites } from './writes.js';

/** Kills runs into 360Learning at each write, all at one moment: files of their own run side by side. */
export function describe360Learning(moment: KillPoint['moment']): void {
  describeWrites(moment, {
    what: 'a night of every kind of change in 360Learning',
    open: on360Learning,
    story: everyKindOfNight,
    fewest: 12,
  });
}
