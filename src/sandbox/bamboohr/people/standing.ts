import type { Day } from '../../../core/day.js';
import type { Person, PersonData } from '../../company/company.js';
import { asWritten } from '../../oddities.js';
import type { CompanyView } from '../parts.js';
import { lastChangedOf } from './last-changed.js';
import type { EmployeeRecord } from './records.js';

/** An employee as one answer shows them: with future rows, or with what is effective today. */
export interface Shown {
  readonly id: number;
  /** The profile; what is not effective yet, or not any more, is null in it. */
  readonly person: Person;
  readonly status: 'Active' | 'Inactive';
  /** In the account's own words. */
  readonly employmentStatus: string | null;
  readonly originalHireDate: Day | null;
  readonly lastChanged: string | null;
}

const NO_JOB = { position: null, departmentId: null, supervisorId: null, officeId: null, legalEntityId: null } as const;

/** What inactive people lose when only current values are asked for. */
const LOST = { nothing: {}, supervisor: { supervisorId: null }, job: NO_JOB } as const;

/**
 * Shows an employee.
 *
 * Sources: documentation.bamboohr.com/reference/get-data-from-dataset-v1, documentation.bamboohr.com/docs/api-details,
 * github.com/airbytehq/airbyte/issues/18373.
 */
export function show(record: EmployeeRecord, showing: CompanyView, onlyCurrent: boolean): Shown {
  const { person, former, first } = record;
  const { company, settings } = showing;
  const status = statusOf(person, showing, onlyCurrent);
  const isToCome = person.status === 'onboarding';
  const unseen = !onlyCurrent ? {} : isToCome ? NO_JOB : status === 'Inactive' ? LOST[settings.inactiveLose] : {};
  const effective = {
    ...person,
    ...plannedFor(record, showing, onlyCurrent),
    ...unseen,
    terminationDate: terminationOf(record, showing, onlyCurrent),
  };
  return {
    id: record.id,
    person: asWritten(effective, company, settings),
    status,
    employmentStatus: isToCome && onlyCurrent ? null : employmentStatusOf(person, showing, onlyCurrent),
    originalHireDate: former === null ? null : first.hireDate,
    lastChanged: lastChangedOf(record, showing),
  };
}

function statusOf(person: Person, { company, settings }: CompanyView, onlyCurrent: boolean): Shown['status'] {
  if (person.status === 'inactive') return 'Inactive';
  if (person.status === 'onboarding') return settings.hiresToCome === 'inactive' ? 'Inactive' : 'Active';
  const { terminationDate: on } = person;
  const isLastDay = on === company.today && settings.inactiveFrom === 'last_day';
  const willEnd = isAhead(person, company.today) && !onlyCurrent && settings.futureStatus === 'of_the_future';
  return isLastDay || willEnd ? 'Inactive' : 'Active';
}

function employmentStatusOf(person: Person, { company, settings }: CompanyView, onlyCurrent: boolean): string {
  const words = settings.employmentStatuses;
  if (person.status === 'inactive' || (!onlyCurrent && isAhead(person, company.today))) return words.terminated;
  if (person.status === 'leave') return words.leave;
  if (person.employmentType === 'external') return words.contractor;
  return person.weeklyHours < 40 ? words.partTime : words.fullTime;
}

/** That of the last employment that ended. A status row without a date counts from the day it was entered. */
function terminationOf({ person, former }: EmployeeRecord, { company, settings }: CompanyView, onlyCurrent: boolean) {
  const { terminationDate: on, status, changedAt } = person;
  const earlier = former?.terminationDate ?? null;
  if (on === null) return status === 'inactive' ? (changedAt['status']?.slice(0, 10) ?? earlier) : earlier;
  const isHidden = isAhead(person, company.today) && onlyCurrent && settings.futureTerminations === 'hidden';
  return isHidden ? earlier : on;
}

function isAhead({ terminationDate: on }: Person, today: Day): boolean {
  return on !== null && on > today;
}

function plannedFor(
  { id }: EmployeeRecord,
  { company, settings }: CompanyView,
  onlyCurrent: boolean,
): Partial<PersonData> {
  const row = settings.plannedRows[id];
  if (row === undefined || (onlyCurrent && row.on > company.today)) return {};
  const department = company.departments.find(({ name }) => name === row.department);
  return {
    ...(row.jobTitle !== undefined && { position: row.jobTitle }),
    ...(department !== undefined && { departmentId: department.id }),
    ...(row.supervisor !== undefined && { supervisorId: row.supervisor }),
  };
}
