import { count } from '../../../core/count.js';
import { IncompleteReadError } from '../../../errors.js';
import type { Seen } from './seen.js';

/**
 * Finds known ids that are gone from a read and came back with other leading zeros: everybody would "leave", and be taken
 * over by e-mail under a new id. Excel does this to a file that somebody opens and saves.
 */
export class LeadingZeros {
  /** The ids that came and nobody is linked to, without their zeros; made for the first known id that is a number. */
  #came: ReadonlyMap<string, string> | null = null;
  #twins = 0;
  #first: readonly [known: string, came: string] | null = null;

  constructor(private readonly seen: Pick<Seen, 'unlinked'>) {}

  /** Looks at somebody who is linked and did not come. */
  look(employeeId: string): void {
    if (!isNumber(employeeId)) return;
    this.#came ??= new Map([...this.seen.unlinked()].filter(isNumber).map((id) => [bare(id), id]));
    const came = this.#came.get(bare(employeeId));
    if (came === undefined) return;
    this.#twins += 1;
    this.#first ??= [employeeId, came];
  }

  /** @throws IncompleteReadError with an example, where there are any */
  refuse(title: string): void {
    if (this.#first === null) return;
    const [known, came] = this.#first;
    const ids = count(this.#twins, 'known id');
    throw new IncompleteReadError(title, [
      `${ids} came with other leading zeros than before (#${known} came as #${came}): have HR write ids as text, and do not save the file with Excel`,
    ]);
  }
}

function isNumber(id: string): boolean {
  return /^\d+$/.test(id);
}

function bare(id: string): string {
  return id.replace(/^0+(?=\d)/, '');
}
