import * as z from 'zod';
import type { Limit } from '../core/limit.js';

const FORM = 'must be a whole number such as 50, or a share such as 10%';

/** A number (`50`) or a share (`10%`, `2.5 %`, at most 100%). */
export const limitSchema = z
  .union(
    [
      z.int({ error: FORM }).min(0, { error: FORM }),
      z.string().regex(/^\s*\d+(\.\d+)?\s*%\s*$|^\d+$/, { error: FORM }),
    ],
    {
      error: FORM,
    },
  )
  .transform(limitOf)
  .refine((limit) => 'count' in limit || limit.percent <= 100, { error: 'must not be more than 100%' });

function limitOf(written: number | string): Limit {
  if (typeof written === 'number') return { count: written };
  return written.includes('%') ? { percent: Number.parseFloat(written) } : { count: Number(written) };
}
