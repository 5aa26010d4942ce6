import type * as z from 'zod';
import { entryOf } from '../../core/entry.js';
import { CredentialsError, IncompleteReadError, PermissionError } from '../../errors.js';
import { AnswerError, StatusError } from '../../http/errors.js';
import { isWebPage, wordsOf } from '../../http/words.js';

/** How reports call the system. */
export const TITLE = 'BambooHR';

/** The statuses that another try may mend: https://documentation.bamboohr.com/docs/api-details */
const PASSING: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504, 598]);

/** Whether another try may help. A refused key is never tried again: many such requests switch API access off. */
export function mayPass({ status }: StatusError): boolean {
  return PASSING.has(status);
}

/** Whether the list of employees has moved below a cursor and must be read from its first page. */
export function isBadPage(error: unknown): boolean {
  return (
    error instanceof StatusError && error.status === 400 && entryOf(entryOf(error.body, 'error'), 'code') === 'BadPage'
  );
}

/** In characters. */
const LONGEST = 200;

/**
 * What BambooHR says of a refusal, or null. The header may hold one sentence several times, between commas.
 * https://documentation.bamboohr.com/docs/api-details
 */
export function messageIn({ headers, body }: Pick<StatusError, 'headers' | 'body'>): string | null {
  const parts = (headers['x-bamboohr-error-message'] ?? '').split(',').map((part) => part.trim());
  const header = [...new Set(parts)].filter((part) => part !== '').join(', ');
  const words = header === '' && !isWebPage(body) ? wordsOf(body) : header;
  if (words === '') return null;
  const request = headers['x-request-id'];
  return words.slice(0, LONGEST) + (request ? ` (request ${request.slice(0, 40)})` : '');
}

/**
 * An error of the HTTP client in the words of the source contract: a refused key, a right that is missing, an answer that
 * cannot be believed. Any other refusal comes back with BambooHR's words. `right`: what is missing where a call is forbidden.
 */
export function translated(error: unknown, right: string): unknown {
  if (error instanceof AnswerError) {
    const { method, url } = error.request;
    return new IncompleteReadError(TITLE, [`${method} ${url} brought ${error.problem}`], { cause: error });
  }
  if (!(error instanceof StatusError)) return error;
  const message = messageIn(error);
  const detail = message ?? `HTTP status ${error.status}`;
  if (error.status === 401) return new CredentialsError(TITLE, detail, { cause: error, settings: SETTINGS });
  if (error.status === 403) return new PermissionError(TITLE, [right], `${detail}${SWITCHED_OFF}`, { cause: error });
  if (message !== null) error.tell(message);
  return error;
}

const SETTINGS =
  '"source.api_key" and "source.company" with the API keys of its user and the address that people sign in at in BambooHR';

const SWITCHED_OFF =
  '; the user of the key may be disabled, or API access switched off for a time after requests with a wrong key';

/** The body of a success by its schema. */
export function parsed<Body>(schema: z.ZodType<Body>, body: unknown, what: string): Body {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  throw new IncompleteReadError(TITLE, [`${what} came in another shape than BambooHR's`], { cause: read.error });
}
