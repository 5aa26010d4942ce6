import { isAxiosError } from 'axios';
import { TunnelError } from './agents.js';
import { AnswerError, NetworkError, type RequestFacts } from './errors.js';

/** Our error for one of axios's: a body that is too large, or a network that failed. Another error comes back as it is. */
export function failureOf(error: unknown, facts: RequestFacts, maximumBytes: number): unknown {
  if (!isAxiosError(error)) return error;
  if (error.message.includes('maxContentLength')) {
    const problem = `more than ${Math.round(maximumBytes / 2 ** 20)} MiB`;
    return new AnswerError(facts, error.response?.status ?? 200, problem, { cause: withoutRequest(error) });
  }
  const code = codeOf(error.cause, error.code);
  return new NetworkError(facts, code, !neverLeft(error.cause, code), { cause: withoutRequest(error) });
}

/** axios hangs the whole request, credentials included, on its errors; of that only the message may travel on. */
export function withoutRequest(error: unknown): Error {
  return new Error(error instanceof Error ? error.message : String(error));
}

function codeOf(cause: unknown, code: string | undefined): string {
  if (cause instanceof TunnelError) return `PROXY_${cause.status}`;
  // How axios calls an answer that was cut off after its headers.
  return code === 'ERR_BAD_RESPONSE' ? 'ECONNRESET' : (code ?? 'ERR_NETWORK');
}

// Whether it failed before a byte of the request can have reached the far end. The code alone does not tell: a connection
// that stood may end with EHOSTUNREACH too.
function neverLeft(cause: unknown, code: string): boolean {
  // Node tried every address of the host in vain.
  if (cause instanceof TunnelError || cause instanceof AggregateError) return true;
  if (/^(CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(code)) return true;
  const step: unknown = cause instanceof Error && 'syscall' in cause ? cause.syscall : null;
  return step === 'connect' || step === 'getaddrinfo';
}
