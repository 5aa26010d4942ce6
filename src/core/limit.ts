/** A limit as the config gives it: so many, or a share of the accounts that hrsync manages. */
export type Limit = { readonly count: number } | { readonly percent: number };

/** A share in percent of a number of people, freed of what binary fractions add: 1.1 % of 3000 are 33. */
export function shareOf(population: number, percent: number): number {
  return Number(((population * percent) / 100).toFixed(6));
}

/** How many changes of a kind a limit allows; null when it allows any number. */
export function allowedBy(limit: Limit, population: number, minPopulation: number): number | null {
  if ('count' in limit) return limit.count;
  return population < minPopulation ? null : Math.floor(shareOf(population, limit.percent));
}
