import type { BambooHRParts } from '../parts.js';
import { instantText } from './last-changed.js';
import { recordsOf } from './records.js';

/** Remembers who was deleted, and when that was noticed. */
export class Deletions {
  readonly #known = new Set<number>();
  readonly #gone = new Map<number, string>();

  constructor(private readonly parts: BambooHRParts) {}

  /** Looks who is there now. Id → instant of the deletion, ascending by instant. */
  look(): ReadonlyMap<number, string> {
    const present = new Set(recordsOf(this.parts).map(({ id }) => id));
    for (const id of present) {
      this.#known.add(id);
      this.#gone.delete(id);
    }
    for (const id of this.#known) {
      if (!present.has(id) && !this.#gone.has(id)) this.#gone.set(id, instantText(this.parts.now()));
    }
    return this.#gone;
  }
}
