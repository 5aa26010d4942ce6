import * as z from 'zod';
import type { DriftPolicy } from '../core/policy.js';

/** `drift`: what becomes of mapped values that were changed in the LMS by hand. */
export const driftSchema = z
  .strictObject({
    repair: z.enum(['never', 'nightly']).default('never'),
    fields: z
      .union([z.literal('all'), z.array(z.string().min(1)).min(1)], { error: 'must be all, or a list of LMS fields' })
      .default('all'),
  })
  .transform((written): DriftPolicy => written);
