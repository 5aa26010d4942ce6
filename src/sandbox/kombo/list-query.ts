import type { KomboSettings } from './settings.js';

/** What every list below /hris may be asked for. */
export interface ListQuery {
  readonly limit: number;
  readonly offset: number;
  readonly includeDeleted: boolean;
  readonly ignoreUnsupportedFilters: boolean;
  /** Instant, ISO 8601 in UTC. */
  readonly updatedAfter: string | null;
  /** Filters by name; values of one are alternatives. */
  readonly filters: ReadonlyMap<string, readonly string[]>;
}

const FILTERS = ['ids', 'remote_ids', 'employment_statuses', 'group_ids', 'legal_entity_ids', 'work_location_ids'];
const UNITS = ['types', 'name_contains'];
const MAILS = ['work_emails', 'personal_emails'];
const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?)?Z?$/;

/** Reads a query, or says what is wrong with it. Nothing of it is remembered in a cursor but the place. */
export function parseListQuery(query: URLSearchParams, settings: KomboSettings): ListQuery | { problem: string } {
  const size = query.get('page_size') ?? String(settings.defaultPageSize);
  if (!/^\d{1,6}$/.test(size) || Number(size) < 1 || Number(size) > settings.largestPageSize) {
    return { problem: `page_size must be a number from 1 to ${settings.largestPageSize}.` };
  }
  const offset = offsetIn(query.get('cursor'));
  if (offset === null) return { problem: 'The cursor is invalid.' };
  const after = query.get('updated_after');
  if (after !== null && !INSTANT.test(after)) return { problem: 'updated_after is not a date.' };
  const names = [...FILTERS, 'employment_status', ...UNITS, ...MAILS];
  const filters = names.flatMap((name): [string, readonly string[]][] => {
    const text = query.get(name) ?? '';
    return text === '' ? [] : [[name, text.split(',')]];
  });
  return {
    limit: Number(size),
    offset,
    includeDeleted: query.get('include_deleted') === 'true',
    ignoreUnsupportedFilters: query.get('ignore_unsupported_filters') === 'true',
    updatedAfter: after === null ? null : new Date(after.endsWith('Z') ? after : `${after}Z`).toISOString(),
    filters: new Map(filters),
  };
}

/** A cursor that leads to a row. Nobody is to read it. */
export function cursorTo(offset: number): string {
  return Buffer.from(JSON.stringify({ note: 'opaque', at: offset })).toString('base64');
}

function offsetIn(cursor: string | null): number | null {
  if (cursor === null || cursor === '') return 0;
  try {
    const held: unknown = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8'));
    const at: unknown = typeof held === 'object' && held !== null && 'at' in held ? held.at : null;
    return typeof at === 'number' ? at : null;
  } catch {
    return null;
  }
}
