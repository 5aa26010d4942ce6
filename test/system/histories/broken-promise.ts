/** A promise that did not hold, with the figures. */
class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise';
}

/** Throws when a promise did not hold, with the facts. */
export function hold(promise: string, held: boolean, facts: unknown): void {
  if (!held) throw new BrokenPromise(`${promise}: ${JSON.stringify(facts)}`);
}
