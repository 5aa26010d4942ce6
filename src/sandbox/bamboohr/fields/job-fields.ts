import { findPerson, findUnit, type Person, type Unit } from '../../company/company.js';
import { hash } from '../../company/random.js';
import { shownName } from '../../oddities.js';
import type { CompanyView } from '../parts.js';
import { recordIdOf } from '../people/records.js';
import type { Shown } from '../people/standing.js';
import { employeeNumberOf } from './employee-number.js';
import { type Field, type Option, standard } from './field.js';

type UnitList = 'departments' | 'offices' | 'legalEntities';

/** Job, place and employment; what BambooHR has no standard field for is a custom field of the account. */
export const jobFields: readonly Field[] = [
  standard(
    [17, 'jobTitle', 'Job Title', 'list'],
    'jobInformationJobTitle',
    ['position'],
    ({ person }) => person.position,
    jobTitles,
  ),
  unitField([4, 'department', 'Department', 'list'], 'jobInformationDepartment', 'departmentId', 'departments'),
  unitField([1355, 'division', 'Division', 'list'], 'jobInformationDivision', 'legalEntityId', 'legalEntities'),
  unitField([18, 'location', 'Location', 'list'], 'jobInformationLocation', 'officeId', 'offices'),
  standard(
    [91, 'supervisor', 'Reporting to', 'employee'],
    'jobInformationReportsTo',
    ['supervisorId'],
    (shown, showing) => {
      const manager = managerOf(shown, showing);
      return manager === null ? null : `${manager.lastName}, ${manager.firstName}`;
    },
  ),
  standard(['91.1', 'supervisorEId', 'Supervisor EID', 'int'], 'supervisorEid', ['supervisorId'], managerIdOf),
  standard(['91.2', 'supervisorId', 'Supervisor Employee #', 'text'], null, ['supervisorId'], (shown, showing) => {
    const id = managerIdOf(shown, showing);
    return id === null ? null : employeeNumberOf(Number(id));
  }),
  standard(
    ['91.3', 'supervisorEmail', 'Supervisor Email', 'email'],
    null,
    ['supervisorId'],
    (shown, showing) => managerOf(shown, showing)?.email ?? null,
  ),
  standard([16, 'status', 'Status', 'text'], 'status', ['status'], ({ status }) => status),
  standard(
    [1936, 'employmentHistoryStatus', 'Employment Status', 'list'],
    'employmentStatus',
    ['employmentStatus'],
    ({ employmentStatus }) => employmentStatus,
    ({ settings }) => Object.values(settings.employmentStatuses).map(asOption),
  ),
];

/** A list value that BambooHR numbers by itself. */
export function asOption(name: string): Option {
  return { id: hash(...[...name].map((letter) => letter.codePointAt(0) ?? 0)) % 100_000, name };
}

function unitField(
  [id, alias, name, type]: readonly [number, string, string, 'list'],
  dataset: string,
  key: 'departmentId' | 'officeId' | 'legalEntityId',
  list: UnitList,
): Field {
  const value: Field['value'] = ({ person }, { company, settings }) => {
    const unit = findUnit(company[list], person[key]);
    return unit === null ? null : shownName(unit, settings);
  };
  return standard([id, alias, name, type], dataset, [key], value, ({ company }) => company[list].map(unitOption));
}

/** A unit as a list value. */
export function unitOption({ id, name }: Unit): Option {
  return { id, name };
}

function jobTitles({ company }: CompanyView): readonly Option[] {
  return [...new Set(company.people.flatMap(({ position }) => position ?? []))].toSorted().map(asOption);
}

function managerOf({ person }: Shown, { company }: CompanyView): Person | null {
  return findPerson(company, person.supervisorId);
}

function managerIdOf({ person }: Shown, showing: CompanyView): string | null {
  const id = recordIdOf(person.supervisorId, showing);
  return id === null ? null : String(id);
}
