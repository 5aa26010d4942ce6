import type { Company, Person, Unit } from '../../company/company.js';
import { plusDays } from '../../company/days.js';
import type { CompanyView } from '../parts.js';
import type { EmployeeRecord } from './records.js';

/** When a record last changed, as BambooHR writes instants; null where it says nothing. */
export function lastChangedOf(
  { id, person, former }: EmployeeRecord,
  { company, settings }: CompanyView,
): string | null {
  if (settings.withoutLastChanged.includes(id)) return null;
  const instants = [
    person.createdAt,
    ...Object.values(person.changedAt),
    ...Object.values(former?.changedAt ?? {}),
    ...(settings.renamesCount ? renamesOf(person, company) : []),
    ...(settings.calendarCounts ? daysOf(person, company) : []),
  ];
  return instants.map(instantText).reduce((latest, one) => (one > latest ? one : latest));
}

/** `2024-04-12T19:33:50+00:00`. */
export function instantText(instant: string | Date): string {
  return `${new Date(instant).toISOString().slice(0, 19)}+00:00`;
}

function renamesOf(person: Person, company: Company): readonly string[] {
  const of = (units: readonly Unit[], id: number | null) => units.find((unit) => unit.id === id)?.renamedAt ?? [];
  return [
    of(company.departments, person.departmentId),
    of(company.offices, person.officeId),
    of(company.legalEntities, person.legalEntityId),
  ].flat();
}

function daysOf({ hireDate, terminationDate }: Person, { today }: Company): readonly string[] {
  const days = [hireDate, terminationDate === null ? null : plusDays(terminationDate, 1)];
  return days.flatMap((day) => (day === null || day > today ? [] : [`${day}T00:00:00Z`]));
}
