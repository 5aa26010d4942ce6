import type { Employee } from '../../core/employee.js';
import { emptyFields, type Value } from '../../core/value.js';
import type { Company, Person } from '../../sandbox/index.js';

/** The made-up company as a source that reads files would show it; `fields` names further HR fields to fill. */
export function madeUpEmployees(company: Company, fields: readonly string[]): readonly Employee[] {
  return company.people.map((person, index) => ({
    id: String(person.id),
    fields: fieldsOf(person, company, fields, index),
  }));
}

function fieldsOf(person: Person, company: Company, fields: readonly string[], index: number): Employee['fields'] {
  const named = (units: Company['departments'], id: number | null) =>
    units.find((unit) => unit.id === id)?.name ?? null;
  const known: Readonly<Record<string, Value>> = {
    ...{ first_name: person.firstName, last_name: person.lastName, preferred_name: person.preferredName },
    ...{ display_name: `${person.firstName} ${person.lastName}`, work_email: person.email, job_title: person.position },
    department: named(company.departments, person.departmentId),
    team: named(company.teams, person.teamId),
    work_location: named(company.offices, person.officeId),
    legal_entity: named(company.legalEntities, person.legalEntityId),
    cost_center: named(company.costCenters, person.costCenterIds[0] ?? null),
    ...{
      start_date: person.hireDate,
      termination_date: person.terminationDate,
      last_working_day: person.lastWorkingDay,
    },
    ...{ status: person.status, employment_type: person.employmentType },
    manager: person.supervisorId === null ? null : String(person.supervisorId),
  };
  const all = emptyFields();
  // A field of the customer's own: a number of six digits, which fits texts and numbers.
  for (const field of fields) all[field] = known[field] === undefined ? String(100_000 + index) : known[field];
  return Object.assign(all, known);
}
