import type * as z from 'zod';
import { CredentialsError, type HrsyncError, IncompleteReadError, PermissionError } from '../../errors.js';
import { AnswerError, StatusError } from '../../http/errors.js';
import { messageIn } from './refusal.js';

/** How reports call the system. */
export const TITLE = 'Personio';

// The documented 403 of a token that is not, or no longer, good: "Provided authorization is not valid".
const TOKEN_REFUSED = /authorization is not/i;

/** Whether a 403 means the token and not a right; a 401 is the HTTP client's to renew. */
export function saysTokenIsRefused(error: unknown): boolean {
  return error instanceof StatusError && error.status === 403 && TOKEN_REFUSED.test(messageIn(error.body) ?? '');
}

/**
 * An error of the HTTP client in the words of the source contract: refused credentials, a right that is missing, an
 * answer that cannot be believed. Any other refusal comes back with Personio's words. `right`: what is missing where a read is forbidden.
 */
export function translated(error: unknown, right: string): unknown {
  if (error instanceof AnswerError) {
    const { method, url } = error.request;
    return new IncompleteReadError(TITLE, [`${method} ${url} brought ${error.problem}`], { cause: error });
  }
  if (!(error instanceof StatusError)) return error;
  const message = messageIn(error.body);
  const refusal = refusalFor({ status: error.status, message, right }, { cause: error });
  // A 400 that is shown without Personio's words does not tell which parameter is wrong.
  if (refusal === null && message !== null) error.tell(message);
  return refusal ?? error;
}

/** The body of a success by its schema. Personio also says `success: false` with a success status. */
export function parsed<Body>(schema: z.ZodType<Body>, body: unknown, what: string, right: string): Body {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const message = messageIn(body);
  const finding =
    message === null ? `${what} came in another shape than Personio's` : `${what} was refused: ${message}`;
  throw (
    refusalFor({ status: null, message, right }, {}) ?? new IncompleteReadError(TITLE, [finding], { cause: read.error })
  );
}

interface Refusal {
  readonly status: number | null;
  readonly message: string | null;
  readonly right: string;
}

// The codes with which OAuth refuses a client, and v1's words.
const CLIENT_REFUSED = /wrong credentials|^(invalid_client|invalid_grant|unauthorized_client)\b/i;
// Reported of v2 persons: a good token without the right to read them is answered with 401 and these words.
const RIGHT_REFUSED = /forbidden|unauthorized request/i;

function refusalFor({ status, message, right }: Refusal, options: ErrorOptions): HrsyncError | null {
  const detail = message ?? `HTTP status ${status}`;
  const says = (pattern: RegExp) => message !== null && pattern.test(message);
  const isRight = says(RIGHT_REFUSED);
  if (says(TOKEN_REFUSED) || says(CLIENT_REFUSED) || (status === 401 && !isRight)) {
    return rejectedCredentials(detail, options);
  }
  return status === 403 || isRight ? new PermissionError(TITLE, [right], detail, options) : null;
}

/** Credentials that were not taken, with where they stand in the config and where they are made. */
export function rejectedCredentials(detail: string, options: ErrorOptions): CredentialsError {
  const settings =
    '"source.client_id" and "source.client_secret" with the API credentials in Personio\'s integration settings';
  return new CredentialsError(TITLE, detail, { ...options, settings });
}
