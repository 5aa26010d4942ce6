import type { StruckDataFault } from './fault.js';

/** One page of a list, right or wrong. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  /** How many rows the whole list is said to have. */
  readonly total: number;
}

/** Cuts a page out of a list, with everything that the faults of this request do to it. */
export function shapePage<Row>(
  list: readonly Row[],
  { offset, limit }: { readonly offset: number; readonly limit: number },
  faults: readonly StruckDataFault[],
): Page<Row> {
  let page: Page<Row> = { rows: list.slice(offset, offset + limit), total: list.length };
  for (const fault of faults) page = spoil(page, list, { offset, limit }, fault);
  return page;
}

function spoil<Row>(
  page: Page<Row>,
  list: readonly Row[],
  { offset, limit }: { readonly offset: number; readonly limit: number },
  fault: StruckDataFault,
): Page<Row> {
  switch (fault.kind) {
    case 'short_page':
      return { ...page, rows: page.rows.slice(0, Math.floor(page.rows.length / 2)) };
    case 'repeated_page':
      return { ...page, rows: list.slice(Math.max(0, offset - limit), Math.max(limit, offset)) };
    case 'shrinking_total':
      return { ...page, total: Math.max(0, page.total - fault.strike * fault.by) };
    case 'empty_list':
      return { rows: [], total: 0 };
    case 'short_list': {
      const kept = list.slice(0, Math.floor(list.length * fault.keep));
      return { rows: kept.slice(offset, offset + limit), total: kept.length };
    }
    case 'shuffled_rows': {
      const shift = (fault.strike * 7) % Math.max(1, list.length);
      const turned = [...list.slice(shift), ...list.slice(0, shift)];
      return { ...page, rows: turned.slice(offset, offset + limit) };
    }
    case 'lost_attribute':
      return page;
  }
}
