import type { MiddlewareHandler } from 'hono';
import { RateLimiter } from '../../rate-limit.js';
import type { PersonioEnvironment, PersonioParts } from '../auth.js';
import { problemResponse } from './problem.js';

/** One bucket of tokens per route, ids collapsed; its state is on every answer, and a 429 has no `Retry-After`. */
export function limitByBuckets({ settings, now }: PersonioParts): MiddlewareHandler<PersonioEnvironment> {
  const buckets = new Map<string, RateLimiter>();
  return async (c, next) => {
    const route = c.req.path.replace(/\/[^/]*\d[^/]*(?=\/|$)/g, '/{id}');
    const rate = route === '/v2/persons' ? settings.personsRefillPerSecond : settings.otherRefillPerSecond;
    if (rate === null) return next();
    const bucket = buckets.get(route) ?? new RateLimiter();
    buckets.set(route, bucket);
    const limit = { requests: settings.bucketSize, seconds: settings.bucketSize / rate };
    const admitted = bucket.admit(limit, now().getTime());
    if (admitted) await next();
    else c.res = problemResponse(429);
    if (settings.tellsBuckets) {
      c.header('X-RateLimit-Replenish-Rate', String(rate));
      c.header('X-RateLimit-Burst-Capacity', String(settings.bucketSize));
      c.header('X-RateLimit-Requested-Tokens', '1');
      c.header('X-RateLimit-Remaining', String(Math.floor(bucket.left(limit))));
    }
    return undefined;
  };
}
