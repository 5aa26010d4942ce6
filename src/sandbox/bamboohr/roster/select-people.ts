import { fieldsByAlias } from '../fields/catalogue.js';
import type { CompanyView } from '../parts.js';
import { listedRecords } from '../people/listed-records.js';
import type { EmployeeRecord } from '../people/records.js';
import type { Sight } from '../people/sight.js';
import { type Shown, show } from '../people/standing.js';
import type { RosterField } from './roster-fields.js';
import type { RosterQuery } from './roster-query.js';

/** One employee on the roster, visible to the key or not. */
export interface Listed {
  readonly record: EmployeeRecord;
  readonly shown: Shown;
}

/** Filters → aliases of the fields that they look at. */
const FILTERED: Readonly<Record<string, string>> = {
  ...{ ids: 'id', status: 'status', firstName: 'firstName', lastName: 'lastName', preferredName: 'preferredName' },
  ...{ employeeNumber: 'employeeNumber', terminationDate: 'terminationDate', originalHireDate: 'originalHireDate' },
  reportsToId: 'supervisorEId',
};

/**
 * The people that a query selects, in its order. Hidden people are included, unless the query filters or sorts by a field
 * that the key may not read for them. https://documentation.bamboohr.com/reference/list-employees
 */
export function selectPeople(
  query: RosterQuery,
  fields: ReadonlyMap<string, RosterField>,
  { showing, sight }: { readonly showing: CompanyView; readonly sight: Sight },
): readonly Listed[] {
  const used = [
    ...[...query.filters.keys()].map((name) => FILTERED[name] ?? name),
    ...query.sort.map(({ name }) => fields.get(name)?.alias ?? name),
  ].filter((alias) => alias !== 'id');
  const people = listedRecords(showing)
    .map((record) => ({ record, shown: show(record, showing, !showing.settings.rosterShowsFuture) }))
    .filter(({ record }) => used.length === 0 || (sight.person(record) && used.every((alias) => sight.field(alias))))
    .filter(({ shown }) => passes(shown, query, showing));
  return people.toSorted((one, other) => compare(one.shown, other.shown, query, fields));
}

function passes(shown: Shown, { filters }: RosterQuery, showing: CompanyView): boolean {
  if (filters.size === 0) return true;
  const catalogue = fieldsByAlias(showing);
  return [...filters].every(([name, wanted]) => {
    const value = catalogue.get(FILTERED[name] ?? name)?.value(shown, showing) ?? '';
    const text = String(value);
    return wanted.includes(name === 'status' ? text.toLowerCase() : text);
  });
}

function compare(one: Shown, other: Shown, { sort }: RosterQuery, fields: ReadonlyMap<string, RosterField>): number {
  for (const { name, descending } of sort) {
    const read = (shown: Shown) => fields.get(name)?.value(shown) ?? '';
    const order =
      name === 'employeeId' ? one.id - other.id : Number(read(one) > read(other)) - Number(read(one) < read(other));
    if (order !== 0) return descending ? -order : order;
  }
  return one.id - other.id;
}
