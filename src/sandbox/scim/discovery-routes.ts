import { Hono } from 'hono';
import type { StandInEnvironment } from '../stand-in.js';
import { wholeList } from './list/page.js';
import { answer, type ScimContext, type ScimParts } from './parts.js';
import { notFound, Refusal } from './refusal.js';
import type { Values } from './resource.js';
import { baseOf } from './resource-routes.js';
import type { Schema } from './schema/attribute.js';
import { groupType, type ResourceType, userType } from './schema/resource-type.js';
import type { ScimSettings } from './settings.js';
import { finished } from './show/finish.js';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0';

/** What the portal says about itself. Source: RFC 7643, sections 5 to 7, and RFC 7644, section 4. */
export function discoveryRoutes(parts: ScimParts): Hono<StandInEnvironment> {
  const { settings } = parts;
  const app = new Hono<StandInEnvironment>();
  const types = (): readonly ResourceType[] =>
    settings.groupsEndpoint ? [userType(settings), groupType()] : [userType(settings)];
  const schemas = (): readonly Schema[] => types().flatMap(({ schema, extensions }) => [schema, ...extensions]);
  const find = (rows: readonly Values[], id: string): Values => {
    const row = rows.find((one) => String(one['id']).toLowerCase() === id.toLowerCase());
    if (row === undefined) throw notFound(id);
    return row;
  };

  app.get('/ServiceProviderConfig', (c) => {
    if (settings.serviceProviderConfig === 'missing') throw notFound('ServiceProviderConfig');
    if (settings.serviceProviderConfig === 'not_implemented') throw new Refusal(501, null, 'Not implemented');
    const config = { ...configOf(settings), meta: metaOf(c, 'ServiceProviderConfig', '/ServiceProviderConfig', parts) };
    return answer(c, finished(userType(settings), config, { ...settings, showsTextBooleans: false }, []), settings);
  });

  const typeRows = (c: ScimContext) => types().map((type) => typeView(c, type, parts));
  app.get('/ResourceTypes', (c) => answerWhole(c, typeRows(c), settings));
  app.get('/ResourceTypes/:id', (c) => answer(c, find(typeRows(c), c.req.param('id')), settings));

  const schemaRows = (c: ScimContext) => {
    if (!settings.schemasEndpoint) throw notFound('Schemas');
    return schemas().map((schema) => schemaView(c, schema, parts));
  };
  app.get('/Schemas', (c) => answerWhole(c, schemaRows(c), settings));
  app.get('/Schemas/:id', (c) => answer(c, find(schemaRows(c), c.req.param('id')), settings));
  return app;
}

/** Source: RFC 7644, section 4: these lists cannot be filtered. */
function answerWhole(c: ScimContext, rows: readonly Values[], settings: ScimSettings): Response {
  if (c.req.query('filter') !== undefined) throw new Refusal(403, null, 'This list cannot be filtered');
  return answer(c, wholeList(rows), settings);
}

function configOf(settings: ScimSettings): Values {
  const { claims, paging, pageSize, maxPageSize, cursorLifetimeSeconds, auth } = settings;
  const type = auth === 'basic' ? 'httpbasic' : 'oauthbearertoken';
  return {
    schemas: [`${CORE}:ServiceProviderConfig`],
    documentationUri: 'https://www.rfc-editor.org/rfc/rfc7644',
    patch: { supported: claims.patch ?? settings.patchRefused === null },
    bulk: { supported: claims.bulk ?? false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: claims.filter ?? settings.filterAttributes?.length !== 0, maxResults: maxPageSize },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: claims.etag ?? settings.etag === 'weak' },
    ...((paging === 'both' || paging === 'cursor') && {
      pagination: {
        ...{ cursor: true, index: paging === 'both' },
        defaultPaginationMethod: paging === 'both' ? 'index' : 'cursor',
        ...{ defaultPageSize: pageSize, maxPageSize },
        ...(cursorLifetimeSeconds !== null && { cursorTimeout: cursorLifetimeSeconds }),
      },
    }),
    authenticationSchemes: [{ type, name: type, description: `Access by ${type}`, primary: true }],
  };
}

function typeView(c: ScimContext, { name, endpoint, schema, extensions }: ResourceType, parts: ScimParts): Values {
  const required = (one: Schema) => one.attributes.some((attribute) => attribute.required);
  return {
    schemas: [`${CORE}:ResourceType`],
    ...{ id: name, name, endpoint, description: schema.description, schema: schema.id },
    ...(extensions.length > 0 && {
      schemaExtensions: extensions.map((one) => ({ schema: one.id, required: required(one) })),
    }),
    meta: metaOf(c, 'ResourceType', `/ResourceTypes/${name}`, parts),
  };
}

function schemaView(c: ScimContext, { id, name, description, attributes }: Schema, parts: ScimParts): Values {
  const meta = metaOf(c, 'Schema', `/Schemas/${id}`, parts);
  return { schemas: [`${CORE}:Schema`], id, name, description, attributes, meta };
}

function metaOf(c: ScimContext, resourceType: string, path: string, parts: ScimParts): Values {
  return { resourceType, location: `${baseOf(c, parts)}${path}` };
}
