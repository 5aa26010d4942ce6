import * as z from 'zod';
import { misfitsOf } from '../../misfit.js';
import type { Field } from '../fields/field.js';
import { type Predicate, parseFilter } from './filter.js';
import { type Order, orderOf } from './order.js';

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

/** What the data set is asked for. */
export interface DatasetRequest {
  readonly fields: readonly string[];
  readonly filter: Predicate;
  /** Empty: in no particular order. */
  readonly order: readonly Order[];
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
}

/** Why a request is refused, and the status that it gets. */
export interface DatasetProblem {
  readonly status: number;
  readonly message: string;
  readonly code?: string;
}

/** Reads a body, or says what is wrong with it. https://documentation.bamboohr.com/reference/get-data-from-dataset-v2 */
export function parseDatasetRequest(
  body: unknown,
  known: ReadonlyMap<string, Field>,
): DatasetRequest | { readonly problem: DatasetProblem } {
  const refused = (status: number, message: string) => ({ problem: { status, message } });
  const [misfit] = misfitsOf(requestSchema, body);
  if (misfit !== undefined) return refused(400, `${misfit.at}: ${misfit.message}`);
  const { fields, filter, orderBy, page, pageSize } = requestSchema.parse(body);
  if (pageSize > LARGEST_PAGE) return refused(413, `pageSize must be at most ${LARGEST_PAGE}`);
  const unknown = fields.find((name) => !known.has(name));
  if (unknown !== undefined) return refused(400, `${unknown} is not a field`);
  const order = orderOf(orderBy);
  const unasked = order.find(({ name }) => !fields.includes(name));
  if (unasked !== undefined) {
    return { problem: { status: 400, message: `${unasked.name} must stand in fields`, code: 'UE-1001' } };
  }
  const predicate = filter === undefined ? () => true : parseFilter(filter, known);
  if (typeof predicate !== 'function') return { problem: predicate };
  return { fields, filter: predicate, order, page, pageSize };
}
