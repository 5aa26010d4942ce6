import { CredentialsError, PermissionError } from '../../errors.js';
import { StatusError, wrongServer } from '../../http/errors.js';
import type { Pattern } from '../../pattern.js';
import { RejectedError } from '../kit/rejected.js';
import { errorSchema } from './schema.js';

/** How reports call the system. */
export const TITLE = 'Learn Amp';

/** Whom a request is about: a refusal of one person's account must not end the run for everybody. */
export type Concern = 'person' | 'everybody';

type Reason = RejectedError['reason'];

const DETAIL_LENGTH = 300;
const REFERENCE = /must match (an )?existing|does not match an existing/i;
const INVALID =
  /validation failed|is missing|is empty|is invalid|can't be blank|does not have a valid value|mutually exclusive/i;

/**
 * An error of the HTTP client in the words of the target contract, by the texts that https://developers.learnamp.com/
 * shows beside each call. Server errors and failures of the network come back as they are.
 */
export function translated(error: unknown, concern: Concern, emailTaken: Pattern): unknown {
  if (!(error instanceof StatusError)) return error;
  const said = wordsOf(error);
  const detail = error.publicly(said);
  const options = { cause: error, words: said };
  switch (error.status) {
    case 401:
      return rejectedCredentials(detail, options);
    case 403: {
      const scope = /requires scope "([^"]+)"/i.exec(said ?? '')?.[1];
      if (scope === undefined && concern === 'person')
        return new RejectedError('other', forbidden(error, detail), options);
      return new PermissionError(
        TITLE,
        [scope ?? `access to ${error.request.method} ${error.request.url}`],
        detail,
        options,
      );
    }
    case 404:
      return concern === 'person' ? new RejectedError('unknown_account', detail, options) : error;
    case 400:
    case 422:
      return concern === 'person' ? new RejectedError(reasonFor(said ?? '', emailTaken), detail, options) : error;
    default:
      return error;
  }
}

/** The same for the token endpoint, where every refusal is about the credentials or the scopes that they were given. */
export function tokenError(error: unknown, scopes: readonly string[]): unknown {
  if (!(error instanceof StatusError) || error.status >= 500 || error.status === 429) return error;
  const other = wrongServer(error);
  if (other !== null) return other;
  // It is about the credentials and about nobody, so it is shown whole.
  const detail = wordsOf(error) ?? `HTTP status ${error.status}`;
  if (!/invalid_scope/.test(detail)) return rejectedCredentials(detail, { cause: error });
  const asked =
    scopes.length > 0
      ? `asked for ${scopes.join(' ')}`
      : 'no scopes were asked for, and a key limited to named scopes needs them under target.scopes';
  return rejectedCredentials(`${detail} (${asked})`, { cause: error });
}

function reasonFor(detail: string, emailTaken: Pattern): Reason {
  if (/external ?id\b.*\btaken/i.test(detail)) return 'external_id_taken';
  if (emailTaken.test(detail)) return 'email_taken';
  if (REFERENCE.test(detail)) return 'unknown_reference';
  return INVALID.test(detail) ? 'invalid_value' : 'other';
}

/** Which scope a call needs, by the items of https://developers.learnamp.com/#authentication */
const SCOPES: readonly (readonly [call: RegExp, scope: string])[] = [
  [/^PUT .*\/deactivate$/, 'users:deactivate'],
  [/^PUT .*\/reactivate$/, 'users:reactivate'],
  [/^PUT .*\/users\//, 'users:update'],
  [/^POST .*\/users$/, 'users:create'],
  [/^POST .*\/teams$/, 'teams:create'],
  [/^DELETE .*\/teams\/.*\/users\//, 'team_users:delete'],
];

// An account may be protected, as the owner's is, so this alone does not end the run for everybody.
function forbidden({ request: { method, url } }: StatusError, detail: string): string {
  const scope = SCOPES.find(([call]) => call.test(`${method} ${url}`))?.[1];
  const right = scope === undefined ? 'the right to do that' : `the scope ${scope}`;
  const status = detail.startsWith('HTTP status') ? '' : 'HTTP status 403: ';
  return `${status}${detail}; these credentials may lack ${right} ("hrsync check" shows the scopes), or the account may be protected`;
}

function wordsOf({ body }: StatusError): string | null {
  const read = errorSchema.safeParse(body);
  if (!read.success) return null;
  const { error, error_description } = read.data;
  return (error_description ? `${error}: ${error_description}` : error).slice(0, DETAIL_LENGTH);
}

/** Credentials that were not taken, with where they stand in the config and where they are made. */
function rejectedCredentials(detail: string, options: ErrorOptions): CredentialsError {
  const settings = '"target.client_id" and "target.client_secret" with the API credentials that Learn Amp issued';
  return new CredentialsError(TITLE, detail, { ...options, settings });
}
