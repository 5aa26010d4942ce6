import type { Context } from 'hono';
import type { Company } from '../company/company.js';
import type { StruckDataFault } from '../faults/fault.js';
import { shapePage } from '../faults/shape-page.js';
import type { StandInEnvironment } from '../stand-in.js';
import { employeeJson, touchedAt } from './employees.js';
import { refuse } from './errors.js';
import { passes } from './filters.js';
import { groupsOf } from './groups.js';
import { cursorTo, type ListQuery, parseListQuery } from './list-query.js';
import type { Mirror } from './mirror.js';
import { legalEntityJson, locationJson } from './places.js';
import type { KomboSettings } from './settings.js';

type Row = Readonly<Record<string, unknown>>;

/** What lists are made from. */
export interface Listed {
  readonly company: Company;
  readonly settings: KomboSettings;
  readonly mirror: Mirror;
}

/** Answers with one page of a list. */
export function listPage(
  c: Context<StandInEnvironment>,
  { settings }: Pick<Listed, 'settings'>,
  rowsOf: (query: ListQuery) => readonly Row[],
): Response {
  const query = parseListQuery(new URL(c.req.url).searchParams, settings);
  if ('problem' in query) return refuse(c, 'PLATFORM.INPUT_INVALID', query.problem);
  const faults = c.env.dataFaults;
  const { rows, total } = shapePage(rowsOf(query), query, faults);
  const end = query.offset + query.limit;
  const isRepeated = faults.some(({ kind }) => kind === 'repeated_page');
  const next = isRepeated ? cursorTo(query.offset) : end < total ? cursorTo(end) : null;
  return c.json({ status: 'success', data: { next, results: rows } });
}

/** The employees that a query asks for. */
export function employeeRows(listed: Listed, query: ListQuery, faults: readonly StruckDataFault[]): readonly Row[] {
  const { company, settings, mirror } = listed;
  const emptied = faults.flatMap((fault) => (fault.kind === 'lost_attribute' ? fault.attributes : []));
  const groups = groupsOf(company, settings);
  return mirror
    .look()
    .filter((copied) => copied.gone === null || settings.vanished === 'marked')
    .filter((copied) => query.updatedAfter === null || touchedAt(copied, company) >= query.updatedAfter)
    .map((copied) => employeeJson(copied, { company, settings, mirror, groups, emptied }))
    .filter((row) => query.includeDeleted || row['remote_deleted_at'] === null)
    .filter((row) => passes(row, query, settings));
}

/** The groups; none has ever changed since it was made. */
export function groupRows({ company, settings }: Listed, query: ListQuery): readonly Row[] {
  const rows = groupsOf(company, settings).map((group) => ({ ...group, ...unchanging, remote_data: null }));
  return rows.filter((row) => passes(row, query, settings) && isNew(query));
}

/** The work locations. */
export function locationRows({ company, settings }: Listed, query: ListQuery): readonly Row[] {
  const rows = company.offices.map((unit) => locationJson(unit, settings, unchanging.changed_at));
  return rows.filter((row) => passes(row, query, settings) && isNew(query));
}

/** The legal entities. */
export function legalEntityRows({ company, settings }: Listed, query: ListQuery): readonly Row[] {
  const rows = company.legalEntities.map((unit) => ({ ...legalEntityJson(unit, settings), ...unchanging }));
  return rows.filter((row) => passes(row, query, settings) && isNew(query));
}

const unchanging = { changed_at: '2020-01-01T00:00:00.000Z', remote_deleted_at: null } as const;

function isNew({ updatedAfter }: ListQuery): boolean {
  return updatedAfter === null || updatedAfter <= unchanging.changed_at;
}
