import type { Day } from './day.js';
import { type Employee, textOf } from './employee.js';

/** Which day it is where people work: by the value of one HR field, such as their place. */
export interface LocalDays {
  /** The HR field that says where somebody works. */
  readonly from: string;
  /** The day for each listed value; for every other the connector's own counts. */
  readonly days: ReadonlyMap<string, Day>;
}

/** What decides which day it is for somebody. */
interface Calendar {
  readonly today: Day;
  readonly localDays: LocalDays | null;
}

/** The day that it is for somebody. */
export function todayFor(employee: Employee, { today, localDays }: Calendar): Day {
  if (localDays === null) return today;
  return localDays.days.get(textOf(employee, localDays.from) ?? '') ?? today;
}

/** The value by which no zone is known, or null. */
export function unlistedPlace(employee: Employee, localDays: LocalDays | null): string | null {
  const place = localDays === null ? null : textOf(employee, localDays.from);
  return place === null || localDays === null || localDays.days.has(place) ? null : place;
}
