import * as z from 'zod';
import { baseUrlSchema, commonSettings, requestBudget } from '../../http/settings.js';

const text = z.string().min(1);

const oauthSchema = z.strictObject({
  /** The whole address of the token endpoint; it may stand on another host than the API. */
  token_url: baseUrlSchema,
  client_id: text,
  client_secret: text,
  /** Scopes to ask for, with spaces between them; none are asked for unless given. */
  scope: text.optional(),
});

const settingsSchema = z.strictObject({
  /** The whole address of the service, with its query where the vendor gives one: https://www.rfc-editor.org/rfc/rfc7644 */
  base_url: baseUrlSchema.meta({ title: 'Address of the service, such as https://acme.example/scim/v2' }),
  /** A bearer token; or HTTP Basic; or OAuth client credentials. */
  token: text.optional().meta({ title: 'Bearer token' }),
  username: text.optional().meta({ title: 'User name' }),
  password: text.optional().meta({ title: 'Password' }),
  oauth: oauthSchema.optional(),
  /** In whose manner a PATCH is written: that of the RFC, or of one of the two clients that servers are tested with. */
  dialect: z.enum(['rfc', 'entra', 'okta']).default('rfc'),
  /** Whether changes are sent as PATCH, or as PUT of the whole user, read before and merged. */
  write: z.enum(['patch', 'put']).default('patch'),
  /** The attributes by which accounts are looked up, in this order. `email` filters on `emails.value`. */
  look_up: z
    .array(z.enum(['external_id', 'user_name', 'email']))
    .min(1)
    .default(['external_id', 'user_name']),
  /** Whether a user name is changed, or set once and left alone. */
  user_name_changes: z.enum(['allow', 'refuse']).default('allow'),
  /** Whether the employee id is written to `externalId`. */
  external_id: z.enum(['write', 'off']).default('write'),
  /** What names a manager: an object with that value, or (`string`) the account id as a bare text. */
  manager_as: z.enum(['id', 'user_name', 'email', 'external_id', 'string', 'off']).default('id'),
  /** Whether an ending sets `active` to false, or deletes the account. */
  deactivate: z.enum(['active', 'delete']).default('active'),
  /** When the LMS mails by itself; SCIM has no invitation. */
  mails_on: z.enum(['never', 'create', 'activate', 'reactivate']).default('never'),
  /** How lists are paged: by index, by cursor (https://www.rfc-editor.org/rfc/rfc9865), or as the answers show. */
  paging: z.enum(['auto', 'index', 'cursor']).default('auto'),
  page_size: z.int().min(1).max(1_000).default(100),
  /** Which writes are followed by a read: servers are known that answer an ending with success and ignore it. */
  read_back: z.enum(['endings', 'always', 'never']).default('endings'),
  /** The type of the bodies that are sent; some servers take plain JSON only. */
  media_type: z.enum(['application/scim+json', 'application/json']).default('application/scim+json'),
  /** Attributes and the values of them that mean more rights than a learner has. */
  privileged_when: z.record(text, z.array(text).min(1)).default({}),
  /** Whether hrsync puts people into groups; only into, and out of, those under `owned_groups`. */
  groups: z.enum(['off', 'own']).default('off'),
  /** Names of groups that belong to hrsync; `*` stands for anything. */
  owned_groups: z.array(text).default([]),
  /** How a member is taken out: by a filtered path, or by a list of values, as older servers want it. */
  members: z.enum(['filtered', 'value_list']).default('filtered'),
  /** The most members that one request adds or removes. */
  members_per_request: z.int().min(1).max(1_000).default(100),
  max_requests_per_run: requestBudget,
  ...commonSettings({ requestsPerSecond: 5, concurrency: 4 }),
});

export type ScimSettings = z.infer<typeof settingsSchema>;

/** The `target` block of a config with `type: scim`. What a server may do in more than one way is a setting here, and only here. */
export const scimSettings = settingsSchema.superRefine((settings, context) => {
  const problem = (path: keyof ScimSettings, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message });
  const { token, username, password, oauth, groups, owned_groups, look_up, external_id } = settings;
  const ways = [token, username ?? password, oauth].filter((way) => way !== undefined);
  if (ways.length === 0) problem('token', 'is missing: give token, or username and password, or oauth');
  if (ways.length > 1)
    problem('token', 'is one of several credentials: give token, or username and password, or oauth');
  if (username === undefined && password !== undefined) problem('username', 'is missing beside password');
  if (username !== undefined && password === undefined) problem('password', 'is missing beside username');
  if (groups === 'own' && owned_groups.length === 0) {
    problem(
      'owned_groups',
      'must name the groups that hrsync may put people into and take them out of, such as ["Dept *"]',
    );
  }
  if (external_id === 'off' && look_up.every((way) => way === 'external_id')) {
    problem('look_up', 'must name user_name or email where external_id is off');
  }
});
