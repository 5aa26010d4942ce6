import type { Day } from '../../core/day.js';

/** Where a person stands, in the words most HR systems share. */
type Status = 'onboarding' | 'active' | 'leave' | 'inactive';

/** A department, team, office, legal entity or cost center. */
export interface Unit {
  readonly id: number;
  name: string;
  /** When it was last renamed, ISO 8601 in UTC; absent: never. */
  renamedAt?: string;
}

/** A field that this company added to its HR system. */
export interface CustomAttribute {
  readonly key: string;
  readonly label: string;
  readonly type: 'integer' | 'tags' | 'list' | 'multiline' | 'date' | 'link';
  readonly options: readonly string[];
}

export type CustomValue = string | number | readonly string[] | null;

/** What HR knows about one person, independent of any HR system's JSON. */
export interface PersonData {
  firstName: string;
  lastName: string;
  preferredName: string | null;
  email: string | null;
  gender: string | null;
  status: Status;
  position: string | null;
  supervisorId: number | null;
  employmentType: 'internal' | 'external';
  weeklyHours: number;
  hireDate: Day | null;
  contractEndDate: Day | null;
  probationEnd: Day | null;
  terminationDate: Day | null;
  terminationType: string | null;
  terminationReason: string | null;
  lastWorkingDay: Day | null;
  legalEntityId: number | null;
  officeId: number | null;
  departmentId: number | null;
  teamId: number | null;
  costCenterIds: readonly number[];
  custom: Readonly<Record<string, CustomValue>>;
}

/** One profile. A rehire is a new one with a new id. */
export interface Person extends PersonData {
  readonly id: number;
  /** After a rehire: the profile of the employment before. */
  readonly formerId?: number;
  /** Instant, ISO 8601 in UTC. */
  readonly createdAt: string;
  /** When each field (or custom key) was last changed by somebody; fields never touched since creation are absent. */
  changedAt: Readonly<Record<string, string>>;
}

/** A made-up company: plain data that events change in place. */
export interface Company {
  readonly name: string;
  readonly seed: number;
  /** The company's own calendar; only `moveTo` moves it. */
  today: Day;
  nextId: number;
  readonly departments: readonly Unit[];
  readonly teams: readonly Unit[];
  readonly offices: readonly Unit[];
  readonly legalEntities: readonly Unit[];
  readonly costCenters: readonly Unit[];
  readonly customAttributes: readonly CustomAttribute[];
  /** Ascending by id. */
  readonly people: Person[];
}

/** Position of a profile in `company.people`, or -1. */
export function indexOfPerson(company: Company, id: number): number {
  let low = 0;
  let high = company.people.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = company.people[middle]?.id ?? 0;
    if (found === id) return middle;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** The profile with an id, or null. */
export function findPerson(company: Company, id: number | null): Person | null {
  return id === null ? null : (company.people[indexOfPerson(company, id)] ?? null);
}

/** The unit with an id, or null. */
export function findUnit(units: readonly Unit[], id: number | null): Unit | null {
  return units.find((unit) => unit.id === id) ?? null;
}
