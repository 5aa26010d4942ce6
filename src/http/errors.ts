import { HrsyncError, RequestError, type RequestFacts } from '../errors.js';
import { EXIT } from '../exit.js';

export { RequestError, type RequestFacts };

/** An answer with a status that is no success. `body` is the parsed JSON, or the first 2,000 characters as text. */
export class StatusError extends RequestError {
  override readonly name = 'StatusError';
  readonly mayHaveHappened: boolean;
  constructor(
    request: RequestFacts,
    readonly status: number,
    readonly body: unknown,
    readonly headers: Readonly<Record<string, string>>,
  ) {
    super(request, `${request.system} answered ${status} to ${request.method} ${request.url}`);
    // A gateway's 5xx may come after the server behind it has committed.
    this.mayHaveHappened = status >= 500;
  }
}

/** No answer: name not found, refused, reset, TLS trouble. */
export class NetworkError extends RequestError {
  override readonly name = 'NetworkError';
  constructor(
    request: RequestFacts,
    /** Node's error code, such as `ECONNREFUSED`. */
    readonly code: string,
    readonly mayHaveHappened: boolean,
    options?: ErrorOptions,
  ) {
    super(request, `${request.system} could not be reached (${code})`, options);
  }
}

/** No complete answer within the time allowed. */
export class TimeoutError extends RequestError {
  override readonly name = 'TimeoutError';
  readonly mayHaveHappened = true;
  constructor(
    request: RequestFacts,
    readonly seconds: number,
    options?: ErrorOptions,
  ) {
    super(request, `${request.system} did not answer within ${seconds} s`, options);
  }
}

/** A success status with a body that is not what the API promises: HTML, cut off, too large, of another shape. */
export class AnswerError extends RequestError {
  override readonly name = 'AnswerError';
  readonly mayHaveHappened = true;
  constructor(
    request: RequestFacts,
    readonly status: number,
    /** What is wrong with it, as part of a sentence: "an HTML page instead of JSON". */
    readonly problem: string,
    options?: ErrorOptions,
  ) {
    super(request, `${request.system} answered ${request.method} ${request.url} with ${problem}`, options);
  }
}

/** A link that an answer gave leads to another origin; the credentials that would go with it are not for others. */
export class ForeignLinkError extends RequestError {
  override readonly name = 'ForeignLinkError';
  readonly mayHaveHappened = false;
  constructor(
    request: RequestFacts,
    readonly origin: string,
  ) {
    super(request, `${request.system} was left for ${origin}, where its credentials may not go`);
  }
}

/** The proxy's address, from the config or the environment, cannot be used; it may hold a password, so it is not told. */
export class ProxyAddressError extends HrsyncError {
  override readonly name = 'ProxyAddressError';
  override readonly exitCode = EXIT.usage;
  constructor(readonly system: string) {
    super(`the address of the proxy to ${system} is not of the form http://host:port`);
  }
}

/** The file with further certificates (`ca_file`) cannot be used. */
export class CaFileError extends HrsyncError {
  override readonly name = 'CaFileError';
  override readonly exitCode = EXIT.usage;
  constructor(
    readonly file: string,
    readonly problem: string,
    options?: ErrorOptions,
  ) {
    super(`${file} cannot be used as ca_file: ${problem}`, options);
  }
}

/**
 * A token endpoint answered like a server that is not the API: with a web page, or as if it did not know the path. That
 * says nothing about the credentials.
 */
export class WrongServerError extends RequestError {
  override readonly name = 'WrongServerError';
  readonly mayHaveHappened = false;
  constructor(
    request: RequestFacts,
    readonly status: number,
    options?: ErrorOptions,
  ) {
    super(
      request,
      `${request.method} ${request.url} was answered by something that is not the API of ${request.system} (status ${status}): check "base_url"`,
      options,
    );
  }
}

/** The error for a refusal at a token endpoint that another server seems to have made, or null. */
export function wrongServer(error: StatusError): WrongServerError | null {
  const { status, body } = error;
  const isPage = typeof body === 'string' && /^\s*</.test(body);
  const isOther = status === 404 || status === 405 || status < 400 || isPage;
  return isOther ? new WrongServerError(error.request, status, { cause: error }) : null;
}
