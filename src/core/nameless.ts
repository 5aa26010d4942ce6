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

const NOTICE = / gives no name for the (\w+) of (\d+) (?:person|people): what their accounts hold is left as it is; /;

/** Reads such a notice back; null where a sentence is another one. */
export function namelessIn(notice: string): NamelessUnits | null {
  const [, field, people] = NOTICE.exec(notice) ?? [];
  return field === undefined ? null : { field, people: Number(people) };
}
