import type { HttpRequest } from './client.js';
import { decodedPart, pairsOf } from './request-parts.js';

/** Names of headers, parameters and fields whose values are credentials. */
const SECRET_NAME =
  /secret|pass(word|phrase|wd)|token|api[_-]?key|app[_-]?key|private[_-]?key|subscription-key|authorization|cookie|assertion|credential|signature|^(x-)?(key|auth|sig|code)$/i;
/** Names that such a word is part of although their values are none. */
const NO_SECRET_NAME = /^(grant|token|auth|response|assertion|password)_?type$|_url$|expires|^token_endpoint/i;

/** The secrets in the headers and the address of a request, with the parts of which HTTP Basic puts them together. */
export function secretsSentWith(headers: Readonly<Record<string, string>>, url: string): readonly string[] {
  const found: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (SECRET_NAME.test(name)) found.push(value, ...credentialsIn(value));
  }
  const { username, password, searchParams } = new URL(url);
  if (password !== '') found.push(decodedPart(password), password, `${decodedPart(username)}:${decodedPart(password)}`);
  for (const [name, value] of searchParams) if (isSecretName(name)) found.push(value);
  return found;
}

/** The secrets in the body of a request: whatever stands under a name such as `client_secret` or `password`. */
export function secretsInBody({ json, form }: Pick<HttpRequest, 'json' | 'form'>): readonly string[] {
  const found: string[] = [];
  collect(json, false, found);
  for (const [name, value] of pairsOf(form)) if (isSecretName(name)) collect(value, true, found);
  return found;
}

function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !NO_SECRET_NAME.test(name);
}

// `Basic` joins user and password; the user alone is not secret and may be an ordinary word.
function credentialsIn(header: string): readonly string[] {
  const [, scheme = '', credentials] = /^\s*([A-Za-z][\w-]*)\s+(\S+)\s*$/.exec(header) ?? [];
  if (credentials === undefined) return [];
  if (scheme.toLowerCase() !== 'basic') return [credentials];
  const pair = Buffer.from(credentials, 'base64').toString('utf8');
  return [credentials, pair, pair.slice(pair.indexOf(':') + 1)];
}

// Our own body, so as deep as an adapter builds it.
function collect(value: unknown, isSecret: boolean, found: string[]): void {
  if (typeof value === 'string' || typeof value === 'number') {
    if (isSecret) found.push(String(value));
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, isSecret, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) collect(item, isSecret || isSecretName(name), found);
  }
}
