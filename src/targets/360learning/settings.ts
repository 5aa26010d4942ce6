import * as z from 'zod';
import { baseUrlSchema, commonSettings, requestBudget } from '../../http/settings.js';

const objectId = z.string().regex(/^[a-fA-F0-9]{24}$/, { error: 'must be an id of 24 characters, such as 5f0c…' });

/** An HR field, as in `employees.filter`; configs of earlier versions have a table of groups there. */
const levelSchema = z.string({ error: ({ input }) => (isOldLevel(input) ? oldLevelError(input) : undefined) }).min(1);

/** Roles that a membership can have: https://360learning.readme.io/docs/ (v2 reference, "Create a user"). */
const ROLES = ['admin', 'analyst', 'editor', 'coach', 'contributor', 'learner', 'userAdmin'] as const;

/**
 * The `target` block of a config with `type: 360learning`. What https://360learning.readme.io/ leaves open, or lets the
 * customer choose, is a setting here, and only here.
 */
export const learning360Settings = z.strictObject({
  /** The region's host: `app` for Europe, `app.us` for the United States. */
  base_url: baseUrlSchema.default('https://app.360learning.com'),
  client_id: z.string().min(1).meta({ title: 'Client id of the API credentials' }),
  client_secret: z.string().min(1).meta({ title: 'Client secret' }),
  token_path: z.string().startsWith('/', { error: 'must be a path' }).default('/api/v2/oauth2/token'),
  /** Told apart from another company on the same host by this; any text that stays the same. */
  company: z.string().min(1).optional(),
  /** Where new people are put, and everybody whom no level places. */
  group: objectId.meta({ title: 'Id of the group for new people, 24 characters' }),
  role: z.enum(ROLES).default('learner'),
  /**
   * The HR fields that place people, from top to bottom below `group`: each value is the name of a group below the one
   * before it.
   */
  levels: z.array(levelSchema).default([]),
  /** Groups that are called otherwise than HR's values: a path of values ("Paris / Support") → the id of the group. */
  level_groups: z.record(z.string().min(1), objectId).default({}),
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

/** Every group that the settings name by its id. */
export function groupsIn({ group, level_groups }: Pick<Learning360Settings, 'group' | 'level_groups'>) {
  return new Set([group, ...Object.values(level_groups)]);
}

/** The config key that names a group by its id, or null. */
export function keyOf(id: string, { group, level_groups }: Pick<Learning360Settings, 'group' | 'level_groups'>) {
  const entry = Object.entries(level_groups).find(([, named]) => named === id);
  if (entry !== undefined) return `target.level_groups "${entry[0]}"`;
  return id === group ? 'target.group' : null;
}

function isOldLevel(input: unknown): input is Readonly<Record<string, unknown>> {
  return typeof input === 'object' && input !== null && 'field' in input;
}

function oldLevelError({ field, groups }: Readonly<Record<string, unknown>>): string {
  const name = typeof field === 'string' ? field : 'department';
  const values = typeof groups === 'object' && groups !== null ? Object.keys(groups) : [];
  const key = JSON.stringify(values[0] ?? 'Sales');
  return `must be the HR field alone: write levels: [${name}], from top to bottom; groups whose names differ from HR's values go to level_groups: { ${key}: ID }, below another level { "Paris / Support": ID }`;
}
