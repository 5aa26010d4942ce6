import { CredentialsError, PermissionError } from '../../errors.js';
import { NetworkError, StatusError, wrongServer } from '../../http/errors.js';
import { RejectedError } from '../kit/rejected.js';
import { errorSchema } from './schema.js';

/** How reports call the system. */
export const TITLE = '360Learning';

/** What a call needs, and whom it is about: the refusal of one person must not end the run for everybody. */
export interface Concern {
  readonly scope: string;
  readonly about: 'person' | 'everybody';
}

type Reason = RejectedError['reason'];

/** Codes of https://360learning.readme.io/docs/ (v2 reference, answers with 400 and 404 of each call). */
const REASONS: Readonly<Record<string, Reason>> = {
  mailAlreadyUsed: 'email_taken',
  mailUsedTooManyTimes: 'email_taken',
  loginIdentifierMultipleUsersFound: 'email_taken',
  valueAlreadyUsed: 'external_id_taken',
  mappingAlreadyExists: 'external_id_taken',
  targetAlreadyMapped: 'external_id_taken',
  userNotFound: 'unknown_account',
  userDeleted: 'unknown_account',
  invalidUpdateOnDeletedUser: 'unknown_account',
  groupNotFound: 'unknown_reference',
  managerNotFound: 'unknown_reference',
  managerDeleted: 'unknown_reference',
  customFieldNotFound: 'unknown_reference',
  resourceNotFound: 'unknown_reference',
  mappingIdNotFound: 'unknown_reference',
  userNotFoundInGroup: 'unknown_reference',
  mailInvalid: 'invalid_value',
  deactivationDateInvalid: 'invalid_value',
  usernameAlreadyUsed: 'invalid_value',
  usernameNotAllowed: 'invalid_value',
  userShouldHaveAtLeastOneValidIdentifier: 'invalid_value',
  mailAndUsernameUndefined: 'invalid_value',
  wrongTypeValue: 'invalid_value',
  unauthorizedValue: 'invalid_value',
  multipleValuesForSingleCustomField: 'invalid_value',
  invalidName: 'invalid_value',
  invalidInput: 'invalid_value',
  nameAlreadyTaken: 'other',
  managerNotAssignedToUser: 'other',
  userIsCompanyOwner: 'other',
  ownerDeactivationNotAllowed: 'other',
  analystUnavailable: 'other',
  customFieldLimitReached: 'other',
  customFieldsTargetTypeNotEnabled: 'other',
};

/** What a code means to somebody who runs a sync, where its name does not say it. */
const EXPLANATIONS: Readonly<Record<string, string>> = {
  userIsCompanyOwner: "the company's owner cannot be deactivated; hand the ownership over in 360Learning first",
  ownerDeactivationNotAllowed: "the company's owner cannot be deactivated; hand the ownership over first",
  userDeleted: 'somebody deleted the account in 360Learning',
  invalidUpdateOnDeletedUser: 'somebody deleted the account in 360Learning',
  usernameNotAllowed: 'this company has not allowed usernames',
  usernameAlreadyUsed: 'another account has this username',
  deactivationDateInvalid: 'the deactivation date must lie in the future',
  analystUnavailable: 'the role "analyst" is not open to this company',
  customFieldLimitReached:
    'this company has as many custom fields as 360Learning allows; remove one there, or do not map it',
  customFieldsTargetTypeNotEnabled: 'this company has not switched on custom fields of users',
  mappingIdNotFound: 'somebody removed the external id in the meantime',
};

/** The code of a refusal, or null. */
export function codeOf(error: unknown): string | null {
  const cause = error instanceof RejectedError ? error.cause : error;
  if (!(cause instanceof StatusError)) return null;
  const read = errorSchema.safeParse(cause.body);
  return read.success ? read.data.error.code : null;
}

/** An error of the HTTP client in the words of the target contract. Server errors come back as they are. */
export function translated(error: unknown, { scope, about }: Concern): unknown {
  if (!(error instanceof StatusError)) return error;
  const code = codeOf(error);
  const detail = detailOf(error);
  const options = { cause: error };
  if (error.status === 401) return rejectedCredentials(detail, options);
  if (error.status === 403) return new PermissionError(TITLE, [scope], detail, options);
  if (code === 'reservedPlatformName') {
    const what = 'the name in target.external_id_platform';
    return new PermissionError(TITLE, [what], `${detail}: 360Learning keeps it for itself; choose another`, options);
  }
  if (about === 'everybody' || (error.status !== 400 && error.status !== 404)) return error;
  return new RejectedError(reasonOf(code, error.status), detail, options);
}

// A 404 can be about anything that the path or the body names: with a code, only the code says that it is the account.
function reasonOf(code: string | null, status: number): Reason {
  if (code === null) return status === 404 ? 'unknown_account' : 'other';
  return Object.hasOwn(REASONS, code) ? (REASONS[code] ?? 'other') : 'other';
}

/** The same for the token endpoint, where every refusal is about the credentials. */
export function tokenError(error: unknown): unknown {
  if (!(error instanceof StatusError) || error.status >= 500 || error.status === 429) return error;
  return wrongServer(error) ?? rejectedCredentials(detailOf(error), { cause: error });
}

/** What a run that is stopped leaves of a request that was answered: clear to us alone, so the next run must ask. */
export function brokenOff(method: string, url: string, cause: unknown): NetworkError {
  return new NetworkError({ system: TITLE, method, url, attempts: 1 }, 'INTERRUPTED', true, { cause });
}

// Codes are documented, sentences are not and may be about somebody.
function detailOf(error: StatusError): string {
  const read = errorSchema.safeParse(error.body);
  if (!read.success) return `HTTP status ${error.status}`;
  const { code, message } = read.data.error;
  const explanation = Object.hasOwn(EXPLANATIONS, code) ? EXPLANATIONS[code] : undefined;
  if (explanation !== undefined) return `${code}: ${explanation}`;
  const name = Object.hasOwn(REASONS, code) ? code : error.publicly(code);
  return (message ? `${name}: ${error.publicly(message)}` : name).slice(0, 300);
}

/** Credentials that were not taken, with where they stand in the config and where they are made. */
function rejectedCredentials(detail: string, options: ErrorOptions): CredentialsError {
  const settings = '"target.client_id" and "target.client_secret" with the API credentials that a platform admin made';
  return new CredentialsError(TITLE, detail, { ...options, settings });
}
