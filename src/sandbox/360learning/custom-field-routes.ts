import { Hono } from 'hono';
import type * as z from 'zod';
import { isDay } from '../../core/day.js';
import { requireScope } from './access.js';
import { BODIES } from './bodies.js';
import { answerPage, filtersIn, type Parts, type PlatformEnvironment, readBody } from './parts.js';
import { found, refuse } from './refusal.js';
import type { CustomField } from './user.js';
import { customFieldView } from './view.js';

/** `/custom-fields`: the fields themselves and their closed lists. */
export function customFieldRoutes(parts: Parts): Hono<PlatformEnvironment> {
  const { platform, settings } = parts;
  const app = new Hono<PlatformEnvironment>();
  const [read, write] = [requireScope(parts, 'customFields:read'), requireScope(parts, 'customFields:write')];

  app.get('/', read, (c) => {
    const filters = filtersIn(c, settings);
    const fields = [...platform.customFields.values()].filter((field) =>
      filters.every(({ field: name, test }) => {
        if (name === 'targetType') return test('users');
        return name === 'name' ? test(field.name) : name !== 'type' || test(field.type);
      }),
    );
    return answerPage(c, fields.map(customFieldView), 'customFields', settings);
  });
  app.post('/', write, async (c) => {
    const { name, targetType, type } = await readBody(c, BODIES.createCustomField, { name: 'invalidName' });
    if (name === '') throw refuse(400, 'invalidName');
    if (targetType !== 'users' || !settings.customFieldsEnabled) throw refuse(400, 'customFieldsTargetTypeNotEnabled');
    if ([...platform.customFields.values()].some((field) => field.name === name)) throw refuse(400, 'nameAlreadyTaken');
    if (platform.customFields.size >= settings.customFieldLimit) throw refuse(400, 'customFieldLimitReached');
    return c.json(customFieldView(platform.addCustomField(name, type)), 201);
  });
  app.get('/:id/authorized-values', read, (c) => {
    const field = found(platform.customFields.get(c.req.param('id')), 'customFieldNotFound');
    // A field without a closed list answers with an empty array. The vendor's schema is "one of" a list of days and a list of
    // texts, and an empty array is both: https://360learning.readme.io/docs/ (v2 reference, "List authorized values")
    return answerPage(c, field.authorised, 'customFields', settings);
  });
  return app;
}

/** `/users/{id}/custom-fields/values`. */
export function customValueRoutes(parts: Parts): Hono<PlatformEnvironment> {
  const { platform } = parts;
  const app = new Hono<PlatformEnvironment>();
  const view = (userId: string) =>
    [...platform.valuesOf(userId)].map(([customFieldId, value]) => ({
      customFieldId,
      type: platform.customFields.get(customFieldId)?.type,
      value,
    }));

  app.get('/:id/custom-fields/values', requireScope(parts, 'users:read'), (c) =>
    c.json(view(found(platform.users.get(c.req.param('id')), 'userNotFound').id)),
  );
  app.put('/:id/custom-fields/values', requireScope(parts, 'users:write'), async (c) => {
    const user = found(platform.users.get(c.req.param('id')), 'userNotFound');
    const { customValues } = await readBody(c, BODIES.customValues);
    const wanted = readValues(customValues, platform.customFields);
    const values = platform.valuesOf(user.id);
    values.clear();
    for (const [id, value] of wanted) values.set(id, value);
    user.writes += 1;
    return c.json(view(user.id));
  });
  return app;
}

/** The whole new set of values; throws for the first thing that is wrong, and nothing is written then. */
function readValues(
  customValues: z.output<typeof BODIES.customValues>['customValues'],
  fields: ReadonlyMap<string, CustomField>,
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const { customFieldId, type, value } of customValues) {
    const field = found(fields.get(customFieldId), 'customFieldNotFound');
    if (values.has(field.id)) throw refuse(400, 'multipleValuesForSingleCustomField');
    if (type !== field.type || (field.type === 'date' && !isDay(value))) throw refuse(400, 'wrongTypeValue');
    if (field.authorised.length > 0 && !field.authorised.includes(value)) throw refuse(400, 'unauthorizedValue');
    values.set(field.id, value);
  }
  return values;
}
