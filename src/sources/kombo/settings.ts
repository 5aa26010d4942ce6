import * as z from 'zod';
import { baseUrlSchema, commonSettings } from '../../http/settings.js';
import { statusMapSchema } from '../kit/status-words.js';

/**
 * The `source` block of a config with `type: kombo`. Kombo's documents show a limit of 300 requests a minute, and leave
 * open whether it is everybody's: https://docs.kombo.dev/assessment/getting-started/fetching-data
 */
export const komboSettings = z.strictObject({
  api_key: z.string().min(1).meta({ title: 'API key (Kombo dashboard > Secrets)' }),
  /** Tool and id of the connection to one customer's HR system, such as `workday:HWUTwvyx2wLoSUHphiWVrp28`. */
  integration_id: z
    .string()
    .regex(/^[a-z0-9_-]+:\S+$/i, { error: 'must be the id of an integration, such as workday:HWUTwvyx2wLo' })
    .meta({ title: 'Integration id, such as workday:HWUTwvyx2wLo' }),
  region: z.enum(['eu', 'us']).default('eu'),
  /** Goes before `region`. */
  base_url: baseUrlSchema.optional(),
  /** HR fields that may be empty for everybody. Any other that is looks like one that Kombo no longer fills. */
  may_be_empty: z.array(z.string().min(1)).default(['termination_date']),
  /** Words of the HR system for where somebody stands; Kombo passes those on that are none of its own four. */
  status: z.strictObject({ map: statusMapSchema }).prefault({}),
  // Whether `updated_after` counts its own instant, and how long a copy takes to be seen, is not documented.
  changes_overlap_minutes: z.int().min(0).max(2_880).default(120),
  ...commonSettings({ requestsPerSecond: 4.5, concurrency: 1 }),
});

export type KomboSettings = z.infer<typeof komboSettings>;

/** A key works in one region only. */
const REGIONS = { eu: 'https://api.kombo.dev/v1', us: 'https://api.us.kombo.dev/v1' } as const;

/** Where Kombo answers. */
export const ADDRESSES: readonly string[] = Object.values(REGIONS);

/** Where the API is. */
export function addressOf({ base_url, region }: Pick<KomboSettings, 'base_url' | 'region'>): string {
  return base_url ?? REGIONS[region];
}
