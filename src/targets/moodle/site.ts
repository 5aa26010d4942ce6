import { PermissionError } from '../../errors.js';
import { askOnce } from '../kit/ask-once.js';
import type { MoodleClient } from './client.js';
import { otherAddress, TITLE } from './errors.js';
import type { LookUp } from './look-up.js';
import type { ServiceUsers } from './service-users.js';
import { inviteBy, type MoodleSettings } from './settings.js';

/** What a run must know of the site before it believes or writes anything. */
export interface Site {
  /** The service user's own account. */
  readonly userId: string;
  /** Service users of earlier tokens: they may hold rights still. */
  readonly formerUserIds: ReadonlySet<string>;
  readonly release: string;
  /** What the token may call. */
  readonly functions: ReadonlySet<string>;
  /** Whether a mail with a password leaves before the account is certain, so that people are made one by one. */
  readonly mailsEarly: boolean;
  /** Whether custom values are shown as they are held, and not as they are displayed. */
  readonly showsRawValues: boolean;
}

/** The accounts that every site begins with: https://docs.moodle.org/ (Roles FAQ). */
export const GUEST = '1';
export const FIRST_ADMIN = '2';

/**
 * Proves once, before anything is believed or written, that this is the site that is meant and that the service user may
 * see accounts: without its rights a look-up answers with nobody, and newcomers would be made twice.
 *
 * @throws PermissionError that says what an administrator has to do
 */
export function createProof(
  client: Pick<MoodleClient, 'siteInfo'>,
  lookUp: LookUp,
  settings: MoodleSettings,
  earlier: Pick<ServiceUsers, 'except' | 'met'>,
): () => Promise<Site> {
  return askOnce(async () => {
    const { siteurl, userid, release, userissiteadmin, functions } = await client.siteInfo();
    if (addressKey(siteurl) !== addressKey(settings.base_url)) throw otherAddress(siteurl.replace(/\/+$/, ''));
    const version = versionOf(release ?? '');
    if (version < 4.01) {
      throw new PermissionError(
        TITLE,
        ['a release that hrsync knows'],
        `hrsync needs Moodle 4.1 or later, and this is ${release ?? 'unknown'}`,
      );
    }
    const offered = new Set(functions.map(({ name }) => name));
    const missing = functionsFor(settings).filter((name) => !offered.has(name));
    if (missing.length > 0) {
      const next = 'Let an admin of Moodle add them to the external service of the token, then run "hrsync check".';
      throw new PermissionError(TITLE, missing, 'not in the external service of the token', { next });
    }
    if (userissiteadmin === true) {
      const detail =
        'the service user is a site administrator, from whom Moodle protects no other administrator: make one with a role of its own';
      const next = 'Let an admin of Moodle make a service user with a role of its own, then run "hrsync check".';
      throw new PermissionError(TITLE, ['hrsync to be a site administrator'], detail, { next });
    }
    await holdToRights(lookUp);
    earlier.met(userid);
    return {
      userId: userid,
      formerUserIds: earlier.except(userid),
      release: release ?? '',
      functions: offered,
      mailsEarly: version < 5,
      showsRawValues: version >= 4.02,
    };
  });
}

/** The functions that these settings call. */
export function functionsFor(settings: MoodleSettings): readonly string[] {
  return [
    'core_webservice_get_site_info',
    'core_user_get_users_by_field',
    'core_user_get_users',
    'core_user_create_users',
    'core_user_update_users',
    ...(inviteBy(settings) === 'reset_link' ? ['core_auth_request_password_reset'] : []),
    ...(settings.cohorts === 'own'
      ? [
          'core_cohort_get_cohorts',
          'core_cohort_search_cohorts',
          'core_cohort_create_cohorts',
          'core_cohort_get_cohort_members',
          'core_cohort_add_cohort_members',
          'core_cohort_delete_cohort_members',
        ]
      : []),
  ];
}

async function holdToRights(lookUp: LookUp): Promise<void> {
  const { users } = await lookUp('id', [GUEST, FIRST_ADMIN]);
  const guest = users.find(({ id }) => id === GUEST);
  const blind = (missing: string, what: string) =>
    new PermissionError(
      TITLE,
      [missing],
      `the service user does not see ${what}, so accounts that exist would look absent`,
    );
  if (guest === undefined || users.length < 2) throw blind('moodle/user:viewdetails', 'other accounts');
  if (!guest.username) throw blind('moodle/user:viewalldetails', 'user names and id numbers');
  if (!guest.email) {
    throw blind('moodle/site:viewuseridentity', 'e-mail addresses (the site setting showuseridentity must name email)');
  }
}

/** `5.1+ (Build: 20251006)` as a number whose minor release takes two digits: 5.01. */
function versionOf(release: string): number {
  const [, major = '0', minor = '0'] = /^(\d+)\.(\d+)/.exec(release.trim()) ?? [];
  return Number(major) + Number(minor) / 100;
}

function addressKey(address: string): string {
  return URL.canParse(address) ? new URL(address).href.replace(/\/+$/, '') : address;
}
