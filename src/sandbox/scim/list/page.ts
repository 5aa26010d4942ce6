import type { StruckDataFault } from '../../faults/fault.js';
import { shapePage } from '../../faults/shape-page.js';
import type { ScimParts } from '../parts.js';
import { refuse } from '../refusal.js';
import type { Values } from '../resource.js';
import type { ListQuery } from './query.js';

const LIST_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

/**
 * One page of a list as a ListResponse. Source: RFC 7644, section 3.4.2.4, and RFC 9865.
 *
 * @param show makes of a row what is answered; rows of other pages are not shown
 */
export function pageOf<Row>(
  list: readonly Row[],
  query: ListQuery,
  show: (row: Row) => Values,
  faults: readonly StruckDataFault[],
  parts: Pick<ScimParts, 'settings' | 'cursors' | 'now'>,
): Values {
  const { paging } = parts.settings;
  const isCursor = paging === 'cursor' || (paging === 'both' && query.cursor !== null);
  return isCursor ? pageByCursor(list, query, show, faults, parts) : pageByIndex(list, query, show, faults, parts);
}

function pageByIndex<Row>(
  list: readonly Row[],
  query: ListQuery,
  show: (row: Row) => Values,
  faults: readonly StruckDataFault[],
  { settings }: Pick<ScimParts, 'settings'>,
): Values {
  const { paging, pageSize, maxPageSize } = settings;
  const isIgnored = paging === 'ignored';
  const startIndex = isIgnored ? 1 : Math.max(1, query.startIndex ?? 1);
  const limit = isIgnored ? pageSize : Math.min(Math.max(0, query.count ?? pageSize), maxPageSize);
  const offset = paging === 'wraps' && startIndex > list.length ? 0 : startIndex - 1;
  const { rows, total } = shapePage(list, { offset, limit }, faults);
  return listResponse({ totalResults: total, startIndex, itemsPerPage: rows.length }, rows.map(show), settings);
}

function pageByCursor<Row>(
  list: readonly Row[],
  query: ListQuery,
  show: (row: Row) => Values,
  faults: readonly StruckDataFault[],
  { settings, cursors, now }: Pick<ScimParts, 'settings' | 'cursors' | 'now'>,
): Values {
  if (query.cursor !== null && query.startIndex !== null) {
    throw refuse('invalidCursor', 'A query has a cursor or a startIndex');
  }
  const { count: asked, cursor, startIndex: _, ...rest } = query;
  const count = asked ?? settings.pageSize;
  if (count < 0 || count > settings.maxPageSize) {
    throw refuse('invalidCount', `The count must be between 0 and ${settings.maxPageSize}`);
  }
  const mark = { query: JSON.stringify(rest), count, madeAt: now().getTime() };
  const offset = cursors.offsetOf(cursor ?? '', mark, settings.cursorLifetimeSeconds);
  const { rows, total } = shapePage(list, { offset, limit: count }, faults);
  const hasMore = count > 0 && offset + count < total;
  return listResponse(
    {
      ...(settings.cursorTotals && { totalResults: total }),
      itemsPerPage: rows.length,
      ...(hasMore && { nextCursor: cursors.add({ ...mark, offset: offset + count }) }),
    },
    rows.map(show),
    settings,
  );
}

function listResponse(
  head: Values,
  rows: readonly Values[],
  { emptyResources }: { readonly emptyResources: boolean },
): Values {
  return { schemas: [LIST_RESPONSE], ...head, ...((rows.length > 0 || emptyResources) && { Resources: rows }) };
}

/** A list that is always answered whole. */
export function wholeList(rows: readonly Values[]): Values {
  return listResponse({ totalResults: rows.length, startIndex: 1, itemsPerPage: rows.length }, rows, {
    emptyResources: true,
  });
}
