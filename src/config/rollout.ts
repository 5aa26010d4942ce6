import * as z from 'zod';
import type { RolloutPolicy } from '../core/rollout.js';

/** `rollout`: which kinds of changes are carried out already; the others are planned and held back. */
export const rolloutSchema = z
  .strictObject({
    create: z.boolean().default(true),
    update: z.boolean().default(true),
    deactivate: z.boolean().default(true),
    invite: z.boolean().default(true),
  })
  .transform((written): RolloutPolicy => written);
