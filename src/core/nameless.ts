import { count } from './count.js';

/** How many people are in units (departments, teams, places …) of one HR field that have no name. */
export interface NamelessUnits {
  readonly field: string;
  readonly people: number;
}

/** The notice of a read about such units: one sentence, without personal data. */
export function sayNameless(title: string, { field, people }: NamelessUnits): string {
  return `${title} gives no name for the ${field} of ${count(people, 'person', 'people')}: what their accounts hold is left as it is; name it in the HR system`;
}
