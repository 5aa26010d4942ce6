import type { Context, MiddlewareHandler } from 'hono';
import type { StandInEnvironment } from '../stand-in.js';
import { komboError, refuse } from './errors.js';
import type { KomboSettings } from './settings.js';

/** Lets only bearers of a key pass. */
export function requireKey(settings: KomboSettings): MiddlewareHandler<StandInEnvironment> {
  return async (c, next) => {
    const key = /^Bearer (.+)$/.exec(c.req.header('Authorization') ?? '')?.[1];
    if (key === undefined || !settings.apiKeys.includes(key)) {
      return refuse(c, 'PLATFORM.AUTHENTICATION_INVALID', 'The API key is missing or invalid.');
    }
    await next();
    return undefined;
  };
}

/** Lets only calls for the one integration pass, and only while that one answers. */
export function requireIntegration(settings: KomboSettings): MiddlewareHandler<StandInEnvironment> {
  return async (c, next) => {
    const id = c.req.header('X-Integration-Id');
    if (id === undefined) return refuse(c, 'PLATFORM.INPUT_INVALID', 'The header X-Integration-Id is required.');
    if (id !== settings.integrationId) return unknownIntegration(c);
    const { refuses, refusalStatus } = settings;
    if (refuses !== null) {
      const message = 'The integration does not answer in its present state.';
      return c.json(komboError(`INTEGRATION.${refuses}`, message), refusalStatus);
    }
    await next();
    return undefined;
  };
}

/** Refuses an id that no integration has. */
export function unknownIntegration(c: Context): Response {
  return refuse(c, 'PLATFORM.INTEGRATION_NOT_FOUND', 'No integration has this id.');
}

/** So many requests in every minute, told of in the headers of each answer. */
export function limitRequests(settings: KomboSettings, now: () => Date): MiddlewareHandler<StandInEnvironment> {
  let used = 0;
  let ends = 0;
  return async (c, next) => {
    const limit = settings.requestsPerMinute;
    if (limit === null) return next();
    const at = now().getTime();
    if (at >= ends) {
      used = 0;
      ends = at + 60_000;
    }
    used += 1;
    const seconds = String(Math.ceil((ends - at) / 1000));
    c.header('ratelimit-limit', String(limit));
    c.header('ratelimit-remaining', String(Math.max(0, limit - used)));
    c.header('ratelimit-reset', seconds);
    if (used <= limit) return next();
    if (settings.tellsRetryAfter) c.header('Retry-After', seconds);
    return refuse(c, 'PLATFORM.RATE_LIMIT_EXCEEDED', 'Too many requests.');
  };
}
