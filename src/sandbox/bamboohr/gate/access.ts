import type { Context, MiddlewareHandler } from 'hono';
import { RateLimiter } from '../../rate-limit.js';
import { routeOf } from '../../stand-in.js';
import type { BambooHREnvironment, BambooHRParts } from '../parts.js';
import type { ApiKey, BambooHRSettings } from '../settings.js';
import { refuse } from './errors.js';
import { routes } from './routes.js';

type Guard = MiddlewareHandler<BambooHREnvironment>;

/**
 * Lets only keys of users pass: the key is the user name of HTTP Basic, under any password. Unknown keys that come again
 * and again switch API access off for everybody, for a time.
 *
 * Source: documentation.bamboohr.com/docs/getting-started.
 */
export function requireKey({ settings, now }: BambooHRParts): Guard {
  let unknown = 0;
  let offUntil = 0;
  return async (c, next) => {
    if (now().getTime() < offUntil) return refuse(c, settings, 403, { message: 'API access is temporarily disabled' });
    const key = keyIn(c, settings);
    if (key === null) {
      unknown += 1;
      if (settings.unknownKeysAllowed !== null && unknown >= settings.unknownKeysAllowed) {
        unknown = 0;
        offUntil = now().getTime() + settings.accessOffSeconds * 1000;
      }
      return refuse(c, settings, 401, { message: 'The API key is missing or invalid' });
    }
    if (!key.enabled) return refuse(c, settings, 403, { message: 'The user is disabled' });
    unknown = 0;
    c.set('key', key);
    return next();
  };
}

/** So many requests in a minute; one too many closes the door until `Retry-After`. */
export function limitRequests({ settings, now }: BambooHRParts): Guard {
  const limiter = new RateLimiter();
  return async (c, next) => {
    const { requestsPerMinute: requests, retryAfterSeconds: coolDown, limitStatus } = settings;
    if (requests === null || limiter.admit({ requests, seconds: 60, coolDown }, now().getTime())) return next();
    const headers = settings.tellsRetryAfter ? { 'Retry-After': String(coolDown) } : {};
    return refuse(c, settings, limitStatus, { message: 'Limit exceeded', headers });
  };
}

/** Answers a route as its entry in the settings says. */
export function refuseAsTold({ settings }: BambooHRParts): Guard {
  return async (c, next) => {
    const told = settings.refusals[routeOf(routes, c.req.method, c.req.path) ?? ''];
    if (told === undefined) return next();
    const { status, message, body, retryAfter } = told;
    const headers = retryAfter === null ? {} : { 'Retry-After': String(retryAfter) };
    return refuse(c, settings, status, { message, body, headers });
  };
}

function keyIn(c: Context, { keys }: BambooHRSettings): ApiKey | null {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(c.req.header('Authorization') ?? '')?.[1];
  const user = /^([^:]*):/.exec(Buffer.from(encoded ?? '', 'base64').toString('utf8'))?.[1];
  return keys.find(({ key }) => key === user) ?? null;
}
