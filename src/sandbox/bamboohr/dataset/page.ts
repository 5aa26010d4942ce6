import type { StruckDataFault } from '../../faults/fault.js';
import { shapePage } from '../../faults/shape-page.js';
import { withOddities } from '../../oddities.js';
import type { Field } from '../fields/field.js';
import type { Render } from '../fields/render.js';
import type { Sight } from '../people/sight.js';
import type { Shown } from '../people/standing.js';
import { valuesOf } from '../rows.js';
import type { BambooHRSettings } from '../settings.js';
import type { DatasetRequest } from './request.js';

/** What a page is made with. */
interface PageParts {
  readonly settings: BambooHRSettings;
  /** By name in the data set. */
  readonly fields: ReadonlyMap<string, Field>;
  readonly render: Render;
  readonly sight: Sight;
  readonly faults: readonly StruckDataFault[];
}

/** One page in its envelope. A hidden field is empty and named as restricted. */
export function datasetPage(
  people: readonly Shown[],
  { page, pageSize, fields: names }: DatasetRequest,
  { settings, fields, render, sight, faults }: PageParts,
): object {
  const { rows, total } = shapePage(people, { offset: (page - 1) * pageSize, limit: pageSize }, faults);
  const columns = names.flatMap((name) => {
    const field = fields.get(name);
    return field === undefined ? [] : [{ name, field }];
  });
  const seen = columns.filter(({ field }) => sight.field(field.alias));
  const filled = settings.bareRows ? seen.filter(({ name }) => name === 'eeid') : seen;
  const restricted = columns.filter((column) => !seen.includes(column)).map(({ name }) => name);
  const emptied = Object.fromEntries(restricted.map((name) => [name, null]));
  const totalPages = Math.ceil(total / pageSize);
  const link = (to: number) => `/api/v2/datasets/employee/data?page=${to}&pageSize=${pageSize}`;
  return {
    data: rows.map((shown) => ({
      fields: withOddities({ ...emptied, ...valuesOf(shown, filled, render) }, shown.id, settings),
      ...(restricted.length > 0 && { _restrictedFields: restricted }),
    })),
    links: { next: page < totalPages ? link(page + 1) : null, prev: page > 1 ? link(page - 1) : null },
    meta: { page, pageSize, totalPages, totalItems: total },
  };
}
