/** Which people a read has shown: linked ones by one bit of their snapshot row, others by their id. */
export class Seen {
  #rows = new Uint8Array(1_024);
  readonly #unlinked = new Set<string>();
  #distinct = 0;

  /** How many different people have been seen. */
  get distinct(): number {
    return this.#distinct;
  }

  /** Those who are not linked, by their ids. */
  unlinked(): Iterable<string> {
    return this.#unlinked;
  }

  /** Notes a person; false when they have been seen before. `row` is null for somebody who is not linked. */
  add(id: string, row: number | null): boolean {
    if (this.has(id, row)) return false;
    this.#distinct += 1;
    if (row === null) this.#unlinked.add(id);
    else this.#mark(row);
    return true;
  }

  /** Whether a person has been seen. */
  has(id: string, row: number | null): boolean {
    return row === null ? this.#unlinked.has(id) : this.hasRow(row);
  }

  /** Whether the linked person of a snapshot row has been seen. */
  hasRow(row: number): boolean {
    return ((this.#rows[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
  }

  #mark(row: number): void {
    const index = row >> 3;
    if (index >= this.#rows.length) {
      const larger = new Uint8Array(Math.max(index + 1, this.#rows.length * 2));
      larger.set(this.#rows);
      this.#rows = larger;
    }
    this.#rows[index] = (this.#rows[index] ?? 0) | (1 << (row & 7));
  }
}
