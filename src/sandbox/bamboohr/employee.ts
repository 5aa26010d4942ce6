import type { Context } from 'hono';
import { fieldsOf } from './fields/catalogue.js';
import { refuse } from './gate/errors.js';
import type { BambooHREnvironment, BambooHRParts } from './parts.js';
import { recordIdOf } from './people/records.js';
import { sightOf } from './people/sight.js';
import { listed } from './roster/roster-query.js';
import { reportRow, visibleColumns, visiblePeople } from './rows.js';

const MOST_FIELDS = 400;

/**
 * `GET /v1/employees/{id}`: the id, and the fields that are asked for. The id 0 is the key's own employee.
 *
 * Source: github.com/BambooHR/bhr-api-python specs/public.yaml.
 */
export function singleEmployee(c: Context<BambooHREnvironment>, id: number, parts: BambooHRParts): Response {
  const { settings } = parts;
  const { key } = c.var;
  if (id === 0 && key.employee === null) return c.json({ id: '0' });
  const names = listed(c.req.query('fields') ?? '');
  if (names.length > MOST_FIELDS) return refuse(c, settings, 400, { message: `at most ${MOST_FIELDS} fields` });
  const faults = c.env.dataFaults;
  const wanted = recordIdOf(id === 0 ? key.employee : id, parts);
  const isThere = wanted !== null && (id === 0 || wanted === id);
  if (!isThere) return refuse(c, settings, 404, { message: 'Employee not found' });
  const people = visiblePeople(parts, key, c.req.query('onlyCurrent') !== 'false', faults);
  const shown = people.find((one) => one.id === wanted);
  if (shown === undefined) return refuse(c, settings, 403, { message: 'You may not see this employee' });
  const columns = visibleColumns(names, fieldsOf(parts), sightOf(key, faults).field);
  return c.json(reportRow(columns, parts)(shown));
}
