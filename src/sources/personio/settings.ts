import * as z from 'zod';
import { baseUrlSchema, commonSettings } from '../../http/settings.js';
import { v2Settings } from './v2/settings.js';

/**
 * The most requests a second and at once. v1: Personio allows 300 reads of employees a minute,
 * https://developer.personio.de/changelog/rate-limits-on-get-employees-endpoint-may-6-2024. v2 publishes no limit; its
 * answers tell one, and until they do its pace is modest.
 */
const PACES = {
  v1: { requestsPerSecond: 4.5, concurrency: 1 },
  v2: { requestsPerSecond: 5, concurrency: 6 },
} as const;

const { requests_per_second, concurrency, ...common } = commonSettings(PACES.v1);

/** Where Personio answers. https://developer.personio.de/reference/introduction */
export const BASE_URL = 'https://api.personio.de';

/** The `source` block of a config with `type: personio`. */
export const personioSettings = z.strictObject({
  client_id: z.string().min(1).meta({ title: 'Client id (Settings > Integrations > API credentials)' }),
  client_secret: z.string().min(1).meta({ title: 'Client secret, shown once beside the id' }),
  api: z.enum(['v1', 'v2']).default('v1'),
  base_url: baseUrlSchema.default(BASE_URL),
  app_id: z
    .string()
    .regex(/^[A-Z0-9]+(_[A-Z0-9]+)*$/, { error: 'must be in capitals with underscores, such as HRSYNC' })
    .default('HRSYNC'),
  // The zone of `updated_since` is not documented: read as UTC here. West of it these minutes must be more than the zone's.
  changes_overlap_minutes: z.int().min(0).max(2_880).default(120),
  requests_per_second: requests_per_second.unwrap().optional(),
  concurrency: concurrency.unwrap().optional(),
  ...common,
  ...v2Settings,
});

export type PersonioSettings = z.infer<typeof personioSettings>;

/** The pace to begin with: the config's, or what suits the version of the API. */
export function paceOf(settings: Pick<PersonioSettings, 'api' | 'requests_per_second' | 'concurrency'>) {
  const usual = PACES[settings.api];
  return {
    requestsPerSecond: settings.requests_per_second ?? usual.requestsPerSecond,
    concurrency: settings.concurrency ?? usual.concurrency,
  };
}
