import type { Context } from 'hono';
import { fieldsOf } from '../fields/catalogue.js';
import type { Field } from '../fields/field.js';
import { renderer } from '../fields/render.js';
import { refuse } from '../gate/errors.js';
import { isJson } from '../gate/wire.js';
import type { BambooHREnvironment, BambooHRParts } from '../parts.js';
import { sightOf } from '../people/sight.js';
import type { Shown } from '../people/standing.js';
import { visiblePeople } from '../rows.js';
import { comparing, shuffled } from './order.js';
import { datasetPage } from './page.js';
import { parseDatasetRequest } from './request.js';

/**
 * `POST /v2/datasets/employee/data`: current values by numbered pages, with a total of the visible people.
 *
 * Source: documentation.bamboohr.com/reference/get-data-from-dataset-v2.
 */
export function datasetReader(parts: BambooHRParts): (c: Context<BambooHREnvironment>) => Promise<Response> {
  const { settings } = parts;
  let turn = 0;
  return async (c) => {
    if (c.req.param('name') !== 'employee') return refuse(c, settings, 404, { message: 'There is no such data set' });
    if (!isJson(c.req.header('Content-Type'))) return refuse(c, settings, 400, { message: 'The body must be JSON' });
    const fields = datasetFields(fieldsOf(parts));
    const request = parseDatasetRequest(await c.req.json().catch(() => null), fields);
    if ('problem' in request) return refuse(c, settings, request.problem.status, request.problem);

    const faults = c.env.dataFaults;
    const sight = sightOf(c.var.key, faults);
    const hidden = request.fields.filter((name) => !sight.field(fields.get(name)?.alias ?? null));
    if (hidden.length > 0 && settings.datasetHiddenField === 'refuse') {
      return refuse(c, settings, 403, { message: `You may not see ${hidden.join(', ')}` });
    }
    const render = renderer(parts, 'dataset');
    const read = (shown: Shown) => (name: string) => {
      const field = fields.get(name);
      return field === undefined || !sight.field(field.alias) ? null : render(field, shown);
    };
    const isEmpty = hidden.length > 0 && settings.datasetHiddenField === 'row_missing';
    const visible = isEmpty ? [] : visiblePeople(parts, c.var.key, !settings.datasetShowsFuture, faults);
    const people = visible.filter((shown) => request.filter(read(shown)));
    turn += 1;
    const isOrdered = request.order.length > 0;
    const ordered = isOrdered ? people.toSorted(comparing(request.order, read, fields)) : shuffled(people, turn);
    return c.json(datasetPage(ordered, request, { settings, fields, render, sight, faults }));
  };
}

/** The fields of the data set by their names in it. */
export function datasetFields(fields: readonly Field[]): ReadonlyMap<string, Field> {
  return new Map(fields.flatMap((field) => (field.dataset === null ? [] : [[field.dataset, field]])));
}
