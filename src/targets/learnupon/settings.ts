import * as z from 'zod';
import { baseUrlSchema, commonSettings, patternSetting, requestBudget } from '../../http/settings.js';

const labelSchema = z.string().min(1, { error: 'must be the label of a custom field, as LearnUpon shows it' });

/** What LearnUpon does not tell of one custom field. */
const customFieldSchema = z.strictObject({
  /** `boolean`: a String or String Choice that holds two texts. `multi_choice`: a String Choice of several values. */
  type: z.enum(['boolean', 'multi_choice']),
  /** How several values are sent; the setting of the connector unless given. */
  multi: z.enum(['comma', 'list']).optional(),
  true_text: z.string().min(1).optional(),
  false_text: z.string().min(1).optional(),
});

/**
 * The `target` block of a config with `type: learnupon`. What https://docs.learnupon.com/api/ leaves open is a setting
 * here, and only here.
 */
export const learnuponSettings = z
  .strictObject({
    /** The whole address of the portal's API; regional portals, and API hosts of their own, exist. */
    base_url: baseUrlSchema
      .refine((url) => url.endsWith('/api/v1'), {
        error: 'must be the whole address of the API, such as https://acme.learnupon.com/api/v1',
      })
      .meta({ title: 'Address of the API, such as https://acme.learnupon.com/api/v1' }),
    username: z.string().min(1).meta({ title: 'User name of the API key (Settings > Integrations > API Keys)' }),
    password: z.string().min(1).meta({ title: 'Password of the API key' }),
    /** What identifies a user in this portal; with `username` the mapping must give one. */
    identifier: z.enum(['email', 'username']).default('email'),
    /**
     * How new joiners come in. `invite` mails an invitation, and there is no account until it is accepted. The others make
     * an account with a password that nobody knows: `create_enabled` on the day, to be changed at the first login;
     * `create_disabled_then_enable` early and closed, opened on the day; `create_sso` on the day, for single sign-on.
     */
    invite_strategy: z
      .enum(['invite', 'create_enabled', 'create_disabled_then_enable', 'create_sso'])
      .default('invite'),
    /** Whether invitations to the portal show, and can be withdrawn, under /group_invites; not documented. */
    portal_invites_listed: z.boolean().default(false),
    /** Six characters are documented as the least; a portal may ask for more. */
    password_policy: z
      .strictObject({
        length: z.int().min(8).max(128).default(24),
        classes: z
          .array(z.enum(['lower', 'upper', 'digit', 'symbol']))
          .min(1)
          .default(['lower', 'upper', 'digit', 'symbol']),
      })
      .prefault({}),
    /** Whether flags are sent as JSON booleans or as texts ("true"). */
    boolean_encoding: z.enum(['json', 'string']).default('json'),
    /** The String custom field that holds the employee id, so that a full list rebuilds the links. */
    employee_id_field: labelSchema.optional(),
    /** The String custom field that takes the manager's e-mail address; LearnUpon knows no managers of people. */
    manager_to: labelSchema.optional(),
    /** Whether custom fields are written by definition id or by label. */
    custom_data_key: z.enum(['id', 'label']).default('id'),
    /** What LearnUpon does not tell of custom fields, by label. */
    custom_data: z.record(z.string(), customFieldSchema).default({}),
    /** How several values of one field are sent: one text with commas, or a list. */
    multi: z.enum(['comma', 'list']).default('comma'),
    /** What stands between the values of a choice in a field's definition, unless each has a line of its own. */
    choice_separator: z.string().min(1).default(','),
    /** The texts that stand for yes and no. */
    true_text: z.string().min(1).default('Yes'),
    false_text: z.string().min(1).default('No'),
    /** What clears a field. */
    clear_value: z.union([z.null(), z.literal('')], { error: 'must be null or ""' }).default(null),
    /** Whether the leave date becomes the account's expiry. */
    leave_date_to: z.enum(['account_expires', 'none']).default('account_expires'),
    /** How an account is closed: by `enabled: false`, or by an expiry that has passed. */
    deactivate_how: z.enum(['enabled', 'expiry']).default('enabled'),
    /** Whether hrsync puts people into groups; only into, and out of, those under `owned_groups`. */
    groups: z.enum(['off', 'own']).default('off'),
    /** Titles of groups that belong to hrsync; `*` stands for anything. */
    owned_groups: z.array(z.string().min(1)).default([]),
    /** What becomes of an owned group that does not exist: it is made, or the person is refused. */
    groups_missing: z.enum(['create', 'refuse']).default('create'),
    /** Whether joining a group enrols in its courses, and leaving it ends unfinished ones. */
    process_enrollments: z.boolean().default(true),
    process_unenrollments: z.boolean().default(false),
    /** Which writes are followed by a read, because LearnUpon may answer success and do nothing. */
    read_back: z.enum(['always', 'disabling', 'never']).default('always'),
    max_requests_per_run: requestBudget.default(20_000),
    /** A run ends when the portal's weekly budget falls to this; other integrations share it. */
    weekly_floor: z.int().min(0).default(1_000),
    /** How a refusal reads when an address or username belongs to somebody else. */
    exists_pattern: patternSetting.prefault('already exists|already in use|already been taken'),
    /** How a refusal reads when somebody has an invitation already. */
    invited_pattern: patternSetting.prefault('duplicate invite|already been invited'),
    ...commonSettings({ requestsPerSecond: 4.5, concurrency: 2 }),
  })
  .superRefine(({ groups, owned_groups, employee_id_field, manager_to }, context) => {
    if (groups === 'own' && owned_groups.length === 0) {
      const message = 'must name the groups that hrsync may put people into and take them out of, such as ["Dept *"]';
      context.addIssue({ code: 'custom', path: ['owned_groups'], message });
    }
    if (manager_to !== undefined && manager_to === employee_id_field) {
      context.addIssue({ code: 'custom', path: ['manager_to'], message: 'is the field of the employee id already' });
    }
  });

export type LearnUponSettings = z.infer<typeof learnuponSettings>;
