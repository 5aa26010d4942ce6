import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import type { StandInEnvironment } from '../stand-in.js';
import type { ScimParts } from './parts.js';

/** `POST /oauth/token`: client credentials as a form. Source: RFC 6749, sections 2.3.1 and 4.4. */
export function tokenRoute({ settings, tokens, now }: ScimParts): Hono<StandInEnvironment> {
  return new Hono<StandInEnvironment>().post('/oauth/token', async (c) => {
    const { clientId, clientSecret, scope, tokenLifetimeSeconds } = settings.oauth;
    if (settings.auth !== 'oauth') return c.json({ error: 'invalid_request' }, 404);
    const isForm = /^application\/x-www-form-urlencoded\b/i.test(c.req.header('Content-Type') ?? '');
    const form = new URLSearchParams(isForm ? await c.req.text() : '');
    if (!form.has('grant_type')) return c.json({ error: 'invalid_request' }, 400);
    if (form.get('grant_type') !== 'client_credentials') return c.json({ error: 'unsupported_grant_type' }, 400);
    const [id, secret] = inHeader(c.req.header('Authorization')) ?? [form.get('client_id'), form.get('client_secret')];
    if (id !== clientId || secret !== clientSecret) return c.json({ error: 'invalid_client' }, 401);
    const asked = form.get('scope')?.split(' ') ?? [];
    if (scope !== null && !asked.includes(scope)) return c.json({ error: 'invalid_scope' }, 400);
    const text = randomBytes(24).toString('base64url');
    tokens.set(text, now().getTime() + tokenLifetimeSeconds * 1000);
    return c.json({
      ...{ access_token: text, token_type: 'Bearer', expires_in: tokenLifetimeSeconds },
      ...(scope !== null && { scope }),
    });
  });
}

/** Client id and secret that a header holds: each is encoded as in a form. */
function inHeader(header: string | undefined): readonly [string, string] | null {
  const [, text] = /^Basic +(\S+)$/i.exec(header ?? '') ?? [];
  if (text === undefined) return null;
  const decoded = Buffer.from(text, 'base64').toString();
  const at = decoded.indexOf(':');
  return [formDecoded(decoded.slice(0, at)), formDecoded(decoded.slice(at + 1))];
}

function formDecoded(text: string): string {
  return new URLSearchParams(`value=${text}`).get('value') ?? '';
}
