import * as z from 'zod';
import type { FailurePolicy } from '../core/failure-share.js';
import type { ReadPolicy } from '../core/policy.js';
import type { SafetyPolicy } from '../core/safety.js';
import { limitSchema } from './limit.js';
import { hrFieldSchema, textSchema } from './text.js';

/** `safety`: what a run may do at most, and what makes a read plausible. */
export const safetySchema = z
  .strictObject({
    max_deactivations: limitSchema.prefault('10%'),
    max_deletions: limitSchema.prefault('10%'),
    max_updates: limitSchema.optional(),
    max_creates: limitSchema.optional(),
    max_invitations: limitSchema.optional(),
    max_clears: limitSchema.prefault('50%'),
    max_email_changes: limitSchema.prefault('10%'),
    max_adoptions: limitSchema.prefault('10%'),
    max_left_out: limitSchema.prefault('10%'),
    min_known: limitSchema.prefault('50%'),
    per: hrFieldSchema.optional(),
    min_population: z.int().min(0).default(20),
    min_employees: limitSchema.prefault('80%'),
    max_failures: z.strictObject({ tell: limitSchema.optional(), stop: limitSchema.optional() }).prefault({}),
    canaries: z.array(textSchema).default([]),
    on_refusal: z.enum(['stop', 'skip_kind']).default('stop'),
  })
  .transform((written): { safety: SafetyPolicy; read: ReadPolicy; failures: FailurePolicy } => ({
    failures: { tell: written.max_failures.tell ?? null, stop: written.max_failures.stop ?? null },
    safety: {
      limits: {
        deactivate: written.max_deactivations,
        delete: written.max_deletions,
        ...(written.max_updates && { update: written.max_updates }),
        ...(written.max_creates && { create: written.max_creates }),
        ...(written.max_invitations && { invite: written.max_invitations }),
      },
      clears: written.max_clears,
      emailChanges: written.max_email_changes,
      adoptions: written.max_adoptions,
      leftOut: written.max_left_out,
      per: written.per ?? null,
      minPopulation: written.min_population,
      onRefusal: written.on_refusal,
    },
    read: {
      minEmployees: written.min_employees,
      minKnown: written.min_known,
      minPopulation: written.min_population,
      canaries: written.canaries,
    },
  }));
