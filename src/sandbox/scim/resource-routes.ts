import { isDeepStrictEqual } from 'node:util';
import { Hono } from 'hono';
import type { StandInEnvironment } from '../stand-in.js';
import { choose } from './list/choose.js';
import { pageOf } from './list/page.js';
import { type ListQuery, readProjection, readQuery, readSearch } from './list/query.js';
import { answer, readBody, type ScimContext, type ScimParts } from './parts.js';
import { applyPatch } from './patch/apply-patch.js';
import { readPatch } from './patch/read-patch.js';
import { notFound, Refusal } from './refusal.js';
import type { Resource, Values } from './resource.js';
import type { ResourceType } from './schema/resource-type.js';
import { finished } from './show/finish.js';
import { type Projection, project } from './show/project.js';
import { addressOf, versionOf } from './show/whole.js';
import type { Collection, Outcome } from './write/collection.js';
import { refuseTooManyMembers } from './write/groups.js';
import { readResource, requireAll } from './write/read-resource.js';

/** `/Users` or `/Groups`, and everything below. Source: RFC 7644, section 3. */
export function resourceRoutes<One extends Resource>(
  resources: Collection<One>,
  parts: ScimParts,
): Hono<StandInEnvironment> {
  const { settings } = parts;
  const app = new Hono<StandInEnvironment>();
  const byId = (c: ScimContext): One => {
    const id = c.req.param('id') ?? '';
    const resource = resources.find(id);
    if (resource === null) throw notFound(id);
    return resource;
  };
  const shown = (c: ScimContext, type: ResourceType, whole: Values, projection: Projection): Values =>
    finished(type, project(type, whole, projection, settings), settings, c.env.dataFaults);
  const projectionOf = (c: ScimContext): Projection => readProjection(new URL(c.req.url).searchParams);

  const answerList = (c: ScimContext, query: ListQuery): Response => {
    const type = resources.type();
    const base = baseOf(c, parts);
    const all = resources.list().map((one) => resources.whole(one, type, base));
    const chosen = choose(type, all, query.filter, settings);
    const show = (whole: Values): Values => shown(c, type, whole, query);
    return answer(c, pageOf(chosen, query, show, c.env.dataFaults, parts), settings);
  };
  const answerOne = (c: ScimContext, { resource, echo }: Outcome<One>, status: 200 | 201 = 200): Response => {
    const type = resources.type();
    const whole = { ...resources.whole(resource, type, baseOf(c, parts)), ...echo };
    tagAnswer(c, resource, parts);
    return answer(c, shown(c, type, whole, projectionOf(c)), settings, status);
  };

  app.get('/', (c) => answerList(c, readQuery(new URL(c.req.url).searchParams)));
  app.post('/.search', async (c) => answerList(c, readSearch(await readBody(c, settings))));

  app.post('/', async (c) => {
    const type = resources.type();
    const outcome = resources.create(readResource(type, await readBody(c, settings), settings));
    c.header('Location', addressOf(type.endpoint, outcome.resource.id, baseOf(c, parts)));
    if (settings.createAnswer === 'location') return c.body(null, 201);
    return answerOne(c, outcome, 201);
  });

  app.get('/:id', (c) => {
    const resource = byId(c);
    if (settings.etag === 'weak' && tagsIn(c.req.header('If-None-Match')).includes(versionOf(resource))) {
      return c.body(null, 304);
    }
    return answerOne(c, { resource, echo: {} });
  });

  app.put('/:id', async (c) => {
    const resource = byId(c);
    requireVersion(c, resource, parts);
    const values = readResource(resources.type(), await readBody(c, settings), settings);
    return answerOne(c, resources.change(resource, resources.replaced(resource, values)));
  });

  app.patch('/:id', async (c) => {
    if (settings.patchRefused !== null) throw new Refusal(settings.patchRefused, null, 'PATCH is not supported');
    const resource = byId(c);
    requireVersion(c, resource, parts);
    const operations = readPatch(await readBody(c, settings), settings);
    const type = resources.type();
    if (type.name === 'Group') refuseTooManyMembers(operations, settings);
    const values = applyPatch(type, resource.values, operations, settings);
    requireAll(type, values, 'mutability');
    const isSame = isDeepStrictEqual(values, resource.values);
    const outcome = isSame ? { resource, echo: {} } : resources.change(resource, values);
    const isEmpty = settings.patchAnswer === '204' || (settings.patchAnswer === 'when_unchanged' && isSame);
    // RFC 7644, section 3.5.2: whoever names attributes gets them.
    if (isEmpty && projectionOf(c).attributes === null) return c.body(null, 204);
    const hidden = type.name === 'Group' && !settings.patchShowsMembers ? { members: [] } : {};
    return answerOne(c, { ...outcome, echo: { ...outcome.echo, ...hidden } });
  });

  app.delete('/:id', (c) => {
    const resource = byId(c);
    requireVersion(c, resource, parts);
    const last = settings.deleteAnswer === 200 ? answerOne(c, { resource, echo: {} }) : c.body(null, 204);
    resources.remove(resource);
    return last;
  });
  return app;
}

/** What addresses begin with. */
export function baseOf(c: ScimContext, { settings }: Pick<ScimParts, 'settings'>): string {
  const { origin, pathname } = new URL(c.req.url);
  return settings.relativeLocations ? '' : `${origin}${/^\/scim\/v2/.exec(pathname)?.[0] ?? ''}`;
}

function tagAnswer(c: ScimContext, resource: Resource, { settings }: ScimParts): void {
  if (settings.etag === 'weak') c.header('ETag', versionOf(resource));
  if (settings.etag === 'header') c.header('ETag', `W/"${Date.parse(resource.modifiedAt).toString(36)}"`);
}

/** @throws Refusal 412 where somebody else changed the resource in between */
function requireVersion(c: ScimContext, resource: Resource, { settings }: ScimParts): void {
  const header = c.req.header('If-Match');
  if (settings.etag !== 'weak' || header === undefined || header.trim() === '*') return;
  if (!tagsIn(header).includes(versionOf(resource))) {
    throw new Refusal(412, null, 'The resource has changed since that version');
  }
}

function tagsIn(header: string | undefined): readonly string[] {
  return header?.split(',').map((tag) => tag.trim()) ?? [];
}
