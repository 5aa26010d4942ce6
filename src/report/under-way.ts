import { sayMinute } from '../core/instant.js';
import { grouped } from './words.js';

/** A run of another process that goes on now. */
export interface UnderWay {
  readonly run: number;
  /** ISO instant, UTC. */
  readonly since: string;
  /** How many changes have an outcome. */
  readonly done: number;
  /** How many there are; null while the run reads and plans. */
  readonly planned: number | null;
}

/** `under way since 2026-11-24 02:00 UTC, 613 of 18,000 changes done`. */
export function sayUnderWay({ since, done, planned }: UnderWay): string {
  const far = planned === null ? 'reading and planning' : `${grouped(done)} of ${grouped(planned)} changes done`;
  return `under way since ${sayMinute(since)}, ${far}`;
}
