import { setTimeout as wait } from 'node:timers/promises';
import type { Paces } from '../store/fleet.js';
import { batchOf, gapOf, startsOf } from './pace.js';

/** What one limit of a fleet works with. */
export interface FleetPaceParts {
  readonly paces: Paces;
  readonly rule: string;
  readonly key: string;
  readonly perSecond: number;
  readonly now: () => Date;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}

/**
 * One limit that all workers share. It reserves some requests at a time in the database; a reservation whose time has passed
 * unused is thrown away, because two workers that made up for lost time together would exceed the limit.
 */
export class FleetPace {
  #starts: number[] = [];
  /** The database's clock minus ours, in ms. */
  #offset = 0;
  #reserving: Promise<void> | null = null;
  #heldUntil = 0;

  constructor(private readonly parts: FleetPaceParts) {}

  /** Waits until the next request may begin. */
  async turn(): Promise<void> {
    const { sleep = wait, now } = this.parts;
    for (;;) {
      const at = await this.#next();
      const pause = Math.max(at - this.#offset, this.#heldUntil) - now().getTime();
      if (pause > 0) await sleep(pause);
      // A pause that began meanwhile holds for those too who had their turn already.
      if (this.#heldUntil <= now().getTime()) return;
    }
  }

  /** Nobody begins a request for so long, in ms. What cannot be written down holds for this worker alone. */
  holdBack(milliseconds: number, slower: boolean): void {
    const { paces, rule, key, now } = this.parts;
    this.#heldUntil = Math.max(this.#heldUntil, now().getTime() + milliseconds);
    this.#starts = [];
    paces.holdBack(rule, key, milliseconds, slower).catch(() => undefined);
  }

  async #next(): Promise<number> {
    for (;;) {
      const at = this.#starts.shift();
      if (at !== undefined && at > this.#databaseNow() - gapOf(this.parts.perSecond)) return at;
      if (at !== undefined) continue;
      this.#reserving ??= this.#reserve().finally(() => {
        this.#reserving = null;
      });
      await this.#reserving;
    }
  }

  #databaseNow(): number {
    return this.parts.now().getTime() + this.#offset;
  }

  async #reserve(): Promise<void> {
    const { paces, rule, key, perSecond, now } = this.parts;
    const count = batchOf(perSecond);
    const asked = now().getTime();
    const { start, gap, now: database } = await paces.reserve(rule, key, count, gapOf(perSecond));
    this.#offset = database - (asked + now().getTime()) / 2;
    this.#starts = [...startsOf({ start, gap, count }, this.#databaseNow())];
  }
}
