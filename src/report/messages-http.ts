import { type RequestError, ShortListError } from '../errors.js';
import {
  AnswerError,
  NetworkError,
  PatienceError,
  StatusError,
  TimeoutError,
  WrongServerError,
} from '../http/errors.js';
import { said } from './messages-words.js';

/** What to look at, by the code of Node.js; KEY stands for the setting that holds the address. */
const NETWORK: Readonly<Record<string, string>> = {
  ENOTFOUND: 'Check KEY for a typing error, and the DNS of this machine.',
  EAI_AGAIN: 'Check the network and the DNS of this machine, then run again.',
  ECONNREFUSED: 'Check KEY and its port, whether the server runs, and firewalls or the proxy on the way.',
  ECONNRESET: 'Run again later; if it stays, ask who runs the proxy or firewall on the way.',
  EPIPE: 'Run again later; if it stays, ask who runs the proxy or firewall on the way.',
  ETIMEDOUT: 'Check KEY, and that this machine may reach it: firewall, proxy ("proxy"), VPN.',
  EHOSTUNREACH: 'Check network, routing and VPN of this machine.',
  ENETUNREACH: 'Check network, routing and VPN of this machine.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Check KEY: the name in it must be the one that the certificate is for.',
};
const UNKNOWN_ADVICE = 'Check the network of this machine and the proxy ("proxy"), then run again.';
/** The same by the kind of trouble, for codes that have no advice of their own. */
const ADVICE: Readonly<Record<NonNullable<NetworkError['trouble']>, string>> = {
  certificate:
    'If a proxy of the company opens TLS, set "ca_file" to its CA certificate (PEM). If the certificate has run out, or is for another name, check KEY and tell its operator.',
  tls: 'Check that KEY and its port speak https, and whether a proxy stands between ("proxy", "ca_file").',
  proxy: 'Ask who runs the proxy ("proxy" in the config, or the environment) to let this machine through to it.',
  no_http: UNKNOWN_ADVICE,
};

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
    const { words } = error;
    const told = words === null ? '' : error.publicly(words);
    const rest = told === '' ? '' : told === words ? `: ${said(told)}` : ' (its own words: --verbose)';
    return [`${name} answered ${error.status} to ${request}${rest}`, error.isWebPage ? NOT_THE_API : nextFor(error)];
  }
  if (error instanceof NetworkError) {
    return [said(error.message.replace(/^the /, 'The ')), networkAdvice(error)];
  }
  if (error instanceof TimeoutError) {
    return [
      `${name} did not answer ${request} within ${error.seconds} s`,
      'Run again later; if it is always slow, raise "timeout_seconds" in the config.',
    ];
  }
  if (error instanceof PatienceError) {
    return [
      said(error.message),
      `Lower "requests_per_second" and "concurrency" in the config, and ask ${name} which limit these credentials have.`,
    ];
  }
  if (error instanceof AnswerError) {
    return [`${name} answered ${request} with ${said(error.problem)}`, NOT_THE_API];
  }
  if (error instanceof ShortListError) {
    return [
      said(error.message),
      `Ask ${name} whether its list of users can be paged, and which filters find a user; "hrsync check" tries both.`,
    ];
  }
  if (error instanceof WrongServerError) return [said(error.message), NOT_THE_API];
  return [said(error.message), 'Run again later.'];
}

function networkAdvice({ code, trouble, request }: NetworkError): string {
  const known = Object.hasOwn(NETWORK, code) ? NETWORK[code] : undefined;
  const advice = known ?? (trouble === null ? UNKNOWN_ADVICE : ADVICE[trouble]);
  return advice.replaceAll('KEY', `"${request.side === undefined ? '' : `${request.side}.`}base_url"`);
}

function nextFor({ status, request }: StatusError): string {
  const system = said(request.system);
  if (status === 401) return 'Check the credentials in the config; "hrsync check" tries them.';
  if (status === 403) {
    const what =
      request.method === 'GET' ? `to read ${said(request.url)}` : `for ${request.method} ${said(request.url)}`;
    return `Ask an admin of ${system} to give these credentials the right ${what}; "hrsync check" then tries them.`;
  }
  if (status === 404) return 'Check "base_url", and the ids in the config; "hrsync check" tries them.';
  if (status === 407) return 'The proxy wants credentials: set "proxy" to http://user:password@host:port.';
  if (status === 429) return 'Lower "requests_per_second" in the config: somebody else uses the same limit.';
  if (status >= 500) return `The trouble is at ${system}: run again later, and look at its status page.`;
  return "Run again with --verbose: it shows each request, and the other side's own words.";
}
