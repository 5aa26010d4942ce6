import * as z from 'zod';
import { baseUrlSchema, commonSettings, requestBudget } from '../../http/settings.js';

const objectId = z.string().regex(/^[a-fA-F0-9]{24}$/, { error: 'must be an id of 24 characters, such as 5f0c…' });

const levelSchema = z.strictObject({
  /** An HR field, as in `employees.filter`. */
  field: z.string().min(1),
  /** What HR says there → the id of the group. */
  groups: z.record(z.string(), objectId),
});

/** Roles that a membership can have: https://360learning.readme.io/docs/ (v2 reference, "Create a user"). */
const ROLES = ['admin', 'analyst', 'editor', 'coach', 'contributor', 'learner', 'userAdmin'] as const;

/**
 * The `target` block of a config with `type: 360learning`. What https://360learning.readme.io/ leaves open, or lets the
 * customer choose, is a setting here, and only here.
 */
export const learning360Settings = z.strictObject({
  /** The region's host: `app` for Europe, `app.us` for the United States. */
  base_url: baseUrlSchema.default('https://app.360learning.com'),
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
  token_path: z.string().startsWith('/', { error: 'must be a path' }).default('/api/v2/oauth2/token'),
  /** Told apart from another company on the same host by this; any text that stays the same. */
  company: z.string().min(1).optional(),
  /** Where new people are put, and everybody whom no level places. */
  group: objectId,
  role: z.enum(ROLES).default('learner'),
  /** The org chart from top to bottom: the lowest level that lists a person's value places them. */
  levels: z.array(levelSchema).default([]),
  /** The name under which employee ids are kept; some names are reserved. */
  external_id_platform: z.string().min(1).default('hrsync'),
  /** Whether leavers are removed once they have left, or 360Learning is told the day ahead as well. */
  remove: z.enum(['now', 'on_date']).default('now'),
  /** How many days after the last day 360Learning is to deactivate somebody, at midnight. */
  leave_date_days_after: z.int().min(-31).max(31).default(1),
  /** Whether people who come back get their account back. */
  restore_leavers: z.boolean().default(true),
  /** A restored account is `invited`: activate it without a mail, have the invitation mailed, or leave it so. */
  restored_users: z.enum(['activate', 'invite', 'leave_invited']).default('activate'),
  /** Whether custom fields that do not exist are made. */
  create_custom_fields: z.boolean().default(true),
  /** How people without a link are looked for: by filters and then in the whole list, by filters alone, in the list. */
  look_up: z.enum(['filters_then_list', 'filters', 'list']).default('filters_then_list'),
  /** Whether `[` and `]` of a filter are sent as they are; encoded ones are said not to work. */
  filter_brackets: z.enum(['plain', 'encoded']).default('plain'),
  reads_per_second: z.number().positive().max(10_000).default(30),
  /** How many people are written at once; their memberships are gathered. */
  writes_at_once: z.int().min(1).max(500).default(50),
  /** From so many gathered memberships on the bulk call is used; 0 never. */
  bulk_from: z.int().min(0).default(10),
  /** How long the outcome of a bulk call is waited for. */
  bulk_wait_seconds: z.number().positive().max(3_600).default(300),
  max_requests_per_run: requestBudget,
  ...commonSettings({ requestsPerSecond: 8, concurrency: 8 }),
});

export type Learning360Settings = z.infer<typeof learning360Settings>;

/** Every group that the settings name. */
export function groupsIn({ group, levels }: Pick<Learning360Settings, 'group' | 'levels'>): ReadonlySet<string> {
  return new Set([group, ...levels.flatMap(({ groups }) => Object.values(groups))]);
}
