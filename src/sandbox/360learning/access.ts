import { randomBytes } from 'node:crypto';
import { Hono, type MiddlewareHandler } from 'hono';
import { type Misfit, misfitsOf } from '../misfit.js';
import { RateLimiter } from '../rate-limit.js';
import type { StandInEnvironment } from '../stand-in.js';
import { BODIES } from './bodies.js';
import type { Parts, PlatformEnvironment } from './parts.js';
import { Refusal, refuse, refuseAccess } from './refusal.js';

/** `POST /api/v2/oauth2/token`. */
export function tokenRoute({ settings, tokens, now }: Parts): Hono<StandInEnvironment> {
  return new Hono<StandInEnvironment>().post('/api/v2/oauth2/token', async (c) => {
    const sent: unknown = await c.req.json().catch(() => null);
    const misfits = misfitsOf(BODIES.token, sent);
    const isGrant = ({ at, kind }: Misfit) => at === 'grant_type' && kind !== 'missing';
    if (misfits.some((one) => !isGrant(one))) throw refuseAccess(400, 'invalid_request');
    if (misfits.length > 0) throw refuseAccess(400, 'unsupported_grant_type');
    const { client_id, client_secret } = BODIES.token.parse(sent);
    const credentials = settings.credentials.find((one) => one.clientId === client_id);
    if (credentials === undefined || credentials.clientSecret !== client_secret) {
      throw refuseAccess(401, 'invalid_client');
    }
    const text = randomBytes(24).toString('base64url');
    const { tokenLifetimeSeconds: seconds, expiresInAsText } = settings;
    tokens.set(text, { clientId: credentials.clientId, expiresAt: now().getTime() + seconds * 1000 });
    return c.json({
      token_type: 'Bearer',
      access_token: text,
      expires_in: expiresInAsText ? String(seconds) : seconds,
    });
  });
}

/** Lets only bearers of a live token pass, with the version in a header, at the pace that is allowed. */
export function requireToken({ settings, tokens, now }: Parts): MiddlewareHandler<PlatformEnvironment> {
  const limiters = { reads: new RateLimiter(), writes: new RateLimiter() };
  return async (c, next) => {
    const isRead = c.req.method === 'GET';
    const perSecond = isRead ? settings.readsPerSecond : settings.writesPerSecond;
    const limiter = isRead ? limiters.reads : limiters.writes;
    const at = now().getTime();
    const isBulk = c.req.path.startsWith('/api/v2/bulk/');
    if (perSecond !== null && !isBulk && !limiter.admit({ requests: perSecond, seconds: 1 }, at)) {
      throw refuseAccess(429, 'tooManyRequests');
    }
    const [, text = ''] = /^Bearer (.+)$/.exec(c.req.header('Authorization') ?? '') ?? [];
    const token = tokens.get(text);
    if (token === undefined || token.expiresAt <= at) throw refuseAccess(401, 'invalid_token');
    if (settings.wantsVersionHeader && c.req.header('360-api-version') !== 'v2.0') {
      throw refuse(400, 'invalidInput', 'The header 360-api-version is required');
    }
    c.set('scopes', new Set(settings.credentials.find((one) => one.clientId === token.clientId)?.scopes));
    return next();
  };
}

/** Refuses tokens without a scope, in one of the two forms that the documentation shows. */
export function requireScope({ settings }: Parts, scope: string): MiddlewareHandler<PlatformEnvironment> {
  return async (c, next) => {
    if (c.var.scopes.has(scope)) return next();
    const code = 'invalid_scope';
    throw new Refusal(403, {
      error: settings.scopeErrorAsText ? code : { code, message: `Scope ${scope} is missing` },
    });
  };
}
