import { Hono } from 'hono';
import type * as z from 'zod';
import { requireScope } from './access.js';
import { BODIES } from './bodies.js';
import { answerPage, filtersIn, type Parts, type PlatformEnvironment, readBody } from './parts.js';
import { found, refuse } from './refusal.js';
import type { IdMapping } from './user.js';
import { mappingView } from './view.js';

/** `/external-ids`. */
export function externalIdRoutes(parts: Parts): Hono<PlatformEnvironment> {
  const { platform, settings } = parts;
  const app = new Hono<PlatformEnvironment>();
  const [read, write] = [requireScope(parts, 'externalIds:read'), requireScope(parts, 'externalIds:write')];
  const others = (except: IdMapping | null) => [...platform.externalIds.values()].filter((one) => one !== except);

  function readMapping(
    { platform: name, targetType, targetId, value }: z.output<typeof BODIES.externalId>,
    except: IdMapping | null,
  ): Omit<IdMapping, 'id'> {
    // Nothing but users is imitated.
    if (targetType !== 'user') throw refuse(404, 'resourceNotFound');
    if (settings.reservedPlatformNames.includes(name)) throw refuse(400, 'reservedPlatformName');
    const user = found(platform.users.get(targetId), 'resourceNotFound');
    const mappings = others(except).filter((one) => one.platform === name);
    if (mappings.some((one) => one.targetId === user.id)) {
      throw refuse(400, except === null ? 'mappingAlreadyExists' : 'targetAlreadyMapped');
    }
    if (mappings.some((one) => one.value === value)) throw refuse(400, 'valueAlreadyUsed');
    return { platform: name, targetId: user.id, value };
  }

  app.get('/', read, (c) => {
    const filters = filtersIn(c, settings);
    const mappings = [...platform.externalIds.values()].filter((mapping) =>
      filters.every(({ field, test }) => {
        // The filter is called `type`, the field `targetType`.
        if (field === 'type') return test('user');
        if (field === 'platform' || field === 'value' || field === 'targetId') return test(mapping[field]);
        return true;
      }),
    );
    return answerPage(c, mappings.map(mappingView), 'externalIds', settings);
  });
  app.post('/', write, async (c) => {
    // Three codes are documented here, none of them for a body that lacks a key; `readBody` says which code stands for that:
    // https://360learning.readme.io/docs/list-all-id-mappings-migration-guide
    const mapping = { id: platform.newId(), ...readMapping(await readBody(c, BODIES.externalId), null) };
    platform.externalIds.set(mapping.id, mapping);
    return c.json(mappingView(mapping), 201);
  });
  app.put('/:id', write, async (c) => {
    const mapping = found(platform.externalIds.get(c.req.param('id')), 'mappingIdNotFound');
    const replaced = readMapping(await readBody(c, BODIES.externalId), mapping);
    return c.json(mappingView(Object.assign(mapping, replaced)));
  });
  app.delete('/:id', write, (c) => {
    found(platform.externalIds.get(c.req.param('id')), 'mappingIdNotFound');
    platform.externalIds.delete(c.req.param('id'));
    return c.body(null, 204);
  });
  return app;
}
