import type { Authorization } from './client.js';

/** A bearer token as an API gave it; null where it did not say how long it lives. */
interface Token {
  readonly token: string;
  readonly expiresInSeconds: number | null;
}

/** How a token is come by. */
export interface TokenOptions {
  readonly fetchToken: () => Promise<Token>;
  readonly now: () => Date;
  /** Renewed so many seconds before its end (default 60). */
  readonly marginSeconds?: number;
}

/** Keeps one bearer token for all requests of a client, and fetches a new one before the old one ends. */
export function createTokenAuthorization(options: TokenOptions): Authorization {
  const margin = (options.marginSeconds ?? 60) * 1_000;
  let held: { readonly token: string; readonly until: number } | null = null;
  let fetching: Promise<string> | null = null;

  const fetchOnce = async (): Promise<string> => {
    const { token, expiresInSeconds } = await options.fetchToken();
    const life = expiresInSeconds === null ? Number.POSITIVE_INFINITY : expiresInSeconds * 1_000;
    // A token that lives shorter than the margin is used for half its life rather than never.
    held = { token, until: options.now().getTime() + Math.max(life - margin, life / 2) };
    return token;
  };

  const current = (): Promise<string> => {
    if (held !== null && held.until > options.now().getTime()) return Promise.resolve(held.token);
    fetching ??= fetchOnce().finally(() => {
      fetching = null;
    });
    return fetching;
  };

  return {
    async headers() {
      return { authorization: `Bearer ${await current()}` };
    },
    renew(used) {
      // Another request may have renewed it already: then the new one is good.
      if (used === undefined || used === `Bearer ${held?.token}`) held = null;
      return true;
    },
  };
}

/** HTTP Basic credentials (RFC 7617), in UTF-8. */
export function basicAuthorization(username: string, password: string): Authorization {
  const credentials = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
  return {
    headers: () => Promise.resolve({ authorization: `Basic ${credentials}` }),
    renew: () => false,
  };
}
