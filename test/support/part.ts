// An ordinary run takes a part of what takes minutes, another one each day of the year: one in 24 kill points and random
// histories, and every sixth row of the long tables of system tests. `HRSYNC_DAY=N` repeats the part of a day;
// `HRSYNC_PARTS=1` runs everything.

/** Number of parts that kill points and histories are cut into. */
export const PARTS = positive('HRSYNC_PARTS', 24);

/** Day of the year in UTC, counted from 1; `build.mjs` fixes it for all workers of a run. */
export const DAY = positive(
  'HRSYNC_DAY',
  Math.floor((Date.now() - Date.UTC(new Date().getUTCFullYear(), 0)) / 864e5) + 1,
);

/** Number of parts that long tables are cut into: their rows take seconds. */
const PARTS_OF_TABLES = Math.min(PARTS, 6);

/** What this run takes, with the variables that repeat it. */
export const PART =
  PARTS === 1
    ? 'all kill points, histories and tables'
    : `part ${(DAY % PARTS) + 1} of ${PARTS} of the kill points and histories, part ${(DAY % PARTS_OF_TABLES) + 1} of ${PARTS_OF_TABLES} of the long tables (HRSYNC_DAY=${DAY} HRSYNC_PARTS=${PARTS} repeats it, npm run test:all runs everything)`;

/** True if the part of this run holds the kill point or history at this index. */
export function isInPart(index: number): boolean {
  return index % PARTS === DAY % PARTS;
}

/** The rows of a table that this run takes, at least one. */
export function rowsOfPart<Row>(rows: readonly Row[]): readonly Row[] {
  const parts = Math.min(PARTS_OF_TABLES, rows.length);
  return rows.filter((_, index) => index % parts === DAY % parts);
}

function positive(name: string, otherwise: number): number {
  const value = process.env[name];
  if (value === undefined || value === '') return otherwise;
  if (!/^[1-9]\d*$/.test(value)) throw new Error(`${name} is "${value}": set it to a whole number from 1`);
  return Number(value);
}
