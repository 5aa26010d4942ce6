import * as z from 'zod';
import { odditySettings } from '../oddities.js';
import { v2Settings } from './v2/settings.js';

const count = z.number().int().positive();

/** One pair of credentials, and what HR lets it read. */
const credentialSchema = z.strictObject({
  clientId: z.string(),
  clientSecret: z.string(),
  /** Attribute keys; `all` includes attributes that are added later. */
  readable: z.union([z.literal('all'), z.array(z.string())]).default('all'),
});

/** How the Personio stand-in behaves; every key can be changed while it runs. */
export const personioSettingsSchema = z.strictObject({
  credentials: z
    .array(credentialSchema)
    .min(1)
    .default([{ clientId: 'sandbox-client', clientSecret: 'sandbox-secret', readable: 'all' }]),
  tokenLifetimeSeconds: z.number().positive().default(86_400),
  /** Older accounts answer with the token alone. */
  tellsTokenLifetime: z.boolean().default(true),
  /** What an unknown or expired token is answered with: the documents say 403, clients see 401. */
  badTokenStatus: z.union([z.literal(401), z.literal(403)]).default(401),
  /** Limits; null switches one off. */
  authPerMinute: count.nullable().default(60),
  employeesPerMinute: count.nullable().default(300),
  employeesPerSecond: count.nullable().default(15),
  /** Seconds that a 429 names in `Retry-After`; null leaves the header out, as the real one is thought to. */
  retryAfterSeconds: count.nullable().default(null),
  defaultPageSize: count.default(50),
  largestPageSize: count.default(100),
  /** What happens to a page size above the largest: an error, or the largest in silence. */
  oversizedPage: z.enum(['refuse', 'lower']).default('refuse'),
  /** `offset` and `limit` come back as text, as a sister endpoint's do. */
  echoesPagingAsText: z.boolean().default(false),
  /** Whether a supervisor comes with names and e-mail, or with the id alone. */
  supervisorDetails: z.boolean().default(true),
  /** Changes that `updated_since` never reports: those of the last so many seconds. */
  updatedSinceLagSeconds: z.number().min(0).default(0),
  /** What parameters that v1's list does not document come to; v2 refuses them. */
  undocumented: z.enum(['refuse', 'ignore']).default('refuse'),
  ...v2Settings,
  ...odditySettings,
});

export type PersonioSettings = z.output<typeof personioSettingsSchema>;

/** Settings as one writes them: what has a default may be left out. */
export type PersonioSettingsInput = z.input<typeof personioSettingsSchema>;
