import * as z from 'zod';
import type { TokenCall } from '../connection.js';
import type { PersonioSettings } from '../settings.js';

const tokenSchema = z
  .object({ access_token: z.string().min(1), expires_in: z.coerce.number().nonnegative().optional().catch(undefined) })
  .transform(({ access_token, expires_in }) => ({ token: access_token, expiresInSeconds: expires_in ?? null }));

/** How v2 gives out its token: a form, and no JSON. https://developer.personio.de/v2.0/reference/authentication */
export function v2Token({ client_id, client_secret }: PersonioSettings): TokenCall {
  const form = { grant_type: 'client_credentials', client_id, client_secret };
  return { request: { path: '/v2/auth/token', form }, answer: tokenSchema };
}
