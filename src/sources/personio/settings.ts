import * as z from 'zod';
import { baseUrlSchema, commonSettings } from '../../http/settings.js';

/**
 * The `source` block of a config with `type: personio`. Personio allows 300 reads of employees a minute:
 * https://developer.personio.de/changelog/rate-limits-on-get-employees-endpoint-may-6-2024
 */
export const personioSettings = z.strictObject({
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
  api: z.literal('v1', { error: "must be v1: reading through Personio's v2 API is not built yet" }).default('v1'),
  base_url: baseUrlSchema.default('https://api.personio.de'),
  app_id: z
    .string()
    .regex(/^[A-Z0-9]+(_[A-Z0-9]+)*$/, { error: 'must be in capitals with underscores, such as HRSYNC' })
    .default('HRSYNC'),
  ...commonSettings({ requestsPerSecond: 4.5, concurrency: 1 }),
});

export type PersonioSettings = z.infer<typeof personioSettings>;
