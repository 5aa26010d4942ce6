import { CredentialsError, PermissionError } from '../../errors.js';
import { StatusError, wrongServer } from '../../http/errors.js';
import { RejectedError } from '../kit/rejected.js';
import { errorSchema, tokenErrorSchema } from './schema.js';

/** How reports call the system: SCIM does not tell whose server it is. */
export const TITLE = 'SCIM';

/**
 * Whom a request is about: everybody, one account that exists, or one that is to be made. A refusal of one person must not
 * end the run for everybody.
 */
export type Concern = 'everybody' | 'account' | 'creation' | 'group';

const DETAIL_LENGTH = 300;
const TAKEN =
  /already (exists|in use|used|taken|been taken|registered)|must be unique|not unique|uniqueness|duplicate/i;
const INVALID =
  /invalid|is not|must be|can't be|cannot be|too (short|long)|blank|missing|required|not (allowed|supported)/i;

/** What each code of https://www.rfc-editor.org/rfc/rfc7644#section-3.12 means for one person. */
const REASONS: Readonly<Record<string, RejectedError['reason']>> = {
  uniqueness: 'email_taken',
  invalidvalue: 'invalid_value',
  invalidsyntax: 'invalid_value',
};

/** Advice for refusals that a setting may end. */
const ADVICE: Readonly<Record<string, string>> = {
  mutability:
    'an attribute that may be set once only would be changed: "user_name_changes: refuse" leaves the user name alone, "external_id: off" the employee id',
  notarget: 'the account has no such entry to change',
  invalidpath: 'the server does not know the attribute, or its name in these letters',
};

/** An error of the HTTP client in the words of the target contract. Server errors come back as they are. */
export function translated(error: unknown, concern: Concern): unknown {
  if (!(error instanceof StatusError)) return error;
  const { detail: words, scimType } = saidBy(error);
  const said = error.publicly(words);
  const code = scimType?.toLowerCase() ?? '';
  const advice = Object.hasOwn(ADVICE, code) ? `: ${ADVICE[code]}` : '';
  const detail = `${scimType === null ? '' : `${scimType}, `}${said}${advice}`;
  const options = { cause: error, words };
  const { status } = error;
  if (status === 401) return rejectedCredentials(said, options);
  if (status === 403) return forbidden(error, concern, said);
  if ((status === 501 || status === 405) && error.request.method === 'PATCH') {
    return new RejectedError('other', `${said}: the server does not take PATCH: set "write: put"`, options);
  }
  if (concern === 'everybody' || status >= 500 || status === 429 || status < 400) return error;
  return new RejectedError(reasonOf(status, code, words ?? '', concern), detail, options);
}

/** The same for the token endpoint, where every refusal is about the credentials or the scope. */
export function tokenError(error: unknown): unknown {
  if (!(error instanceof StatusError) || error.status >= 500 || error.status === 429) return error;
  const other = wrongServer(error);
  if (other !== null) return other;
  const read = tokenErrorSchema.safeParse(error.body);
  const { error: code, error_description: text } = read.success
    ? read.data
    : { error: null, error_description: undefined };
  const detail = code === null ? `HTTP status ${error.status}` : text === undefined ? code : `${code}: ${text}`;
  return rejectedCredentials(detail.slice(0, DETAIL_LENGTH), { cause: error });
}

/** Credentials that were not taken, with where they stand in the config and where they are made. */
function rejectedCredentials(detail: string, options: ErrorOptions): CredentialsError {
  const settings =
    '"target.token" (or "target.username" and "target.password", or "target.oauth") with what the LMS shows where SCIM is set up';
  return new CredentialsError(TITLE, detail, { ...options, settings });
}

/** The error code of a refusal (`invalidFilter`, `mutability` …) in lower case; empty where the server gives none. */
export function scimTypeOf(error: unknown): string {
  const cause = error instanceof RejectedError ? error.cause : error;
  return cause instanceof StatusError ? (saidBy(cause).scimType?.toLowerCase() ?? '') : '';
}

/** The status behind a refusal; null where it is none. */
export function statusOf(error: unknown): number | null {
  const cause = error instanceof RejectedError || error instanceof PermissionError ? error.cause : error;
  return cause instanceof StatusError ? cause.status : null;
}

// The status alone is the truth: bodies come without one, with a wrong one, and as {}.
function saidBy({ body }: StatusError): { readonly detail: string | null; readonly scimType: string | null } {
  const read = errorSchema.safeParse(body);
  if (!read.success) return { detail: null, scimType: null };
  const { detail = '', scimType = '' } = read.data;
  return {
    detail: detail === '' ? null : detail.slice(0, DETAIL_LENGTH),
    scimType: /^\w{1,40}$/.test(scimType) ? scimType : null,
  };
}

function reasonOf(status: number, code: string, words: string, concern: Concern): RejectedError['reason'] {
  if (status === 404)
    return concern === 'group' ? 'unknown_reference' : concern === 'account' ? 'unknown_account' : 'other';
  const reason = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  const isTaken = status === 409 || reason === 'email_taken' || (code === '' && TAKEN.test(words));
  if (isTaken && concern !== 'group') return /external ?id/i.test(words) ? 'external_id_taken' : 'email_taken';
  if (isTaken) return 'other';
  if (reason !== undefined) return reason;
  return code === '' && INVALID.test(words) ? 'invalid_value' : 'other';
}

// One account may be protected, as the owner's often is, so that alone does not end the run for everybody.
function forbidden(error: StatusError, concern: Concern, said: string): unknown {
  const options = { cause: error, words: error.words };
  const call = `${error.request.method} ${error.request.url}`;
  if (concern === 'account' && error.request.method !== 'GET') {
    const detail = `${said}; these credentials may lack the right to write, or the account may be protected`;
    return new RejectedError('other', detail, options);
  }
  return new PermissionError(TITLE, [call], said, options);
}
