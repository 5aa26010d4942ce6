import type { Fields } from '../../../src/core/value.js';
import type { Company, Person } from '../../../src/sandbox/index.js';

/** HR fields that every source can read of the made-up company. */
export const EXPECTED_FIELDS = [
  'id',
  'first_name',
  'last_name',
  'work_email',
  'job_title',
  'department',
  'team',
  'work_location',
  'legal_entity',
  'cost_center',
  'start_date',
  'termination_date',
  'status',
  'manager',
] as const;

/** What a source must make of one person, told from the company and from no HR system's JSON. */
export function expectedFields(
  person: Person,
  company: Company,
  idOf: (person: Pick<Person, 'id'>) => string = ({ id }) => String(id),
): Fields {
  return {
    id: idOf(person),
    first_name: person.firstName,
    last_name: person.lastName,
    work_email: person.email,
    job_title: person.position,
    department: nameOf(company.departments, person.departmentId),
    team: nameOf(company.teams, person.teamId),
    work_location: nameOf(company.offices, person.officeId),
    legal_entity: nameOf(company.legalEntities, person.legalEntityId),
    cost_center: costCenters(person, company),
    start_date: person.hireDate,
    termination_date: person.terminationDate,
    status: person.status,
    manager: person.supervisorId === null ? null : idOf({ id: person.supervisorId }),
  };
}

type Units = Company['departments'];

function nameOf(units: Units, id: number | null): string | null {
  return units.find((unit) => unit.id === id)?.name ?? null;
}

function costCenters(person: Person, company: Company): string | readonly string[] | null {
  const names = person.costCenterIds.map((id) => nameOf(company.costCenters, id)).filter((name) => name !== null);
  return names.length > 1 ? names.sort() : (names[0] ?? null);
}
