import type { MiddlewareHandler } from 'hono';
import { RateLimiter } from '../rate-limit.js';
import type { StandInEnvironment } from '../stand-in.js';
import { requireAcceptable, type ScimParts } from './parts.js';
import { Refusal } from './refusal.js';

/** Lets callers with the right credentials pass, at the pace that is allowed. */
export function gate({ settings, tokens, now }: ScimParts): MiddlewareHandler<StandInEnvironment> {
  const limiter = new RateLimiter();
  return async (c, next) => {
    const at = now().getTime();
    const { auth, requestsPerMinute, retryAfterSeconds } = settings;
    if (requestsPerMinute !== null && !limiter.admit({ requests: requestsPerMinute, seconds: 60 }, at)) {
      if (retryAfterSeconds !== null) c.header('Retry-After', String(retryAfterSeconds));
      throw new Refusal(429, null, 'Too many requests');
    }
    if (!isAdmitted(c.req.header('Authorization') ?? '', { settings, tokens }, at)) {
      c.header('WWW-Authenticate', auth === 'basic' ? 'Basic realm="scim"' : 'Bearer realm="scim"');
      throw new Refusal(401, null, 'The credentials are missing or not valid');
    }
    requireAcceptable(c.req.header('Accept'));
    return next();
  };
}

function isAdmitted(header: string, { settings, tokens }: Pick<ScimParts, 'settings' | 'tokens'>, at: number): boolean {
  const [, scheme = '', credentials = ''] = /^(\S+) +(\S+)$/.exec(header) ?? [];
  if (settings.auth === 'basic') {
    const { username, password } = settings.basic;
    return (
      scheme.toLowerCase() === 'basic' && credentials === Buffer.from(`${username}:${password}`).toString('base64')
    );
  }
  if (scheme.toLowerCase() !== 'bearer') return false;
  // A token that was revoked has an end in the past; the token of the settings has none until then.
  const endsAt = tokens.get(credentials) ?? (settings.auth === 'bearer' && credentials === settings.token ? at + 1 : 0);
  return endsAt > at;
}
