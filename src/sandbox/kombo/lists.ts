import type { Context } from 'hono';
import type { Company } from '../company/company.js';
import type { StruckDataFault } from '../faults/fault.js';
import { shapePage } from '../faults/shape-page.js';
import { inTextForm, withDoubles } from '../oddities.js';
import type { StandInEnvironment } from '../stand-in.js';
import { employeeJson, touchedAt } from './employees.js';
import { refuse } from './errors.js';
import { passes } from './filters.js';
import { groupsOf } from './groups.js';
import { cursorTo, type ListQuery, parseListQuery } from './list-query.js';
import type { Copied, Mirror } from './mirror.js';
import { legalEntityJson, locationJson } from './places.js';
import type { KomboSettings } from './settings.js';
import { changeOf } from './unit-changes.js';

type Row = Readonly<Record<string, unknown>>;

/** What lists are made from. */
export interface Listed {
  readonly company: Company;
  readonly settings: KomboSettings;
  readonly mirror: Mirror;
  readonly now: () => Date;
}

/** What a query asks for. Only the rows of one page are made: of a large company, each is a lot of work. */
interface List<Item> {
  readonly items: readonly Item[];
  readonly rowOf: (item: Item) => Row;
}

/** Answers with one page of a list. */
export function listPage<Item>(
  c: Context<StandInEnvironment>,
  { settings }: Pick<Listed, 'settings'>,
  listOf: (query: ListQuery) => List<Item>,
  also: 'next_cursor' | null = null,
): Response {
  const query = parseListQuery(new URL(c.req.url).searchParams, settings);
  if ('problem' in query) return refuse(c, 'PLATFORM.INPUT_INVALID', query.problem);
  const faults = c.env.dataFaults;
  const { items, rowOf } = listOf(query);
  const { rows, total } = shapePage(items, query, faults);
  const end = query.offset + query.limit;
  const isRepeated = faults.some(({ kind }) => kind === 'repeated_page');
  const next = isRepeated ? cursorTo(query.offset) : end < total ? cursorTo(end) : null;
  // The deprecated twin of `next`.
  const more = also === null ? {} : { [also]: next };
  return c.json({ status: 'success', data: { next, ...more, results: rows.map(rowOf) } });
}

/** A list of rows that are made already. */
export function listOfRows(rows: readonly Row[]): List<Row> {
  return { items: rows, rowOf: (row) => row };
}

/** The employees that a query asks for. */
export function employeeList(listed: Listed, query: ListQuery, faults: readonly StruckDataFault[]): List<Copied> {
  const { company, settings, mirror } = listed;
  const emptied = faults.flatMap((fault) => (fault.kind === 'lost_attribute' ? fault.attributes : []));
  const groups = groupsOf(company, settings);
  const rowOf = (copied: Copied) => employeeJson(copied, { company, settings, mirror, groups, emptied });
  const asksForAll = query.includeDeleted && query.filters.size === 0;
  const items = copiedTwice(mirror.look(), settings)
    .filter((copied) => copied.gone === null || settings.vanished === 'marked')
    .filter((copied) => query.updatedAfter === null || isChanged(touchedAt(copied, listed), query.updatedAfter, listed))
    .filter((copied) => asksForAll || isAskedFor(rowOf(copied), query, settings));
  return { items, rowOf };
}

function isAskedFor(row: Row, query: ListQuery, settings: KomboSettings): boolean {
  return (query.includeDeleted || row['remote_deleted_at'] === null) && passes(row, query, settings);
}

function copiedTwice(all: readonly Copied[], settings: KomboSettings): readonly Copied[] {
  return all.flatMap((copied) => withDoubles([copied.person], settings).map((person) => ({ ...copied, person })));
}

function isChanged(at: string, after: string, { settings, now }: Listed): boolean {
  const until = new Date(now().getTime() - settings.updatedAfterLagSeconds * 1_000).toISOString();
  return at >= after && (settings.updatedAfterLagSeconds === 0 || at <= until);
}

/** The groups. */
export function groupList({ company, settings }: Listed, query: ListQuery): List<Row> {
  const rows = groupsOf(company, settings).map((group) => ({ ...group, remote_deleted_at: null, remote_data: null }));
  return unitList(rows, query, settings);
}

/** The work locations. */
export function locationList({ company, settings }: Listed, query: ListQuery): List<Row> {
  return unitList(
    company.offices.map((unit) => locationJson(unit, settings, changeOf(unit))),
    query,
    settings,
  );
}

/** The legal entities. */
export function legalEntityList({ company, settings }: Listed, query: ListQuery): List<Row> {
  const rows = company.legalEntities.map((unit) => {
    const rest = { changed_at: changeOf(unit), remote_deleted_at: null, remote_data: null };
    return { ...legalEntityJson(unit, settings), ...rest };
  });
  return unitList(rows, query, settings);
}

// Of these models only a record's own changes count: https://docs.kombo.dev/hris/implementation-guide/reading-employees
function unitList(
  rows: readonly (Row & { readonly changed_at?: unknown })[],
  query: ListQuery,
  settings: KomboSettings,
): List<Row> {
  const isChanged = ({ changed_at: at }: { readonly changed_at?: unknown }) =>
    query.updatedAfter === null || String(at) >= query.updatedAfter;
  const chosen = rows.filter((row) => passes(row, query, settings) && isChanged(row));
  return listOfRows(inTextForm(chosen, settings.textForm));
}
