import { randomBytes } from 'node:crypto';
import { fieldsByAlias } from '../fields/catalogue.js';
import type { Field } from '../fields/field.js';
import { renderer } from '../fields/render.js';
import type { CompanyView } from '../parts.js';
import type { Shown } from '../people/standing.js';

/** One field of the roster; its name differs from that of the same field elsewhere. */
export interface RosterField {
  readonly name: string;
  /** Alias of the field whose rights decide over it. */
  readonly alias: string;
  readonly value: (shown: Shown) => string | null;
}

/** The names that every row bears. https://documentation.bamboohr.com/reference/list-employees */
export const ALWAYS: ReadonlySet<string> = new Set([
  ...['employeeId', 'firstName', 'lastName', 'preferredName', 'photoUrl', 'jobTitleName', 'status'],
]);

/** Names in the roster → aliases, where the value is the same. */
const SAME: readonly (readonly [string, string])[] = [
  ['employeeId', 'id'],
  ...['firstName', 'lastName', 'preferredName', 'middleName', 'workEmail', 'homeEmail', 'bestEmail'].map(twin),
  ...['mobilePhone', 'homePhone', 'workPhone', 'hireDate'].map(twin),
  ['birthDate', 'dateOfBirth'],
  ['jobTitleName', 'jobTitle'],
  ['departmentName', 'department'],
  ['divisionName', 'division'],
  ['locationName', 'location'],
  ['employmentStatusName', 'employmentHistoryStatus'],
  ['reportsToId', 'supervisorEId'],
  ['reportsToName', 'supervisor'],
];

/** Names of ids → aliases of the lists that the ids are from. */
const OPTION_IDS: readonly (readonly [string, string])[] = [
  ['jobTitleId', 'jobTitle'],
  ['departmentId', 'department'],
  ['divisionId', 'division'],
  ['locationId', 'location'],
  ['employmentStatusId', 'employmentHistoryStatus'],
];

/** Every field that the roster can give. */
export function rosterFields(showing: CompanyView): readonly RosterField[] {
  const { settings } = showing;
  const catalogue = fieldsByAlias(showing);
  const render = renderer({ ...showing, settings: { ...settings, emptyDates: 'null' } }, 'roster');
  const reading = (name: string, alias: string, value: (field: Field, shown: Shown) => string | null) => {
    const field = catalogue.get(alias);
    return field === undefined ? [] : [{ name, alias, value: (shown: Shown) => value(field, shown) }];
  };
  const ids = OPTION_IDS.flatMap(([name, alias]) => {
    const options = new Map(
      catalogue
        .get(alias)
        ?.options?.(showing)
        .map((option) => [option.name, String(option.id)]),
    );
    return reading(name, alias, (field, shown) => options.get(String(field.value(shown, showing))) ?? null);
  });
  return [
    ...[...SAME, ...settings.rosterFurtherFields.map(twin)].flatMap(([name, alias]) => reading(name, alias, render)),
    ...ids,
    { name: 'photoUrl', alias: 'photoUrl', value: photoUrl },
    ...reading('status', 'status', (field, shown) => {
      const status = render(field, shown);
      return settings.rosterStatus === 'lower' ? (status?.toLowerCase() ?? null) : status;
    }),
  ];
}

/** Signed and short-lived: another one at every read. One in ten has no picture. */
function photoUrl({ id }: Shown): string | null {
  if (id % 10 === 0) return null;
  return `https://images.bamboohr.example/${id}/small.jpg?signature=${randomBytes(12).toString('hex')}`;
}

function twin(name: string): readonly [string, string] {
  return [name, name];
}
