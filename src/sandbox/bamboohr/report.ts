import type { Context } from 'hono';
import * as z from 'zod';
import { shapePage } from '../faults/shape-page.js';
import { misfitsOf } from '../misfit.js';
import { fieldsOf } from './fields/catalogue.js';
import { refuse } from './gate/errors.js';
import { isPlainJson } from './gate/wire.js';
import type { BambooHREnvironment, BambooHRParts } from './parts.js';
import { sightOf } from './people/sight.js';
import type { Shown } from './people/standing.js';
import { type Column, reportRow, visibleColumns, visiblePeople } from './rows.js';

const MOST_FIELDS = 400;

const nameOrNumber = z.union([z.string().min(1), z.int()]);

const reportSchema = z.strictObject({
  title: z.string().default(''),
  fields: z.array(nameOrNumber).min(1).max(MOST_FIELDS, `at most ${MOST_FIELDS} fields`),
  filters: z
    .strictObject({
      lastChanged: z
        .strictObject({
          value: z.iso.datetime({ offset: true }),
          includeNull: z.enum(['yes', 'no']).default('yes'),
        })
        .optional(),
      employeeIds: z.array(z.union([z.int(), z.string().regex(/^\d+$/)])).optional(),
    })
    .prefault({}),
});

type ReportRequest = z.output<typeof reportSchema>;

/**
 * `POST /v1/reports/custom`: the requested fields of all visible people, in one answer without a total.
 *
 * Sources: documentation.bamboohr.com/docs/api-details, github.com/BambooHR/bhr-api-python specs/public.yaml.
 */
export async function customReport(c: Context<BambooHREnvironment>, parts: BambooHRParts): Promise<Response> {
  const { settings } = parts;
  const isJson = c.req.query('format') === undefined && c.req.header('Accept') === 'application/json';
  if (!isJson && c.req.query('format') !== 'json')
    return refuse(c, settings, 404, { message: 'Unknown report format' });
  if (!isPlainJson(c.req.header('Content-Type'))) return refuse(c, settings, 400, { message: 'Malformed XML' });
  const body: unknown = await c.req.json().catch(() => null);
  const [misfit] = misfitsOf(reportSchema, body);
  if (misfit !== undefined) return refuse(c, settings, 400, { message: `${misfit.at}: ${misfit.message}` });
  const request = reportSchema.parse(body);
  const faults = c.env.dataFaults;
  const asked = [...request.fields.map(String), ...settings.reportAlsoGives];
  const columns = visibleColumns(asked, fieldsOf(parts), sightOf(c.var.key, faults).field);
  const people = visiblePeople(parts, c.var.key, c.req.query('onlyCurrent') !== 'false', faults).filter(
    (shown) => passes(shown, request) && (settings.reportShowsInactive || shown.status === 'Active'),
  );
  const { rows } = shapePage(people, { offset: 0, limit: people.length }, faults);
  return c.json({ title: request.title, fields: columns.map(heading), employees: rows.map(reportRow(columns, parts)) });
}

function heading({ name, field }: Column): object {
  return { id: name, type: field.type, name: field.name };
}

function passes({ id, lastChanged }: Shown, { filters }: ReportRequest): boolean {
  if (filters.employeeIds !== undefined && !filters.employeeIds.map(String).includes(String(id))) return false;
  const since = filters.lastChanged;
  if (since === undefined) return true;
  return lastChanged === null ? since.includeNull === 'yes' : Date.parse(lastChanged) >= Date.parse(since.value);
}
