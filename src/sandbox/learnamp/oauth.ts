import { randomBytes } from 'node:crypto';
import { Hono, type MiddlewareHandler } from 'hono';
import { misfitsOf } from '../misfit.js';
import { RateLimiter } from '../rate-limit.js';
import type { StandInEnvironment } from '../stand-in.js';
import { BODIES } from './bodies.js';
import { decoded } from './body.js';
import { scopes as knownScopes } from './codes.js';
import type { LearnAmpEnvironment } from './environment.js';
import { refuse } from './refusal.js';
import type { LearnAmpSettings } from './settings.js';

interface Token {
  readonly scopes: ReadonlySet<string>;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** The tokens given out, by their text. */
export type Tokens = Map<string, Token>;

interface OAuthParts {
  readonly settings: LearnAmpSettings;
  readonly tokens: Tokens;
  readonly now: () => Date;
}

/** `POST /oauth/token`: client credentials only; every call makes a new token. */
export function tokenRoute({ settings, tokens, now }: OAuthParts): Hono<StandInEnvironment> {
  return new Hono<StandInEnvironment>().post('/oauth/token', async (c) => {
    // Undocumented keys are as good as none here: other grants have keys of their own.
    const body = await decoded(c);
    const misfit = misfitsOf(BODIES.token, body).find(({ kind }) => kind !== 'unknown');
    if (misfit !== undefined) return c.json(oauthError('invalid_request'), 400);
    if (body['grant_type'] !== 'client_credentials') return c.json(oauthError('unsupported_grant_type'), 400);
    const key = settings.keys.find((one) => one.clientId === body['client_id']);
    if (key === undefined || key.clientSecret !== body['client_secret'])
      return c.json(oauthError('invalid_client'), 401);
    const asked = typeof body['scope'] === 'string' && body['scope'] !== '' ? body['scope'].split(' ') : ['public'];
    if (!asked.every((scope) => mayAsk(key.scopes, scope))) return c.json(oauthError('invalid_scope'), 400);
    const text = randomBytes(32).toString('base64url');
    const at = now().getTime();
    tokens.set(text, { scopes: new Set(asked), expiresAt: at + settings.tokenLifetimeSeconds * 1000 });
    return c.json({
      access_token: text,
      token_type: 'Bearer',
      expires_in: settings.tokenLifetimeSeconds,
      scope: asked.join(' '),
      created_at: Math.floor(at / 1000),
    });
  });
}

/** Lets only bearers of a live token pass, at the pace that is allowed. */
export function requireToken({ settings, tokens, now }: OAuthParts): MiddlewareHandler<LearnAmpEnvironment> {
  const limiter = new RateLimiter();
  return async (c, next) => {
    const at = now().getTime();
    const { requestsPerSecond, retryAfterSeconds } = settings;
    if (requestsPerSecond !== null && !limiter.admit({ requests: requestsPerSecond, seconds: 1 }, at)) {
      if (retryAfterSeconds !== null) c.header('Retry-After', String(retryAfterSeconds));
      return c.json({ error: 'Too many requests' }, 429);
    }
    const [, text = ''] = /^Bearer (.+)$/.exec(c.req.header('Authorization') ?? '') ?? [];
    const token = tokens.get(text);
    if (token === undefined || token.expiresAt <= at) return c.json({ error: 'The access token is invalid' }, 401);
    c.set('scopes', token.scopes);
    return next();
  };
}

/** Refuses tokens that hold neither the scope nor `public`. */
export function requireScope(scope: string): MiddlewareHandler<LearnAmpEnvironment> {
  return async (c, next) => {
    if (!c.var.scopes.has('public') && !c.var.scopes.has(scope)) {
      throw refuse(403, `Access to this resource requires scope "${scope}".`);
    }
    return next();
  };
}

function mayAsk(held: readonly string[], scope: string): boolean {
  return held.includes(scope) || (held.includes('public') && knownScopes.has(scope));
}

const descriptions = {
  invalid_request: 'The request is missing a required parameter, or is otherwise malformed.',
  unsupported_grant_type: 'The authorization grant type is not supported by the authorization server.',
  invalid_client:
    'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
  invalid_scope: 'The requested scope is invalid, unknown, or malformed.',
} as const;

function oauthError(error: keyof typeof descriptions): object {
  return { error, error_description: descriptions[error] };
}
