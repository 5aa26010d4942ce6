import type { Unit } from '../company/company.js';

/** When units were made: before anything that happens. */
export const MADE_AT = '2020-01-01T00:00:00.000Z';

/** When a unit was last changed. */
export function changeOf({ renamedAt }: Unit): string {
  return renamedAt ?? MADE_AT;
}
