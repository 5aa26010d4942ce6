import type { Context } from 'hono';
import * as z from 'zod';
import type { StruckDataFault } from '../../faults/fault.js';
import { shapePage } from '../../faults/shape-page.js';
import { misfitsOf } from '../../misfit.js';
import { withOddities } from '../../oddities.js';
import { refuse } from '../errors.js';
import { fieldsOf } from '../fields/catalogue.js';
import type { Field } from '../fields/field.js';
import { renderer } from '../fields/render.js';
import type { BambooHREnvironment, BambooHRParts } from '../parts.js';
import { valuesOf, visiblePeople } from '../rows.js';
import { type Sight, sightOf } from '../sight.js';
import type { Shown } from '../standing.js';
import { isPlainJson } from '../wire.js';
import { parseFilter } from './filter.js';
import { comparing, orderOf, shuffled } from './order.js';

const LARGEST_PAGE = 1000;

const requestSchema = z.strictObject({
  fields: z.array(z.string().min(1)).min(1),
  filter: z.string().min(1).optional(),
  orderBy: z
    .string()
    .regex(/^\w+( (asc|desc))?(\s*,\s*\w+( (asc|desc))?)*$/)
    .optional(),
  page: z.int().min(1).default(1),
  pageSize: z.int().min(1).default(100),
});

type DatasetRequest = z.output<typeof requestSchema>;

/**
 * `POST /v2/datasets/employee/data`: current values by numbered pages, with a total of the people whom the key may see.
 *
 * Source: documentation.bamboohr.com/reference/get-data-from-dataset-v2.
 */
export function datasetReader(parts: BambooHRParts): (c: Context<BambooHREnvironment>) => Promise<Response> {
  const { settings } = parts;
  let turn = 0;
  return async (c) => {
    const refused = (status: number, message: string, code?: string) =>
      refuse(c, settings, status, { message, ...(code !== undefined && { code }) });
    if (c.req.param('name') !== 'employee') return refused(404, 'There is no such data set');
    if (!isPlainJson(c.req.header('Content-Type'))) return refused(400, 'The body must be application/json');
    const body: unknown = await c.req.json().catch(() => null);
    const [misfit] = misfitsOf(requestSchema, body);
    if (misfit !== undefined) return refused(400, `${misfit.at}: ${misfit.message}`);
    const request = requestSchema.parse(body);
    if (request.pageSize > LARGEST_PAGE) return refused(413, `pageSize must be at most ${LARGEST_PAGE}`);

    const fields = datasetFields(fieldsOf(parts));
    const unknown = request.fields.find((name) => !fields.has(name));
    if (unknown !== undefined) return refused(400, `${unknown} is not a field`);
    const order = orderOf(request.orderBy);
    const unasked = order.find(({ name }) => !request.fields.includes(name));
    if (unasked !== undefined) return refused(400, `${unasked.name} must stand in fields`, 'UE-1001');
    const filter = request.filter === undefined ? () => true : parseFilter(request.filter, fields);
    if (typeof filter !== 'function') return refused(filter.status, filter.message, filter.code);

    const faults = c.env.dataFaults;
    const sight = sightOf(c.var.key, faults);
    const hidden = request.fields.filter((name) => !sight.field(fields.get(name)?.alias ?? null));
    if (hidden.length > 0 && settings.datasetHiddenField === 'refuse') {
      return refused(403, `You may not see ${hidden.join(', ')}`);
    }
    const render = renderer(parts, 'dataset');
    const read = (shown: Shown) => (name: string) => {
      const field = fields.get(name);
      return field === undefined || !sight.field(field.alias) ? null : render(field, shown);
    };
    const isGone = hidden.length > 0 && settings.datasetHiddenField === 'row_missing';
    const people = isGone ? [] : visiblePeople(parts, c.var.key, true, faults).filter((shown) => filter(read(shown)));
    turn += 1;
    const ordered = order.length === 0 ? shuffled(people, turn) : people.toSorted(comparing(order, read, fields));
    return c.json(pageOf(ordered, request, { parts, fields, sight, faults }));
  };
}

/** The fields of the data set by their names in it. */
export function datasetFields(fields: readonly Field[]): ReadonlyMap<string, Field> {
  return new Map(fields.flatMap((field) => (field.dataset === null ? [] : [[field.dataset, field]])));
}

interface Given {
  readonly parts: BambooHRParts;
  readonly fields: ReadonlyMap<string, Field>;
  readonly sight: Sight;
  readonly faults: readonly StruckDataFault[];
}

function pageOf(people: readonly Shown[], { page, pageSize, fields: names }: DatasetRequest, given: Given): object {
  const { parts, fields, sight, faults } = given;
  const offset = (page - 1) * pageSize;
  const { rows, total } = shapePage(people, { offset, limit: pageSize }, faults);
  const columns = names.flatMap((name) => {
    const field = fields.get(name);
    return field === undefined ? [] : [{ name, field }];
  });
  const seen = columns.filter(({ field }) => sight.field(field.alias));
  const restricted = columns.filter((column) => !seen.includes(column)).map(({ name }) => name);
  const render = renderer(parts, 'dataset');
  const emptied = Object.fromEntries(restricted.map((name) => [name, null]));
  const rowOf = (shown: Shown): object => {
    const shownColumns = parts.settings.bareRows ? seen.filter(({ name }) => name === 'eeid') : seen;
    const values = { ...emptied, ...valuesOf(shown, shownColumns, render) };
    return {
      fields: withOddities(values, shown.id, parts.settings),
      ...(restricted.length > 0 && { _restrictedFields: restricted }),
    };
  };
  const totalPages = Math.ceil(total / pageSize);
  const link = (to: number) => `/api/v2/datasets/employee/data?page=${to}&pageSize=${pageSize}`;
  return {
    data: rows.map(rowOf),
    links: { next: page < totalPages ? link(page + 1) : null, prev: page > 1 ? link(page - 1) : null },
    meta: { page, pageSize, totalPages, totalItems: total },
  };
}
