import * as z from 'zod';
import { baseUrlSchema, commonSettings, patternSetting, requestBudget } from '../../http/settings.js';
import { DOCUMENTED_KEYS, isField } from './catalogue.js';

const STATUSES = ['not_invited', 'invite_scheduled', 'invite_pending', 'confirmed', 'deactivated'] as const;

const scopesSchema = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(/\s+/))], {
    error: 'must be a list of scopes, or one text with spaces between them',
  })
  .transform((scopes) => scopes.map((scope) => scope.trim()).filter((scope) => scope !== ''));

const clearSchema = z.union([z.null(), z.literal(''), z.literal('omit')], { error: 'must be null, "" or omit' });

const keySchema = z
  .string()
  .regex(/^[A-Za-z]\w*$/, { error: 'must be a key such as leaveDate' })
  .refine((key) => !DOCUMENTED_KEYS.includes(key), { error: 'is a key that Learn Amp uses for another field' });

/**
 * The `target` block of a config with `type: learnamp`. What https://developers.learnamp.com/ leaves open is a setting
 * here, and only here.
 */
export const learnampSettings = z.strictObject({
  /** The account's own API host, as Company Settings > API shows it. */
  base_url: baseUrlSchema
    .transform((url) => url.replace(/\/v1$/, ''))
    .meta({ title: 'Address of the API (Company Settings > API)' }),
  client_id: z.string().min(1).meta({ title: 'Client id (Company Settings > API)' }),
  client_secret: z.string().min(1).meta({ title: 'Client secret' }),
  /** Scopes to ask for; none are sent unless given. A key that is limited to named scopes needs them. */
  scopes: scopesSchema.default([]),
  /** The introduction says form, some samples are JSON, and the server seems to read both. */
  body_encoding: z.enum(['json', 'form']).default('json'),
  /** Rows to ask for per page; neither default nor maximum is documented, so the reply's headers are believed. */
  per_page: z.int().min(1).max(1_000).default(100),
  /** Statuses asked for in every look-up; whether a list without them holds deactivated people is not said. */
  statuses_to_list: z
    .array(z.string().min(1))
    .min(1)
    .default([...STATUSES]),
  /** What clears a field: null, an empty text, or `omit` to leave the old value. Documented for few fields. */
  clear_value: clearSchema.default(null),
  /** The same for single fields, by our names (`primary_location: ""`, `manager: omit`). */
  clear_values: z.record(z.string().refine(isField, { error: 'is no field of Learn Amp' }), clearSchema).default({}),
  /** Whether secondary teams that are sent replace the present ones, or are added and the others must be taken off. */
  secondary_teams_mode: z.enum(['replace', 'merge']).default('replace'),
  /** How a manager is named: by account id, or by e-mail (found among active users only). */
  manager_key: z.enum(['id', 'email']).default('id'),
  /** Whether the user in the reply to a write is compared with what was sent. */
  verify_after_write: z.boolean().default(true),
  /** What a refusal to deactivate or reactivate means when the account is in that state already. */
  deactivate_already_inactive: z.enum(['ok', 'error']).default('ok'),
  /** How a refusal reads when the e-mail belongs to somebody else. */
  email_taken_pattern: patternSetting.prefault('already been taken'),
  /** Whether the account's API knows `integrationExternalId`, which is documented since the summer of 2026 only. */
  external_ids: z.boolean().default(true),
  /** Undocumented keys for the leave date and the picture; without them the values are not sent. */
  leave_date_key: keySchema.optional(),
  avatar_key: keySchema.optional(),
  /** An undocumented call that mails an invitation to an account that exists; `{id}` stands for the account. */
  invite_call: z
    .strictObject({
      method: z.enum(['POST', 'PUT']).default('POST'),
      path: z.string().regex(/^\/.*\{id\}/, { error: 'must be a path such as /v1/users/{id}/invite' }),
    })
    .optional(),
  max_requests_per_run: requestBudget,
  ...commonSettings({ requestsPerSecond: 2, concurrency: 2 }),
});

export type LearnAmpSettings = z.infer<typeof learnampSettings>;
