import type * as z from 'zod';
import { CredentialsError, type HrsyncError, IncompleteReadError, PermissionError } from '../../errors.js';
import { AnswerError, StatusError } from '../../http/errors.js';
import { messageIn } from './schema.js';

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
 * answer that cannot be believed. Anything else comes back as it is.
 */
export function translated(error: unknown): unknown {
  if (error instanceof AnswerError) {
    const { method, url } = error.request;
    return new IncompleteReadError(TITLE, [`${method} ${url} brought ${error.problem}`], { cause: error });
  }
  if (!(error instanceof StatusError)) return error;
  const message = messageIn(error.body);
  return refusalFor(error.status, message, { cause: error }) ?? error;
}

/** The body of a success by its schema. Personio also says `success: false` with a success status. */
export function parsed<Body>(schema: z.ZodType<Body>, body: unknown, what: string): Body {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const message = messageIn(body);
  const finding =
    message === null ? `${what} came in another shape than Personio's` : `${what} was refused: ${message}`;
  throw refusalFor(null, message, {}) ?? new IncompleteReadError(TITLE, [finding], { cause: read.error });
}

function refusalFor(status: number | null, message: string | null, options: ErrorOptions): HrsyncError | null {
  const detail = message ?? `HTTP status ${status}`;
  const isToken = message !== null && (TOKEN_REFUSED.test(message) || /wrong credentials/i.test(message));
  if (status === 401 || isToken) return new CredentialsError(TITLE, detail, options);
  const isForbidden = message !== null && /forbidden/i.test(message);
  return status === 403 || isForbidden ? new PermissionError(TITLE, ['employees:read'], detail, options) : null;
}
