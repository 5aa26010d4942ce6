import { Hono, type MiddlewareHandler } from 'hono';
import { RateLimiter } from '../../rate-limit.js';
import type { StandInEnvironment } from '../../stand-in.js';
import type { PersonioEnvironment, PersonioParts } from '../auth.js';
import { oauthProblem, problemResponse } from './problem.js';

const SCOPE = 'personio:persons:read personio:org-units:read personio:legal-entities:read employees:read';

/** `POST /v2/auth/token`, form-encoded only. https://developer.personio.de/v2.0/reference/authentication */
export function v2TokenRoute({ settings, tokens, now }: PersonioParts): Hono<StandInEnvironment> {
  const limiter = new RateLimiter();
  return new Hono<StandInEnvironment>().post('/v2/auth/token', async (c) => {
    const isLimited = settings.authPerMinute !== null;
    if (isLimited && !limiter.admit({ requests: 150, seconds: 60 }, now().getTime())) return problemResponse(429);
    const refuse = (error: string, description: string) => problemResponse(400, oauthProblem(error, description));
    if (!c.req.header('Content-Type')?.startsWith('application/x-www-form-urlencoded')) {
      return refuse('invalid_request', 'The request must be form-encoded.');
    }
    const { grant_type, client_id, client_secret } = await c.req.parseBody();
    if (grant_type !== 'client_credentials')
      return refuse('unsupported_grant_type', 'The grant type is not supported.');
    const issued = tokens.issue(client_id, client_secret);
    if (issued === null) return refuse('invalid_client', 'Client authentication failed.');
    return c.json({ access_token: issued.token, expires_in: issued.expiresIn, token_type: 'Bearer', scope: SCOPE });
  });
}

/** Lets only bearers of a live token pass. */
export function requireV2Token({ tokens }: PersonioParts): MiddlewareHandler<PersonioEnvironment> {
  return async (c, next) => {
    const credential = tokens.credentialOf(c.req.header('Authorization')?.replace(/^Bearer /, '') ?? '');
    if (credential === null) return problemResponse(401);
    c.set('credential', credential);
    return next();
  };
}
