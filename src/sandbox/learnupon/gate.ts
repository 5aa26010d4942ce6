import type { MiddlewareHandler } from 'hono';
import { RateLimiter } from '../rate-limit.js';
import type { StandInEnvironment } from '../stand-in.js';
import { Refusal } from './refusal.js';
import type { LearnUponSettings } from './settings.js';

const MINUTE = 60_000;

/** Lets callers with the keys pass, at the pace that is allowed, and tells what remains. */
export function gate(settings: LearnUponSettings, now: () => Date): MiddlewareHandler<StandInEnvironment> {
  const limiter = new RateLimiter();
  let minute = 0;
  let inMinute = 0;
  let inWeek = 0;
  return async (c, next) => {
    const at = now().getTime();
    const { requestsPerMinute, requestsPerWeek, retryAfterSeconds, keys } = settings;
    const text = Buffer.from(`${keys.username}:${keys.password}`).toString('base64');
    if (c.req.header('Authorization') !== `Basic ${text}`) {
      return c.json({ response_type: 'ERROR', response_code: 401, message: 'Invalid API credentials' }, 401);
    }
    if (requestsPerMinute !== null && !limiter.admit({ requests: requestsPerMinute, seconds: 60 }, at)) {
      if (retryAfterSeconds !== null) c.header('Retry-After', String(retryAfterSeconds));
      return c.json({ response_type: 'ERROR', response_code: 429, message: 'Rate limit exceeded' }, 429);
    }
    if (Math.floor(at / MINUTE) !== minute) inMinute = 0;
    minute = Math.floor(at / MINUTE);
    inMinute += 1;
    inWeek += 1;
    if (settings.strictContentType && c.req.method === 'GET' && c.req.header('Content-Type') !== undefined) {
      throw new Refusal(400, 'There was a problem in the JSON you submitted: unexpected end of input', 'error');
    }
    await next();
    if (c.res.status >= 400 && !settings.rateHeadersOnErrors) return undefined;
    const left = (limit: number, used: number): string => String(Math.max(0, limit - used));
    if (requestsPerMinute !== null) c.header('X-LU-Rate-Limit-Remaining-Minute', left(requestsPerMinute, inMinute));
    if (requestsPerWeek !== null) c.header('X-LU-Rate-Limit-Remaining-Week', left(requestsPerWeek, inWeek));
    return undefined;
  };
}
