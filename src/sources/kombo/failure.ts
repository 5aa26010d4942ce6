import type * as z from 'zod';
import {
  CredentialsError,
  type HrsyncError,
  IncompleteReadError,
  NotReadyError,
  type NotReadyReason,
  PermissionError,
} from '../../errors.js';
import { AnswerError, StatusError } from '../../http/errors.js';
import { type Refusal, refusalIn } from './schema.js';

/** How reports call the system. */
export const TITLE = 'Kombo';

/** States of an integration in which its data must not be used: https://docs.kombo.dev/hris/important-changes.md */
const NOT_READY: ReadonlyMap<string, NotReadyReason> = new Map([
  ['INTEGRATION.SETUP_SYNC_PENDING', 'setting_up'],
  ['INTEGRATION.SETUP_INCOMPLETE', 'setting_up'],
  ['INTEGRATION.QA_FAILED', 'held_back'],
  ['INTEGRATION.INACTIVE', 'switched_off'],
  ['INTEGRATION.AUTHENTICATION_INVALID', 'disconnected'],
]);

/** What is not allowed, by the code that says so. */
const WITHHELD: ReadonlyMap<string, string> = new Map([
  ['PLATFORM.IP_NOT_WHITELISTED', "calls from this machine's address"],
  ['INTEGRATION.PERMISSION_MISSING', 'what the HR system was asked for'],
  ['INTEGRATION.MODEL_NOT_AVAILABLE', 'the model'],
  ['INTEGRATION.MODEL_DISABLED', 'the model'],
]);

/** The codes that Kombo calls safe to retry, besides a 503 of its load balancer: https://docs.kombo.dev/guides/errors */
const PASSING: ReadonlySet<string> = new Set([
  'PLATFORM.RATE_LIMIT_EXCEEDED',
  'PLATFORM.CONCURRENCY_LIMIT_EXCEEDED',
  'REMOTE.RATE_LIMIT_EXCEEDED',
  'REMOTE.SERVICE_UNAVAILABLE',
]);

/** Whether another try may help. Kombo wants its code to decide, and the status only where there is none. */
export function mayPass({ status, body }: StatusError): boolean {
  const code = refusalIn(body)?.code ?? null;
  return code === null ? status === 429 || (status === 503 && refusalIn(body) === null) : PASSING.has(code);
}

/**
 * An error of the HTTP client in the words of the source contract. What carries no code of Kombo's, and is no matter of
 * credentials, comes back as it is.
 */
export function translated(error: unknown): unknown {
  if (error instanceof AnswerError) {
    const { method, url } = error.request;
    return new IncompleteReadError(TITLE, [`${method} ${url} brought ${error.problem}`], { cause: error });
  }
  if (!(error instanceof StatusError)) return error;
  const refusal = refusalIn(error.body);
  if (refusal?.code) return coded(refusal.code, refusal.message, { cause: error });
  const meant = uncoded(error.status, refusal?.message ?? `HTTP status ${error.status}`, { cause: error });
  // What Kombo says without a code names what is wrong all the same.
  if (meant === null && refusal !== null) error.tell(refusal.message);
  return meant ?? error;
}

/** The body of a success by its schema; a refusal under a success status is one all the same. */
export function parsed<Body>(schema: z.ZodType<Body>, body: unknown, what: string): Body {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const refusal = refusalIn(body);
  if (refusal !== null) throw refused(refusal);
  throw new IncompleteReadError(TITLE, [`${what} came in another shape than Kombo's`], { cause: read.error });
}

function refused({ code, message }: Refusal): HrsyncError {
  return code === null ? new IncompleteReadError(TITLE, [`refused: ${message}`]) : coded(code, message, {});
}

function coded(code: string, message: string, options: ErrorOptions): HrsyncError {
  const detail = `${code}: ${message}`;
  const reason = NOT_READY.get(code);
  if (reason !== undefined) return new NotReadyError(TITLE, reason, detail, options);
  const withheld = WITHHELD.get(code);
  if (withheld !== undefined) return new PermissionError(TITLE, [withheld], detail, options);
  // An unknown integration is a wrong id, or one of another region or environment than the key's.
  const isRejected = code === 'PLATFORM.AUTHENTICATION_INVALID' || code === 'PLATFORM.INTEGRATION_NOT_FOUND';
  if (isRejected) return rejectedCredentials(detail, options);
  return new IncompleteReadError(TITLE, [`refused: ${detail}`], options);
}

function uncoded(status: number, detail: string, options: ErrorOptions): HrsyncError | null {
  if (status === 401) return rejectedCredentials(detail, options);
  return status === 403 ? new PermissionError(TITLE, ['the call'], detail, options) : null;
}

/** Credentials that were not taken, with where they stand in the config and where they are made. */
function rejectedCredentials(detail: string, options: ErrorOptions): CredentialsError {
  const settings = '"source.api_key" and "source.integration_id" with the Secrets page of the Kombo dashboard';
  return new CredentialsError(TITLE, detail, { ...options, settings });
}
