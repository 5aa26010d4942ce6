import type { Context } from 'hono';
import { shapePage } from '../../faults/shape-page.js';
import { withOddities } from '../../oddities.js';
import { refuse } from '../gate/errors.js';
import type { BambooHREnvironment, BambooHRParts } from '../parts.js';
import { type Sight, sightOf } from '../people/sight.js';
import { type Boundary, boundaryIn, cursorTo } from './cursor.js';
import { ALWAYS, type RosterField, rosterFields } from './roster-fields.js';
import { parseRosterQuery, type RosterQuery } from './roster-query.js';
import { type Listed, selectPeople } from './select-people.js';

interface Position {
  readonly offset: number;
  readonly limit: number;
}

/**
 * `GET /v1/employees`: everybody by pages, with a total. A value outside the rights of the key is null and named as restricted.
 *
 * Source: documentation.bamboohr.com/reference/list-employees.
 */
export function rosterPage(c: Context<BambooHREnvironment>, parts: BambooHRParts): Response {
  const { settings } = parts;
  const query = parseRosterQuery(new URL(c.req.url).searchParams, settings);
  if ('problem' in query) return refuse(c, settings, 400, { message: query.problem });
  const faults = c.env.dataFaults;
  const sight = sightOf(c.var.key, faults);
  const fields = new Map(rosterFields(parts).map((field) => [field.name, field]));
  const people = selectPeople(query, fields, { showing: parts, sight });
  const position = positionOf(people, query);
  if (position === null) return refuse(c, settings, 400, { code: 'BadPage', message: 'The page cursor is not valid' });
  const { rows, total } = shapePage(people, position, faults);
  const asked = [...fields.values()].filter(({ name }) => ALWAYS.has(name) || query.fields.includes(name));
  const isRepeated = faults.some(({ kind }) => kind === 'repeated_page');
  const cursors = cursorsAround(people, { ...position, total }, query);
  const next = isRepeated && query.after !== null ? query.after : cursors.next;
  return c.json({
    data: rows.map((listed) => rowOf(listed, asked, sight, parts)),
    meta: { total, page: { limit: query.limit, nextCursor: next, prevCursor: cursors.prev } },
    _links: linksOf(c.req.url, next, cursors.prev),
  });
}

function rowOf(
  { record, shown }: Listed,
  asked: readonly RosterField[],
  sight: Sight,
  { settings }: BambooHRParts,
): object {
  const isSeen = sight.person(record);
  const restricted = asked.filter(({ name, alias }) => name !== 'employeeId' && !(isSeen && sight.field(alias)));
  const values = asked.map((field) => [field.name, restricted.includes(field) ? null : field.value(shown)]);
  const names = restricted.map(({ name }) => name);
  const row = { ...Object.fromEntries(values), ...(names.length > 0 && { _restrictedFields: names }) };
  return withOddities(row, record.id, settings);
}

/** Null for a cursor that is malformed, or whose row was changed or deleted, or stands in another list. */
function positionOf(people: readonly Listed[], query: RosterQuery): Position | null {
  const cursor = query.after ?? query.before;
  if (cursor === null) return { offset: 0, limit: query.limit };
  const boundary = boundaryIn(cursor);
  if (boundary === null || boundary.list !== listKey(query)) return null;
  const index = people.findLastIndex(({ shown }) => shown.id === boundary.id);
  if (index < 0 || people[index]?.shown.lastChanged !== boundary.lastChanged) return null;
  if (query.after !== null) return { offset: index + 1, limit: query.limit };
  const offset = Math.max(0, index - query.limit);
  return { offset, limit: index - offset };
}

function cursorsAround(
  people: readonly Listed[],
  { offset, limit, total }: Position & { readonly total: number },
  query: RosterQuery,
): { readonly next: string | null; readonly prev: string | null } {
  const cursorAt = (index: number): string | null => {
    const at = people[index]?.shown;
    return at === undefined ? null : cursorTo(boundaryOf(at, query));
  };
  const end = offset + limit;
  return { next: end < total ? cursorAt(end - 1) : null, prev: offset > 0 ? cursorAt(offset) : null };
}

function boundaryOf({ id, lastChanged }: Listed['shown'], query: RosterQuery): Boundary {
  return { id, lastChanged, list: listKey(query) };
}

/** A cursor holds for the filter and order that it was given for. */
function listKey({ sort, filters }: RosterQuery): string {
  return JSON.stringify([sort, [...filters]]);
}

function linksOf(url: string, next: string | null, prev: string | null): object {
  const link = (name: 'page[after]' | 'page[before]', cursor: string): string => {
    const to = new URL(url);
    to.searchParams.delete('page[after]');
    to.searchParams.delete('page[before]');
    to.searchParams.set(name, cursor);
    return to.href;
  };
  return {
    self: url,
    ...(next !== null && { next: link('page[after]', next) }),
    ...(prev !== null && { prev: link('page[before]', prev) }),
  };
}
