import type { Context } from 'hono';

/** Body of an error; all four keys are always there. */
export interface KomboError {
  readonly status: 'error';
  readonly error: {
    readonly code: string | null;
    readonly title: string | null;
    readonly message: string;
    readonly log_url: string | null;
  };
}

/** Codes and the statuses they go with; where Kombo does not document one, a likely one. */
export const CODES = {
  'PLATFORM.AUTHENTICATION_INVALID': 401,
  'PLATFORM.INTEGRATION_NOT_FOUND': 404,
  'PLATFORM.INPUT_INVALID': 400,
  'PLATFORM.RATE_LIMIT_EXCEEDED': 429,
  'PLATFORM.UNKNOWN_ERROR': 500,
  'INTEGRATION.PERMISSION_MISSING': 403,
  'INTEGRATION.MODEL_NOT_AVAILABLE': 400,
  'INTEGRATION.MODEL_DISABLED': 403,
  'REMOTE.SERVICE_UNAVAILABLE': 503,
} as const;

/** An error as Kombo words it. */
export function komboError(code: string | null, message: string): KomboError {
  return { status: 'error', error: { code, title: code === null ? null : 'Request refused', message, log_url: null } };
}

/** The usual error of a status. */
export function errorOf(status: number): KomboError {
  const code = Object.entries(CODES).find(([, usual]) => usual === status)?.[0] ?? 'PLATFORM.UNKNOWN_ERROR';
  return komboError(code, 'Something went wrong');
}

/** Refuses a request with a code, under its usual status. */
export function refuse(c: Context, code: keyof typeof CODES, message: string): Response {
  return c.json(komboError(code, message), CODES[code]);
}
