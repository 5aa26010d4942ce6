import { CredentialsError, type HrsyncError, PermissionError } from '../../errors.js';
import { AnswerError, type RequestFacts, StatusError, wrongServer } from '../../http/errors.js';
import { isCode, NOTHING_SENT } from '../../http/plain-words.js';
import { RejectedError } from '../kit/rejected.js';
import { exceptionSchema } from './schema.js';

/** How reports call the system. */
export const TITLE = 'Moodle';

const SETTINGS =
  '"target.token" with Site administration, Server, Web services, Manage tokens in Moodle, and its end in that list';

const SERVICE =
  'Let an admin of Moodle look at the external service (functions, users, addresses) and at the token and its end, then run "hrsync check".';

/** A function refused what it was given. Only its code is meant for programs: the sentence is translated. */
export class Refusal extends RejectedError {
  constructor(
    functionName: string,
    readonly code: string,
    words: string | null,
  ) {
    super('other', `Moodle refused ${functionName} (${code})`, { words });
  }
}

/** What an exception means to everybody, by its code: https://docs.moodle.org/ (Web services FAQ). */
const FOR_EVERYBODY: Readonly<Record<string, string>> = {
  wsaccessusersuspended: 'the service user is suspended: activate that account in Moodle',
  wsaccessusernologin: 'the service user has auth "nologin": give that account another one',
  wsaccessuserunconfirmed: 'the service user is not confirmed: confirm that account in Moodle',
  wsaccessuserexpired: 'the password of the service user has expired: set a new one in Moodle',
  wsaccessuserdeleted: 'the service user was deleted: make another one with a token of its own',
  usernotfullysetup:
    'the service user lacks an e-mail address or a required profile field: fill in its profile in Moodle',
  forcepasswordchangenotice: 'the service user must change its password first: do that in Moodle',
  sitepolicynotagreed: 'the service user must agree to the site policy first: log in as that user once',
};

const PASSING: Readonly<Record<string, string>> = {
  sitemaintenance: 'an administrator has switched maintenance on; the next run does it all',
  upgraderunning: 'Moodle is being upgraded; the next run does it all',
};

/** The error that an answer under status 200 stands for, or null where it is an answer. */
export function exceptionIn(body: unknown, functionName: string, facts: RequestFacts): HrsyncError | null {
  const read = exceptionSchema.safeParse(body);
  if (!read.success) return null;
  const { errorcode, message, debuginfo } = read.data;
  const words = [message, debuginfo].filter((part) => part).join('; ') || null;
  // Password rules come as a page of HTML where the code should be.
  const code = errorcode && isCode(errorcode, NOTHING_SENT) ? errorcode : 'no code';
  const options = { cause: new Refusal(functionName, code, words) };
  if (code === 'invalidtoken') {
    const detail = 'the token is unknown or has run out (invalidtoken): make one without an end for the service user';
    return new CredentialsError(TITLE, detail, { ...options, settings: SETTINGS });
  }
  if (code === 'accessexception') {
    const detail =
      'accessexception: the function is not in the service, the service user is not on its list, the token has run out, the address of this machine is not allowed, or the right webservice/rest:use is missing';
    return new PermissionError(TITLE, [functionName], detail, { ...options, next: SERVICE });
  }
  if (code === 'nopermissions') {
    return new PermissionError(
      TITLE,
      [capabilityFor(functionName)],
      `the role of the service user lacks it for ${functionName}`,
      options,
    );
  }
  const everybody = Object.hasOwn(FOR_EVERYBODY, code) ? FOR_EVERYBODY[code] : undefined;
  if (everybody !== undefined) {
    const next = 'Mend the service user in Moodle, then run "hrsync check".';
    return new PermissionError(TITLE, [functionName], `${code}: ${everybody}`, { ...options, next });
  }
  const passing = Object.hasOwn(PASSING, code) ? PASSING[code] : undefined;
  if (passing !== undefined) return unavailable(facts, `${code}: ${passing}`);
  return options.cause;
}

/** An error of the HTTP client in the words of the target contract. */
export function translated(error: unknown): unknown {
  if (error instanceof AnswerError && error.problem === 'XML instead of JSON') {
    const detail = 'the request was not read (XML): post_max_size of PHP may be too small, or a proxy drops the body';
    return new CredentialsError(TITLE, detail, { cause: error, settings: SETTINGS });
  }
  if (!(error instanceof StatusError)) return error;
  if (error.status === 403) {
    const detail = 'HTTP status 403: web services or the REST protocol are switched off, or a proxy on the way refuses';
    const next = 'Let an admin of Moodle switch on web services and the REST protocol, then run "hrsync check".';
    return new PermissionError(TITLE, ['its web service'], detail, { cause: error, next });
  }
  const location = error.headers['location'];
  if (error.status >= 300 && error.status < 400 && location !== undefined) return otherAddress(siteOf(location), error);
  return error.status === 404 ? (wrongServer(error) ?? error) : error;
}

/** The site calls itself otherwise than the config does; it answers under its own address alone. */
export function otherAddress(address: string, cause?: unknown): PermissionError {
  const detail = `Moodle answers under its own address alone: write base_url: ${address}`;
  const next = `Write this address under "target", and let no proxy on the way change it; then run "hrsync check".`;
  return new PermissionError(TITLE, ['this address'], detail, { cause, next });
}

/** The capability that a function asks for: https://docs.moodle.org/ (Category: Capabilities). */
export function capabilityFor(functionName: string): string {
  const [, capability] = CAPABILITIES.find(([name]) => functionName === name) ?? [];
  return capability ?? functionName;
}

const CAPABILITIES: readonly (readonly [string, string])[] = [
  ['core_user_create_users', 'moodle/user:create'],
  ['core_user_update_users', 'moodle/user:update'],
  ['core_user_delete_users', 'moodle/user:delete'],
  ['core_user_get_users', 'moodle/user:viewdetails'],
  ['core_user_get_users_by_field', 'moodle/user:viewdetails'],
  ['core_cohort_create_cohorts', 'moodle/cohort:manage'],
  ['core_cohort_get_cohorts', 'moodle/cohort:view'],
  ['core_cohort_search_cohorts', 'moodle/cohort:view'],
  ['core_cohort_get_cohort_members', 'moodle/cohort:view'],
  ['core_cohort_add_cohort_members', 'moodle/cohort:assign'],
  ['core_cohort_delete_cohort_members', 'moodle/cohort:assign'],
];

function siteOf(location: string): string {
  return location.replace(/\/webservice\/rest\/server\.php.*$/, '').replace(/\/+$/, '');
}

// Nobody's failure, and over soon: what any other system says with this status.
function unavailable(facts: RequestFacts, words: string): StatusError {
  const error = new StatusError(facts, 503, { message: words }, {});
  error.tell(words);
  return error;
}
