import * as z from 'zod';
import { SERVICE_USER } from './site/site.js';

const count = z.number().int().positive();

/** Every web service function that the stand-in has. */
export const FUNCTION_NAMES = [
  'core_auth_request_password_reset',
  'core_cohort_add_cohort_members',
  'core_cohort_create_cohorts',
  'core_cohort_delete_cohort_members',
  'core_cohort_delete_cohorts',
  'core_cohort_get_cohort_members',
  'core_cohort_get_cohorts',
  'core_cohort_search_cohorts',
  'core_cohort_update_cohorts',
  'core_user_create_users',
  'core_user_delete_users',
  'core_user_get_users',
  'core_user_get_users_by_field',
  'core_user_update_users',
  'core_webservice_get_site_info',
] as const;

/** Every capability that these functions check. */
const CAPABILITIES = [
  'webservice/rest:use',
  'moodle/user:create',
  'moodle/user:update',
  'moodle/user:delete',
  'moodle/user:viewdetails',
  'moodle/user:viewalldetails',
  'moodle/user:viewhiddendetails',
  'moodle/site:viewuseridentity',
  'moodle/site:viewfullnames',
  'moodle/cohort:manage',
  'moodle/cohort:assign',
  'moodle/cohort:view',
] as const;

export type Capability = (typeof CAPABILITIES)[number];

/** The sign-on plugins of a new site; true: the plugin keeps passwords in Moodle. */
const AUTH_PLUGINS = {
  ...{ manual: true, email: true, nologin: true, none: true },
  ...{ cas: false, db: false, ldap: false, lti: false, oauth2: false, shibboleth: false },
};

const tokenSchema = z.strictObject({
  token: z.string(),
  /** Id of the user the token belongs to. */
  userId: count.default(SERVICE_USER),
  /** Instant, ISO 8601; null: the token never expires. */
  expiresAt: z.iso.datetime().nullable().default(null),
});

const passwordPolicySchema = z.strictObject({
  length: z.number().int().nonnegative().default(8),
  digits: z.number().int().nonnegative().default(1),
  lower: z.number().int().nonnegative().default(1),
  upper: z.number().int().nonnegative().default(1),
  special: z.number().int().nonnegative().default(1),
});

/** How the Moodle stand-in behaves; every key can be changed while it runs. */
export const moodleSettingsSchema = z.strictObject({
  version: z.enum(['4.1', '4.5', '5.1']).default('5.1'),
  /** The site's own address; null: whatever host is called. Calls to any other host are redirected. */
  wwwroot: z.url().nullable().default(null),
  siteName: z.string().default('Sandbox Moodle'),
  tokens: z.array(tokenSchema).default([{ token: 'sandbox-moodle-token', userId: SERVICE_USER, expiresAt: null }]),
  /** The functions of the service that the token belongs to. */
  functions: z.array(z.enum(FUNCTION_NAMES)).default([...FUNCTION_NAMES]),
  /** The capabilities of the service user. Site administrators have all of them. */
  capabilities: z.array(z.enum(CAPABILITIES)).default([...CAPABILITIES]),
  webServicesEnabled: z.boolean().default(true),
  restEnabled: z.boolean().default(true),
  serviceEnabled: z.boolean().default(true),
  /** Whether the service is restricted to listed users and the service user is not one of them. */
  missingFromServiceUsers: z.boolean().default(false),
  ipAllowed: z.boolean().default(true),
  /** `web`: an administrator switched it on, calls get an exception. `command_line`: calls get 503. */
  maintenance: z.enum(['off', 'web', 'command_line']).default('off'),
  upgradeRunning: z.boolean().default(false),
  /** Whether the service user still has to accept a site policy. */
  policyToAccept: z.boolean().default(false),
  /** Whether errors carry `debuginfo`, and whether the message repeats it. */
  debug: z.boolean().default(false),
  debugDisplay: z.boolean().default(false),
  /** PHP's limits: number of form fields, which it cuts off silently, and size of a body in bytes. */
  maxInputVars: count.default(5000),
  postMaxSize: count.default(8 * 1024 * 1024),
  /** Time zone of the site. */
  timezone: z.string().default('Europe/Berlin'),
  /** Whether calls may set their own time zone. Nobody has tried this on 4.1. */
  timezoneInCall: z.boolean().default(true),
  lang: z.string().default('en'),
  languages: z.array(z.string()).default(['en', 'de']),
  themes: z.array(z.string()).default(['boost', 'classic']),
  authPlugins: z.record(z.string(), z.boolean()).default(AUTH_PLUGINS),
  /** Whether look-ups by idnumber and e-mail are case-sensitive: PostgreSQL yes, MySQL usually no. */
  lookUpsMindCase: z.boolean().default(true),
  extendedUsernameChars: z.boolean().default(false),
  allowAccountsSameEmail: z.boolean().default(false),
  /** Minimum counts; null: no policy. */
  passwordPolicy: passwordPolicySchema.nullable().prefault({}),
  /** The fields that `moodle/site:viewuseridentity` shows. */
  showUserIdentity: z.array(z.enum(['email', 'phone1', 'phone2'])).default(['email']),
  hiddenUserFields: z.array(z.enum(['email', 'suspended', 'city', 'country'])).default([]),
  /** The parts of a name in the site's full name format. */
  nameFormat: z.array(z.enum(['firstname', 'lastname'])).default(['firstname', 'lastname']),
  mailServer: z.enum(['up', 'down']).default('up'),
  /** An invalid no-reply address stops all mail silently. */
  noReplyAddressIsValid: z.boolean().default(true),
  passwordResetMinutes: count.max(240).default(30),
  /** Time between the checks of a write and its commit, in ms. Calls in between do not see the write. */
  workMilliseconds: z.number().int().nonnegative().default(0),
});

export type MoodleSettings = z.output<typeof moodleSettingsSchema>;

/** Settings as one writes them: what has a default may be left out. */
export type MoodleSettingsInput = z.input<typeof moodleSettingsSchema>;
