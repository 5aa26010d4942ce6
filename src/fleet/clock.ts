/** A worker whose clock is further from the database's, in ms, does not work: its days and deadlines would be wrong. */
export const MOST_OFFSET = 5_000;

/** The database's clock minus ours in ms, at least; the time of the round trip is given the benefit of the doubt. */
export function clockOffset(asked: number, database: number, answered: number): number {
  if (database < asked) return database - asked;
  return database > answered ? database - answered : 0;
}
