import { Hono } from 'hono';
import { fieldsOf } from './fields/catalogue.js';
import { withEntities } from './fields/render.js';
import type { BambooHREnvironment, BambooHRParts } from './parts.js';

/**
 * Describes the account: its name, and all its fields and list values, whatever the key may see.
 *
 * Source: github.com/BambooHR/bhr-api-python specs/public.yaml.
 */
export function metadataRoutes(parts: BambooHRParts): Hono<BambooHREnvironment> {
  const app = new Hono<BambooHREnvironment>();
  app.get('/meta/fields', (c) => {
    const fields = fieldsOf(parts).map(({ id, name, type, alias, isDeprecated }) => ({
      ...{ id, name, type },
      ...(alias !== null && { alias }),
      ...(isDeprecated === true && { deprecated: true }),
    }));
    return c.json(fields);
  });
  app.get('/meta/lists', (c) => {
    const written = (name: string) => (parts.settings.entities.includes('lists') ? withEntities(name) : name);
    const lists = fieldsOf(parts).flatMap(({ id, alias, name, type, options }) => {
      if (options === null) return [];
      const values = options(parts).map((one) => ({ id: one.id, name: written(one.name), archived: 'no' }));
      return [
        { fieldId: id, alias, name, manageable: 'yes', multiple: type === 'multilist' ? 'yes' : 'no', options: values },
      ];
    });
    return c.json(lists);
  });
  app.get('/company_information', (c) => {
    const { name } = parts.company;
    return c.json({ legalName: `${name} GmbH`, displayName: name });
  });
  return app;
}
