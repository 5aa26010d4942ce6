import type { Company, Person } from '../../company/company.js';
import type { PersonioSettings } from '../settings.js';
import { problem } from './problem.js';
import { personUpdatedAt } from './updated-at.js';

/** Filters that take no operator, and those that are instants and take `.gt` and `.lt`. */
const PLAIN: Readonly<Record<FilteredList, ReadonlySet<string>>> = {
  persons: new Set(['id', 'email', 'first_name', 'last_name', 'preferred_name', 'status']),
  employments: new Set(['id']),
};
const INSTANTS: Readonly<Record<FilteredList, readonly string[]>> = {
  persons: ['created_at', 'updated_at'],
  employments: ['updated_at'],
};

/** A list that can be filtered. */
type FilteredList = 'persons' | 'employments';

/** What the filters of a request are refused with, or null where they are good. */
export function refusalOf(list: FilteredList, query: URLSearchParams): object | null {
  for (const [key, value] of query) {
    if (key === 'cursor' || key === 'limit') continue;
    const [name = '', operator, ...more] = key.split('.');
    const isInstant = INSTANTS[list].includes(name);
    const isKnown = operator === undefined ? isInstant || PLAIN[list].has(key) : isInstant || PLAIN[list].has(name);
    if (!isKnown) return problem(400);
    const takesOperator = isInstant && (operator === 'gt' || operator === 'lt') && more.length === 0;
    if (operator !== undefined && !takesOperator) return problem(400, 'Provided filter encoding is invalid.');
    if (isInstant && !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(value)) return problem(400);
    if (name === 'status' && value !== 'ACTIVE' && value !== 'INACTIVE') return problem(400);
  }
  return null;
}

/** Those whom good filters leave; different ones must all hold. */
export function peopleFor(
  { people }: Company,
  filters: URLSearchParams,
  settings: PersonioSettings,
  now: Date,
): readonly Person[] {
  const isOneOf = (name: string, value: string) => filters.get(name)?.split(',').includes(value) ?? true;
  const status = filters.get('status');
  return people.filter(
    (person) =>
      isOneOf('id', String(person.id)) &&
      isOneOf('email', person.email ?? '') &&
      isOneOf('first_name', person.firstName) &&
      isOneOf('last_name', person.lastName) &&
      isOneOf('preferred_name', person.preferredName ?? '') &&
      (status === null || (status === 'INACTIVE') === (person.status === 'inactive')) &&
      isWithin('created_at', person.createdAt, filters) &&
      isChanged(personUpdatedAt(person, settings), filters, settings, now),
  );
}

/** Whether something that was updated at an instant passes the filters by `updated_at`, as far as these tell the truth. */
export function isChanged(
  at: string,
  filters: URLSearchParams,
  { updatedAtLagSeconds }: PersonioSettings,
  now: Date,
): boolean {
  const isAsked = [...filters.keys()].some((key) => key.startsWith('updated_at'));
  const isTooNew = Date.parse(at) > now.getTime() - updatedAtLagSeconds * 1_000;
  return !(isAsked && isTooNew && updatedAtLagSeconds > 0) && isWithin('updated_at', at, filters);
}

function isWithin(name: string, at: string, filters: URLSearchParams): boolean {
  const [exactly, from, until] = [name, `${name}.gt`, `${name}.lt`].map((key) => {
    const value = filters.get(key);
    return value === null ? null : Date.parse(value);
  });
  const time = Date.parse(at);
  return (exactly == null || time === exactly) && (from == null || time > from) && (until == null || time < until);
}
