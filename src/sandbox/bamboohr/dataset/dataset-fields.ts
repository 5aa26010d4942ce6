import type { Context } from 'hono';
import { fieldsOf } from '../fields/catalogue.js';
import { refuse } from '../gate/errors.js';
import type { BambooHREnvironment, BambooHRParts } from '../parts.js';
import { datasetFields } from './dataset.js';

const LARGEST_PAGE = 1000;
const DEFAULT_PAGE = 500;

/**
 * `GET /v1_2/datasets/employee/fields`: names and labels of the fields of the data set. A page out of range gives the
 * nearest one.
 *
 * Source: documentation.bamboohr.com/reference/get-fields-from-dataset-v1_2.
 */
export function datasetFieldsPage(c: Context<BambooHREnvironment>, parts: BambooHRParts): Response {
  const { settings } = parts;
  if (c.req.param('name') !== 'employee') return refuse(c, settings, 404, { message: 'There is no such data set' });
  const size = Number(c.req.query('page_size') ?? DEFAULT_PAGE);
  if (size < 1 || size > LARGEST_PAGE) {
    return refuse(c, settings, 400, { message: `page_size must be from 1 to ${LARGEST_PAGE}` });
  }
  const all = [...datasetFields(fieldsOf(parts))];
  const pages = Math.max(1, Math.ceil(all.length / size));
  const page = Math.min(pages, Math.max(1, Number(c.req.query('page') ?? 1)));
  const fields = all.slice((page - 1) * size, page * size).map(([name, field]) => ({
    name,
    label: field.name,
    parentType: field.isCustom ? 'customFields' : 'system',
  }));
  return c.json({
    fields,
    pagination: {
      limit: size,
      current_page: page,
      total_pages: pages,
      total_records: all.length,
      next_page: page < pages ? page + 1 : null,
      prev_page: page > 1 ? page - 1 : null,
    },
  });
}
