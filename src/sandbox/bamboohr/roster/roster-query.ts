import type { BambooHRSettings } from '../settings.js';

const LARGEST_PAGE = 2500;
const DEFAULT_PAGE = 250;
const SORTABLE = ['employeeId', 'firstName', 'lastName', 'preferredName', 'jobTitleName', 'status'];

/** What the roster is asked for. */
export interface RosterQuery {
  readonly limit: number;
  readonly after: string | null;
  readonly before: string | null;
  /** Names of the roster, and the direction. */
  readonly sort: readonly { readonly name: string; readonly descending: boolean }[];
  readonly fields: readonly string[];
  /** Filters without their bracket: values of one are alternatives. */
  readonly filters: ReadonlyMap<string, readonly string[]>;
}

/** Reads a query, or says what is wrong with it. */
export function parseRosterQuery(
  query: URLSearchParams,
  { rosterGrants }: BambooHRSettings,
): RosterQuery | { problem: string } {
  const limit = Number(query.get('page[limit]') ?? DEFAULT_PAGE);
  if (limit < 1 || limit > LARGEST_PAGE) return { problem: `page[limit] must be from 1 to ${LARGEST_PAGE}` };
  const [after, before] = [query.get('page[after]'), query.get('page[before]')];
  if (after !== null && before !== null) return { problem: 'page[after] and page[before] exclude each other' };
  const sort = listed(query.get('sort') ?? 'employeeId').map((key) => ({
    name: key.replace(/^-/, ''),
    descending: key.startsWith('-'),
  }));
  const unsortable = sort.find(({ name }) => !SORTABLE.includes(name));
  if (unsortable !== undefined) return { problem: `${unsortable.name} cannot be sorted by` };
  const filters = [...query].flatMap(([name, value]): [string, readonly string[]][] => {
    const filter = /^filter\[(\w+)\]$/.exec(name)?.[1];
    return filter === undefined ? [] : [[filter, filter === 'ids' ? listed(value) : [value]]];
  });
  return {
    limit: Math.min(limit, rosterGrants),
    ...{ after, before, sort, fields: listed(query.get('fields') ?? ''), filters: new Map(filters) },
  };
}

/** The parts of a comma list. */
export function listed(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
