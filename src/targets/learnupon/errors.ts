import { CredentialsError, PermissionError } from '../../errors.js';
import { StatusError } from '../../http/errors.js';
import { RejectedError } from '../kit/rejected.js';
import { errorSchema } from './schema.js';
import type { LearnUponSettings } from './settings.js';

/** How reports call the system. */
export const TITLE = 'LearnUpon';

/** Whom a request is about: a refusal of one person must not end the run for everybody. */
export type Concern = 'person' | 'everybody';

const DETAIL_LENGTH = 300;
const INVALID = /invalid|is not|must be|can't be|cannot be|too (short|long)|blank|missing|required|not included/i;
const WRONG_BODY = /invalid \w+ parameters/i;
const REALM =
  'an address is unique across the portal and its sub-portals: invite the person (invite_strategy: invite), or let an admin of LearnUpon allow creating people whom another portal knows';

/**
 * An error of the HTTP client in the words of the target contract. The documentation names no error bodies; the patterns
 * follow what clients of the API have seen.
 */
export function translated(
  error: unknown,
  concern: Concern,
  { exists_pattern }: Pick<LearnUponSettings, 'exists_pattern'>,
): unknown {
  if (!(error instanceof StatusError)) return error;
  const words = wordsOf(error);
  const said = words ?? '';
  const detail = error.publicly(words);
  const options = { cause: error, words };
  if (error.status === 401) return rejectedCredentials(detail, options);
  if (error.status === 403) {
    return new PermissionError(TITLE, [`${error.request.method} ${error.request.url}`], detail, options);
  }
  if (concern === 'everybody' || error.status >= 500 || error.status === 429) return error;
  if (exists_pattern.test(said)) return new RejectedError('email_taken', `${detail} (${REALM})`, options);
  // A body that LearnUpon cannot make sense of is answered with 404 too.
  if (error.status === 404 && !WRONG_BODY.test(said)) return new RejectedError('unknown_account', detail, options);
  const invalid = error.status !== 404 && INVALID.test(said);
  return new RejectedError(invalid ? 'invalid_value' : 'other', detail, options);
}

function wordsOf({ body }: StatusError): string | null {
  const read = errorSchema.safeParse(body);
  const words = ((read.success ? read.data : undefined) ?? (typeof body === 'string' ? body : '')).trim();
  return words === '' || words.startsWith('<') ? null : words.slice(0, DETAIL_LENGTH);
}

/** Credentials that were not taken, with where they stand in the config and where they are made. */
function rejectedCredentials(detail: string, options: ErrorOptions): CredentialsError {
  const settings = '"target.username" and "target.password" with Settings, Integrations, API Keys in LearnUpon';
  return new CredentialsError(TITLE, detail, { ...options, settings });
}
