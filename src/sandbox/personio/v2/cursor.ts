import * as z from 'zod';
import type { StruckDataFault } from '../../faults/fault.js';
import { shapePage } from '../../faults/shape-page.js';
import type { PersonioSettings } from '../settings.js';

/** What a list is asked for. */
export interface ListRequest {
  readonly url: URL;
  readonly settings: PersonioSettings;
  readonly faults: readonly StruckDataFault[];
  readonly defaultLimit: number;
  readonly largestLimit: number;
  /** Rows on one page at most, whatever is asked for. */
  readonly most?: number | null;
  /** The path that `next` names, where it is another than the list's own. */
  readonly nextPath?: string;
}

/** What a cursor holds; the filters are those of the first request, for the links repeat none of them. */
const positionSchema = z.object({ offset: z.int(), limit: z.int(), filters: z.string() });

type Position = z.output<typeof positionSchema>;

/** One page of a v2 list in its envelope, or null where cursor or limit are not good. There are no totals. */
export function listPage<Row>(
  request: ListRequest,
  select: (filters: URLSearchParams) => readonly Row[] | null,
  show: (row: Row) => unknown,
): object | null {
  const position = positionOf(request);
  if (position === null) return null;
  const list = select(new URLSearchParams(position.filters));
  if (list === null) return null;
  const { rows } = shapePage(list, position, request.faults);
  const next = position.offset + position.limit;
  const isEmptied = request.faults.some(({ kind }) => kind === 'empty_list');
  const more = next < lengthOf(list, request.faults) && !isEmptied;
  return {
    _data: rows.map(show),
    _meta: {
      links: { self: { href: request.url.href }, ...(more && { next: { href: link(request, position, next) } }) },
    },
  };
}

function positionOf({ url, settings, defaultLimit, largestLimit, most }: ListRequest): Position | null {
  const query = new URLSearchParams(url.search);
  const cursor = query.get('cursor');
  const asked = query.get('limit');
  query.delete('cursor');
  query.delete('limit');
  if (asked !== null && !(/^\d+$/.test(asked) && Number(asked) >= 1 && Number(asked) <= largestLimit)) return null;
  const capped = (limit: number) => Math.min(limit, most ?? limit);
  if (cursor === null) return { offset: 0, limit: capped(Number(asked ?? defaultLimit)), filters: query.toString() };
  const position = decoded(cursor);
  if (position === null) return null;
  const usual = settings.cursorKeepsLimit ? position.limit : defaultLimit;
  return { ...position, limit: capped(Number(asked ?? usual)) };
}

function lengthOf(list: readonly unknown[], faults: readonly StruckDataFault[]): number {
  const short = faults.find((fault) => fault.kind === 'short_list');
  return short?.kind === 'short_list' ? Math.floor(list.length * short.keep) : list.length;
}

function link({ url, settings, nextPath = url.pathname }: ListRequest, position: Position, offset: number): string {
  if (settings.nextLinks === 'own_page') return url.href;
  const path = `${nextPath}?cursor=${encoded({ ...position, offset })}`;
  if (settings.nextLinks === 'relative') return path;
  return settings.nextLinks === 'foreign' ? `https://api.personio.example${path}` : `${url.origin}${path}`;
}

function encoded(position: Position): string {
  return `cur_${Buffer.from(JSON.stringify(position)).toString('base64url')}`;
}

function decoded(cursor: string): Position | null {
  try {
    return positionSchema.parse(JSON.parse(Buffer.from(cursor.replace(/^cur_/, ''), 'base64url').toString()));
  } catch {
    return null;
  }
}
