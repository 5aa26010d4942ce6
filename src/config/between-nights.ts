import * as z from 'zod';
import { duration } from '../core/duration.js';
import { cronProblem } from './cron.js';

/** `sync`: what happens between nights. */
export const syncSchema = z
  .strictObject({
    full_every: z
      .string()
      .refine((text) => (duration(text) ?? 0) > 0, { error: 'must be a duration such as 24h, 90m or 2d' })
      .default('24h'),
  })
  .transform(({ full_every }) => ({ fullEvery: duration(full_every) ?? 0 }));

const cronSchema = z.string().superRefine((pattern, context) => {
  const message = cronProblem(pattern);
  if (message !== null) context.addIssue({ code: 'custom', message });
});
const never = z.literal('never').transform(() => null);

/** `schedule`: when `hrsync serve` runs what, in the connector's zone. */
export const scheduleSchema = z
  .strictObject({
    import_all: z.union([never, cronSchema]).default('0 2 * * *'),
    sync: z.union([never, cronSchema]).default('0 */3 * * *'),
  })
  .transform(({ import_all, sync }) => ({ importAll: import_all, sync }));

const secret = z.string().min(16, { error: 'must have at least 16 characters: make one with openssl rand -hex 32' });

/** `serve`: where `hrsync serve` listens, and how it knows who calls. */
export const serveSchema = z.strictObject({
  host: z.string().min(1).default('127.0.0.1'),
  port: z.int().min(0).max(65_535).default(8_080),
  tls: z.strictObject({ cert_file: z.string().min(1), key_file: z.string().min(1) }).optional(),
  personio: z.strictObject({ token: secret }).optional(),
  kombo: z.strictObject({ secret, integration_id: z.string().min(1).optional() }).optional(),
});

/** The section `serve`, with absolute paths. */
export type ServeConfig = z.output<typeof serveSchema>;
