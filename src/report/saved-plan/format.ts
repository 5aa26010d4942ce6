import * as z from 'zod';
import { CHANGE_KINDS } from '../../core/change.js';
import { FURTHER_LIMITS } from '../../core/safety.js';

/** The version of the file; it grows when an older hrsync would read a file wrongly. */
export const PLAN_FORMAT = 1;

/** How long a saved plan may be applied: long enough for a review, short enough that it is remembered. */
export const VALID_DAYS = 7;

const count = z.int().nonnegative();
const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]);

/** What stands before the changes. */
export const headSchema = z.object({
  format: z.literal(PLAN_FORMAT),
  saved_plan: z.object({
    /** Whose plan it is: the connector and both its ends. */
    connector: z.object({ name: z.string(), source: z.string(), target: z.string() }),
    made_at: z.iso.datetime(),
    expires_at: z.iso.datetime(),
    /** The day that it was made for, and the persons that it was limited to. */
    day: z.iso.date(),
    only: z.array(z.string()),
    /** The run that the plan takes back, where it does. */
    reverts: count.optional(),
    /** Digests of what the plan rests on, and the last run that the state knew: to tell what moved. */
    basis: z.object({
      config: z.string(),
      mapping: z.string(),
      last_run: count,
      /** A digest of each part of the config that decides; every plan with a seal has them. */
      parts: z.record(z.string(), z.string()).optional(),
    }),
    /** How many changes of each kind there are, and in how many accounts one field is emptied at most; applying the plan allows so many. */
    counts: z.partialRecord(z.enum([...CHANGE_KINDS, ...FURTHER_LIMITS]), count),
  }),
});

export const changeSchema = z.object({
  kind: z.enum(CHANGE_KINDS),
  invites: z.boolean(),
  employee: z.object({ id: z.string(), email: z.string().nullable(), name: z.string().nullable() }),
  account: z.string().nullable(),
  // Plans of earlier versions do not tell.
  privileged: z.boolean().default(false),
  fields: z.record(z.string(), z.object({ before: value, after: value })),
  because: z.string(),
  outcome: z.enum(['planned', 'deferred']),
});

/** The facts of a saved plan, as they stand before its changes. */
export type SavedPlanHead = z.output<typeof headSchema>['saved_plan'];
