import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { type RateLimit, RateLimiter } from '../rate-limit.js';
import type { StandInEnvironment } from '../stand-in.js';
import { personioError } from './errors.js';
import type { PersonioSettings } from './settings.js';
import type { TokenBook } from './tokens.js';

/** What handlers behind the token check know about the caller. */
export interface PersonioEnvironment extends StandInEnvironment {
  Variables: { credential: PersonioSettings['credentials'][number] };
}

/** What the routes share. */
export interface PersonioParts {
  /** Read at every request: a change takes effect at once. */
  readonly settings: PersonioSettings;
  readonly tokens: TokenBook;
  readonly now: () => Date;
}

/** `POST /v1/auth`. */
export function authRoute({ settings, tokens, now }: PersonioParts): Hono<StandInEnvironment> {
  const limiter = new RateLimiter();
  return new Hono<StandInEnvironment>().post('/v1/auth', async (c) => {
    const perMinute = settings.authPerMinute;
    const limit = perMinute === null ? null : { requests: perMinute, seconds: 60, coolDown: 60 };
    if (limit !== null && !limiter.admit(limit, now().getTime())) return tooMany(c, settings);
    if (c.req.query('client_id') !== undefined || c.req.query('client_secret') !== undefined) {
      return c.json(personioError(403, 'Credentials in the query string are not accepted'), 403);
    }
    const { client_id, client_secret } = await credentialsIn(c);
    const issued = tokens.issue(client_id, client_secret);
    if (issued === null) return c.json(personioError(403, 'Wrong credentials', 0), 403);
    const lifetime = { expires_in: issued.expiresIn, scope: 'employees:read' };
    return c.json({ success: true, data: { token: issued.token, ...(settings.tellsTokenLifetime && lifetime) } });
  });
}

/** Lets only bearers of a live token pass, and repeats the token in the answer as the v1 API does. */
export function requireToken({ settings, tokens }: PersonioParts): MiddlewareHandler<PersonioEnvironment> {
  return async (c, next) => {
    const header = c.req.header('Authorization');
    if (header === undefined) return c.json(personioError(401), 401);
    const credential = tokens.credentialOf(header.replace(/^Bearer /, ''));
    if (credential === null) {
      const status = settings.badTokenStatus;
      return c.json(personioError(status, 'Provided authorization is not valid'), status);
    }
    c.set('credential', credential);
    await next();
    c.header('Authorization', header);
    return undefined;
  };
}

/** The two limits of the employees endpoint. */
export function limitEmployees({ settings, now }: PersonioParts): MiddlewareHandler<PersonioEnvironment> {
  const minute = new RateLimiter();
  const second = new RateLimiter();
  const admits = (limiter: RateLimiter, requests: number | null, seconds: number): boolean => {
    const limit: RateLimit | null = requests === null ? null : { requests, seconds };
    return limit === null || limiter.admit(limit, now().getTime());
  };
  return async (c, next) => {
    if (!admits(second, settings.employeesPerSecond, 1)) return tooMany(c, settings);
    if (!admits(minute, settings.employeesPerMinute, 60)) return tooMany(c, settings);
    return next();
  };
}

function tooMany(c: Context, { retryAfterSeconds }: PersonioSettings): Response {
  if (retryAfterSeconds !== null) c.header('Retry-After', String(retryAfterSeconds));
  return c.json(personioError(429), 429);
}

async function credentialsIn(c: Context): Promise<Readonly<Record<string, unknown>>> {
  const isJson = c.req.header('Content-Type')?.includes('json') ?? false;
  if (!isJson) return c.req.parseBody();
  const body: unknown = await c.req.json().catch(() => null);
  return typeof body === 'object' && body !== null ? { ...body } : {};
}
