import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { routeOf } from '../../stand-in.js';
import { withEntities } from '../fields/render.js';
import type { BambooHREnvironment, BambooHRParts } from '../parts.js';
import { refuse } from './errors.js';
import { routes } from './routes.js';

type Layer = MiddlewareHandler<BambooHREnvironment>;

/** Adds what every answer bears: an id for support cases, and the announcement that a call is to end. */
export function markAnswers({ settings }: BambooHRParts): Layer {
  return async (c, next) => {
    await next();
    c.header('X-Request-ID', randomUUID());
    const told = settings.deprecations[routeOf(routes, c.req.method, c.req.path) ?? ''];
    if (told === undefined) return;
    c.header('Deprecation', told.deprecation);
    if (told.sunset !== null) c.header('Sunset', told.sunset);
  };
}

/**
 * Answers in XML unless JSON is asked for.
 *
 * Source: documentation.bamboohr.com/docs/api-details.
 */
export function speakXml({ settings }: BambooHRParts): Layer {
  return async (c, next) => {
    const asksForJson = /\bapplication\/json\b/.test(c.req.header('Accept') ?? '') || c.req.query('format') === 'json';
    if (asksForJson) return next();
    if (settings.withoutJson === 'refuse') return refuse(c, settings, 406, { message: 'Not acceptable' });
    await next();
    const type = c.res.headers.get('Content-Type') ?? '';
    if (!/\bjson\b/.test(type)) return undefined;
    const xml = `<?xml version="1.0"?>\n${element('result', await c.res.json())}\n`;
    c.res = new Response(xml, { status: c.res.status, headers: { 'Content-Type': 'application/xml' } });
    return undefined;
  };
}

/** Whether the media type of a body is JSON. */
export function isJson(contentType: string | undefined): boolean {
  return /^application\/json\s*(;|$)/.test(contentType ?? '');
}

/** Whether it is JSON without any parameter. */
export function isPlainJson(contentType: string | undefined): boolean {
  return contentType === 'application/json';
}

function element(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => element(name, one)).join('');
  if (typeof value !== 'object' || value === null) return `<${name}>${withEntities(String(value ?? ''))}</${name}>`;
  const inner = Object.entries(value).map(([key, one]) => element(/^\d/.test(key) ? 'item' : key, one));
  return `<${name}>${inner.join('')}</${name}>`;
}
