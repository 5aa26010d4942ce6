import * as z from 'zod';
import { isZone } from '../../core/day.js';
import { baseUrlSchema, commonSettings } from '../../http/settings.js';

const shortname = z
  .string()
  .regex(/^[\w-]+$/, { error: 'must be the short name of a custom profile field, such as manager_email' });

/**
 * The `target` block of a config with `type: moodle`. What https://docs.moodle.org/ leaves open, or lets the site choose, is
 * a setting here, and only here.
 */
export const moodleSettings = z
  .strictObject({
    /** The site's own address, as `$CFG->wwwroot` has it. */
    base_url: baseUrlSchema
      .refine((url) => !/\.php$/.test(new URL(url).pathname), {
        error: 'must be the address of the site alone, such as https://moodle.example.com',
      })
      .meta({ title: 'Address of the site, such as https://moodle.example.com' }),
    /** Of the service user; one without an end. */
    token: z.string().min(1).meta({ title: 'Token of the service user' }),
    /** The authentication plugin of new accounts; written at creation only. */
    auth: z
      .string()
      .regex(/^[a-z][a-z0-9_]*$/, { error: 'must be the name of a plugin, such as manual or oauth2' })
      .refine((auth) => auth !== 'mnet' && auth !== 'webservice', { error: 'is refused by Moodle for new accounts' })
      .default('manual'),
    /**
     * How new joiners come in: Moodle mails a password as it makes the account, a link to choose one, or nothing. Without
     * a word `password_mail`, and `none` where the plugin keeps no password in Moodle.
     */
    invite: z.enum(['password_mail', 'reset_link', 'none']).optional(),
    /** The most people in one create or update. */
    batch: z.int().min(1).max(200).default(50),
    /** The zone whose midnight a custom date is; that of the connector unless given. */
    date_zone: z
      .string()
      .refine(isZone, { error: 'is not a time zone; zones are written like Europe/Berlin' })
      .optional(),
    /** Whether hrsync puts people into cohorts; only into, and out of, those under `owned_cohorts`. */
    cohorts: z.enum(['off', 'own']).default('off'),
    /** Id numbers of cohorts that belong to hrsync; `*` stands for anything. */
    owned_cohorts: z.array(z.string().min(1)).default([]),
    /** The custom profile field that takes the manager's e-mail address; Moodle knows no managers of people. */
    manager_to: shortname.optional(),
    ...commonSettings({ requestsPerSecond: 10, concurrency: 4, timeoutSeconds: 60 }),
  })
  .superRefine(({ auth, invite, cohorts, owned_cohorts }, context) => {
    if (invite !== undefined && invite !== 'none' && !mayMail(auth)) {
      const message = `must be none with auth: ${auth}: whoever logs in there has no password in Moodle to be mailed`;
      context.addIssue({ code: 'custom', path: ['invite'], message });
    }
    if (cohorts === 'own' && owned_cohorts.length === 0) {
      const message = 'must name the cohorts that hrsync may put people into and take them out of, such as ["hr-*"]';
      context.addIssue({ code: 'custom', path: ['owned_cohorts'], message });
    }
  });

export type MoodleSettings = z.infer<typeof moodleSettings>;

/** Plugins that keep a password in Moodle; `nologin` asks for one although nobody can log in with it. */
const WITH_PASSWORD = new Set(['manual', 'email', 'nologin']);

/** Whether a new account must have a password; all other plugins keep them elsewhere. */
export function needsPassword(auth: string): boolean {
  return WITH_PASSWORD.has(auth);
}

/** How new joiners are invited. */
export function inviteBy({
  auth,
  invite,
}: Pick<MoodleSettings, 'auth' | 'invite'>): 'password_mail' | 'reset_link' | 'none' {
  return invite ?? (mayMail(auth) ? 'password_mail' : 'none');
}

function mayMail(auth: string): boolean {
  return needsPassword(auth) && auth !== 'nologin';
}
