import { HrsyncError, RequestError, type RequestFacts } from '../errors.js';
import { EXIT } from '../exit.js';
import { type NetworkTrouble, networkReason, networkTrouble } from './network-reason.js';
import { isCode, isPlain, NOTHING_SENT, namedIn, type Sent } from './plain-words.js';
import { isWebPage, wordsOf } from './words.js';

export { RequestError, type RequestFacts };

/** In characters. */
const LONGEST_WORDS = 400;

/**
 * An answer with an error status. `body` is the parsed JSON, or the first 2,000 characters as text; secrets that
 * the request sent are taken out of body and headers.
 */
export class StatusError extends RequestError {
  override readonly name = 'StatusError';
  readonly mayHaveHappened: boolean;
  // Private, so that printing the error does not show what was sent.
  readonly #sent: Sent;
  constructor(
    request: RequestFacts,
    readonly status: number,
    readonly body: unknown,
    readonly headers: Readonly<Record<string, string>>,
    sent: Sent = NOTHING_SENT,
  ) {
    super(request, `${request.system} answered ${status} to ${request.method} ${request.url}`);
    this.#sent = sent;
    // A gateway's 5xx may come after the server behind it has committed.
    this.mayHaveHappened = status >= 500;
  }

  override get words(): string | null {
    const words = wordsOf(this.body).slice(0, LONGEST_WORDS);
    return words === '' ? null : words;
  }

  /** Whether the body is a web page, which no API answers with. */
  get isWebPage(): boolean {
    return isWebPage(this.body);
  }

  /** Adds to the message what the far end said, once; only for words that are about nobody. */
  tell(words: string): void {
    if (!this.message.endsWith(words)) this.message += `: ${words}`;
  }

  /**
   * A sentence of the body as anybody may read it: as it is where it holds nothing but words of validation messages and
   * names of fields; else the status, the fields that it names, and where the sentence itself is shown.
   */
  publicly(sentence: string | null): string {
    const status = `HTTP status ${this.status}`;
    if (sentence === null || sentence.trim() === '') return status;
    if (isPlain(sentence, this.#sent) || isCode(sentence, this.#sent)) return sentence;
    const named = namedIn(sentence, this.#sent);
    const about = named.length === 0 ? '' : ` about ${named.join(', ')}`;
    return `${status}${about}; the LMS's own words: --verbose`;
  }
}

function named({ system, side }: RequestFacts): string {
  if (side === undefined) return system;
  return `${side === 'source' ? 'the HR system' : 'the LMS'} ${system}`;
}

function addressOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
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
    super(
      request,
      `${named(request)} could not be reached at ${addressOf(request.url)}: ${networkReason(code)} (${code})`,
      options,
    );
  }

  /** What kind of trouble the code stands for, or null. */
  get trouble(): NetworkTrouble | null {
    return networkTrouble(this.code);
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

/** A far end asks to wait for longer, all its pauses taken together, than a run can. */
export class PatienceError extends RequestError {
  override readonly name = 'PatienceError';
  readonly mayHaveHappened = false;
  constructor(
    request: RequestFacts,
    /** How long it was waited for already. */
    readonly minutes: number,
  ) {
    super(request, `${request.system} asked for so many pauses that they came to ${minutes} minutes`);
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
  const { status } = error;
  const isOther = status === 404 || status === 405 || status < 400 || error.isWebPage;
  return isOther ? new WrongServerError(error.request, status, { cause: error }) : null;
}
