import * as z from 'zod';
import type { DeactivationPolicy, InvitationPolicy } from '../core/policy.js';

/** `invitations`: when new joiners get their mail. */
export const invitationsSchema = z
  .strictObject({
    send: z.enum(['immediately', 'on_hire_date', 'never']).default('on_hire_date'),
    days_before: z.int().min(0).max(365).default(0),
    existing_staff: z.enum(['skip', 'send']).default('skip'),
    max_per_run: z.int().min(1).default(500),
  })
  .transform(
    (written): Omit<InvitationPolicy, 'createEarly'> => ({
      send: written.send,
      daysBefore: written.days_before,
      existingStaff: written.existing_staff,
      maxPerRun: written.max_per_run,
    }),
  );

const missingSchema = z
  .union(
    [
      z.literal('never'),
      z.strictObject({ after_runs: z.int().min(1).default(2), after_days: z.int().min(0).default(2) }),
    ],
    { error: 'must be { after_runs: 2, after_days: 2 }, or never' },
  )
  .transform((written): DeactivationPolicy['missing'] =>
    written === 'never' ? null : { afterRuns: written.after_runs, afterDays: written.after_days },
  );

/** E-mail patterns, in which `*` stands for any text. */
export const protectSchema = z.array(z.string().min(1)).default([]);

const deleteAfterSchema = z
  .string()
  .regex(/^[1-9]\d{0,4}d$/, { error: 'must be a number of days such as 90d' })
  .transform((text) => Number.parseInt(text, 10));

/** `deactivation`: what ends an account, and how. */
export const deactivationSchema = z
  .strictObject({
    when: z
      .array(z.enum(['inactive', 'termination_date']))
      .min(1, { error: 'must hold at least one; to keep the accounts of leavers write action: none' })
      .default(['inactive', 'termination_date']),
    missing: missingSchema.prefault({}),
    out_of_scope: z.enum(['keep', 'deactivate']).default('keep'),
    action: z.enum(['deactivate', 'delete', 'none']).default('deactivate'),
    protect: protectSchema,
    delete_after: deleteAfterSchema.optional(),
  })
  .superRefine(({ action, delete_after }, context) => {
    if (action !== 'none' || delete_after === undefined) return;
    const message = 'cannot stand beside action: none, which closes no account: take one of the two out';
    context.addIssue({ code: 'custom', path: ['delete_after'], message });
  })
  .transform(
    (written): DeactivationPolicy => ({
      when: written.when,
      missing: written.missing,
      outOfScope: written.out_of_scope,
      action: written.action,
      protect: written.protect,
      deleteAfter: written.delete_after ?? null,
    }),
  );
