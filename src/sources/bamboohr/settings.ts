import * as z from 'zod';
import { baseUrlSchema, commonSettings } from '../../http/settings.js';

/**
 * The `source` block of a config with `type: bamboohr`. BambooHR publishes no rate limit; one request at a time and two a
 * second is far below anything reported. https://documentation.bamboohr.com/docs/api-details
 */
export const bamboohrSettings = z.strictObject({
  /** The subdomain that people sign in at. One DNS label: anything else would send the key to another host. */
  company: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, {
      error: 'must be the subdomain alone, in small letters: acme for https://acme.bamboohr.com',
    })
    .meta({ title: 'Subdomain: acme for https://acme.bamboohr.com' }),
  api_key: z.string().min(1).meta({ title: 'API key of the user that hrsync is' }),
  /** Another base of the API than the company's own, `https://{company}.bamboohr.com/api`. */
  base_url: baseUrlSchema.optional(),
  /** Where values come from: the custom report, the data set, or the first of the two that answers. */
  read: z.enum(['auto', 'report', 'dataset']).default('auto'),
  // `since` is said to be inclusive; how long a change takes to be listed is not documented.
  changes_overlap_minutes: z.int().min(0).max(2_880).default(10),
  /** HR fields that may be empty for everybody. Any other that is looks like one that the key may no longer read. */
  may_be_empty: z.array(z.string().min(1)).default(['termination_date']),
  // One answer of a report holds the whole company.
  ...commonSettings({ requestsPerSecond: 2, concurrency: 1, timeoutSeconds: 120 }),
});

export type BamboohrSettings = z.infer<typeof bamboohrSettings>;

/** The base of the API of the company's account: https://documentation.bamboohr.com/docs/getting-started */
export function addressOf({ base_url, company }: Pick<BamboohrSettings, 'base_url' | 'company'>): string {
  return base_url ?? `https://${company}.bamboohr.com/api`;
}
