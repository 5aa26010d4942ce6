import type { RequestError } from '../errors.js';
import { AnswerError, NetworkError, StatusError, TimeoutError, WrongServerError } from '../http/errors.js';
import { said } from './messages-words.js';

/** What the network's codes mean and what to look at. */
const NETWORK: Readonly<Record<string, readonly [string, string]>> = {
  ENOTFOUND: ['its name cannot be resolved', 'Check "base_url" for a typing error, and the DNS of this machine.'],
  EAI_AGAIN: ['the DNS did not answer', 'Check the network and the DNS of this machine, then run again.'],
  ECONNREFUSED: ['the connection was refused', 'Check "base_url" and its port, and firewalls or the proxy on the way.'],
  ECONNRESET: [
    'the connection was cut off',
    'Run again later; if it stays, ask who runs the proxy or firewall on the way.',
  ],
  EPIPE: ['the connection was cut off', 'Run again later; if it stays, ask who runs the proxy or firewall on the way.'],
  ETIMEDOUT: [
    'the connection was not answered',
    'Check that this machine may reach it: firewall, proxy ("proxy"), VPN.',
  ],
  EHOSTUNREACH: ['there is no way to it', 'Check network, routing and VPN of this machine.'],
  ENETUNREACH: ['this machine has no network there', 'Check network, routing and VPN of this machine.'],
};

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ALTNAME/;
const CERTIFICATE_WORDS = [
  'its certificate is not trusted',
  'If a proxy of the company opens TLS, set "ca_file" to its CA certificate (PEM). If the certificate has run out, or is for another name, check "base_url" and tell its operator.',
] as const;
const OTHER_TLS = /^(ERR_SSL|ERR_TLS|EPROTO)/;
const TLS_WORDS = [
  'no secure connection could be made',
  'Check that "base_url" and its port speak https, and whether a proxy stands between ("proxy", "ca_file").',
] as const;
const UNKNOWN_WORDS = [
  'the network failed',
  'Check the network of this machine and the proxy ("proxy"), then run again.',
] as const;

const NOT_THE_API =
  'Check that "base_url" is the API and not a web page, and that no proxy or login page answers in its place.';

/** Explains a request that brought no usable answer. */
export function explainRequestError(error: RequestError): { what: string; meaning: string; next: string } {
  const [what, next] = wordsFor(error);
  const { attempts } = error.request;
  const tries = attempts > 1 ? ` (${attempts} attempts)` : '';
  const meaning =
    error.mayHaveHappened && error.request.method !== 'GET'
      ? 'It is not known whether the change was made; the next run asks before it does anything again.'
      : 'This request changed nothing; what the LMS acknowledged before is recorded.';
  return { what: `${what}${tries}`, meaning, next };
}

function wordsFor(error: RequestError): readonly [string, string] {
  const { system, method, url } = error.request;
  const name = said(system);
  const request = `${method} ${said(url)}`;
  if (error instanceof StatusError) {
    const words = wordsOf(error.body);
    return [
      `${name} answered ${error.status} to ${request}${words === '' ? '' : `: ${words}`}`,
      isWebPage(error.body) ? NOT_THE_API : nextFor(error.status, name),
    ];
  }
  if (error instanceof NetworkError) {
    const [what, next] = networkWords(error.code);
    return [`${name} could not be reached at ${said(url)}: ${what} (${said(error.code)})`, next];
  }
  if (error instanceof TimeoutError) {
    return [
      `${name} did not answer ${request} within ${error.seconds} s`,
      'Run again later; if it is always slow, raise "timeout_seconds" in the config.',
    ];
  }
  if (error instanceof AnswerError) {
    return [`${name} answered ${request} with ${said(error.problem)}`, NOT_THE_API];
  }
  if (error instanceof WrongServerError) return [said(error.message), NOT_THE_API];
  return [said(error.message), 'Run again later.'];
}

function networkWords(code: string): readonly [string, string] {
  if (CERTIFICATE.test(code)) return CERTIFICATE_WORDS;
  if (OTHER_TLS.test(code)) return TLS_WORDS;
  return (Object.hasOwn(NETWORK, code) ? NETWORK[code] : undefined) ?? UNKNOWN_WORDS;
}

function nextFor(status: number, system: string): string {
  if (status === 401) return 'Check the credentials in the config; "hrsync check" tries them.';
  if (status === 403)
    return `Ask an admin of ${system} which rights these credentials have; "hrsync check" tries them.`;
  if (status === 404) return 'Check "base_url", and the ids in the config; "hrsync check" tries them.';
  if (status === 407) return 'The proxy wants credentials: set "proxy" to http://user:password@host:port.';
  if (status === 429) return 'Lower "requests_per_second" in the config: somebody else uses the same limit.';
  if (status >= 500) return `The trouble is at ${system}: run again later, and look at its status page.`;
  return 'If the words above do not help, run again with --verbose to see each request.';
}

function isWebPage(body: unknown): boolean {
  return typeof body === 'string' && /^\s*</.test(body);
}

// Error bodies differ from API to API; their sentence stands under one of a few names.
function wordsOf(body: unknown): string {
  if (typeof body === 'string') return isWebPage(body) ? 'a web page' : said(body);
  if (typeof body !== 'object' || body === null) return '';
  for (const key of ['message', 'error_description', 'detail', 'title', 'error', 'errors']) {
    const value: unknown = Object.hasOwn(body, key) ? Reflect.get(body, key) : undefined;
    if (typeof value === 'string' && value !== '') return said(value);
    const [first]: unknown[] = Array.isArray(value) ? value : [value];
    const inner = typeof first === 'string' ? said(first) : wordsOf(first);
    if (inner !== '') return inner;
  }
  return '';
}
