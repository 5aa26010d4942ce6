import type { CompanyView } from '../parts.js';
import { customFields } from './custom-fields.js';
import { employeeNumberOf } from './employee-number.js';
import { type Field, standard } from './field.js';
import { jobFields } from './job-fields.js';

/**
 * Every field of the account, whatever the key may see.
 *
 * Sources: documentation.bamboohr.com/docs/list-of-field-names, www.bamboohr.com/api/documentation/types.php.
 */
export function fieldsOf(showing: CompanyView): readonly Field[] {
  return [...personFields, ...jobFields, ...customFields(showing)];
}

/** The fields by alias. */
export function fieldsByAlias(showing: CompanyView): ReadonlyMap<string, Field> {
  return new Map(fieldsOf(showing).flatMap((field) => (field.alias === null ? [] : [[field.alias, field]])));
}

const personFields: readonly Field[] = [
  standard([4000, 'id', 'EEID', 'int'], 'eeid', [], ({ id }) => String(id)),
  standard([1, 'firstName', 'First Name', 'text'], 'firstName', ['firstName'], ({ person }) => person.firstName),
  standard([2, 'lastName', 'Last Name', 'text'], 'lastName', ['lastName'], ({ person }) => person.lastName),
  standard([3, 'middleName', 'Middle Name', 'text'], null, [], () => null),
  standard(
    [1358, 'preferredName', 'Preferred Name', 'text'],
    'preferredName',
    ['preferredName'],
    ({ person }) => person.preferredName,
  ),
  standard(
    [1360, 'displayName', 'Display name', 'text'],
    null,
    ['firstName', 'lastName', 'preferredName'],
    ({ person }) => `${person.preferredName ?? person.firstName} ${person.lastName}`,
  ),
  standard([13, 'employeeNumber', 'Employee #', 'text'], 'employeeNumber', [], ({ id }) => employeeNumberOf(id)),
  standard([7, 'workEmail', 'Work Email', 'email'], 'email', ['email'], ({ person }) => person.email),
  standard([8, 'homeEmail', 'Home Email', 'email'], 'homeEmail', [], ({ id }) => homeEmailOf(id)),
  standard(
    [5000, 'bestEmail', 'Best Email', 'email'],
    null,
    ['email'],
    ({ id, person }) => person.email ?? homeEmailOf(id),
  ),
  standard([9, 'mobilePhone', 'Mobile Phone', 'phone'], null, [], () => null),
  standard([10, 'homePhone', 'Home Phone', 'phone'], null, [], () => null),
  standard([11, 'workPhone', 'Work Phone', 'phone'], null, [], () => null),
  standard([6, 'dateOfBirth', 'Birth Date', 'date'], 'dateOfBirth', [], () => null),
  standard([5, 'gender', 'Gender', 'gender'], 'gender', ['gender'], ({ person }) => person.gender),
  standard([5001, 'isPhotoUploaded', 'Photo Uploaded', 'bool'], null, [], () => 'false'),
  standard([5002, 'lastChanged', 'Last Changed', 'timestamp'], 'lastChanged', [], ({ lastChanged }) => lastChanged),
  standard([15, 'hireDate', 'Hire Date', 'date'], 'hireDate', ['hireDate'], ({ person }) => person.hireDate),
  standard(
    [4315, 'originalHireDate', 'Original Hire Date', 'date'],
    'originalHireDate',
    ['originalHireDate'],
    ({ originalHireDate }) => originalHireDate,
  ),
  standard(
    [4314, 'terminationDate', 'Termination Date', 'date'],
    'terminationDate',
    ['terminationDate'],
    ({ person }) => person.terminationDate,
  ),
  {
    ...{ id: 4600, alias: null, name: 'Handbook signed', type: 'checkbox', dataset: null, keys: [] },
    ...{ isCustom: true, isDeprecated: true, options: null },
    value: ({ id }: { readonly id: number }) => (id % 2 === 0 ? '1' : '0'),
  },
  standard([19, 'payRate', 'Pay rate', 'currency'], null, [], ({ id }) => `${3000 + (id % 50)}.00 USD`),
];

function homeEmailOf(id: number): string {
  return `person-${id}@home.example`;
}
