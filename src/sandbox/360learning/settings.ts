import * as z from 'zod';

const count = z.number().int().positive();

/** Every scope that the imitated calls ask for. */
const SCOPES = [
  'users:read',
  'users:write',
  'groups:read',
  'groups:write',
  'groups:bulk',
  'bulkOperations:read',
  'customFields:read',
  'customFields:write',
  'externalIds:read',
  'externalIds:write',
] as const;

const credentialsSchema = z.strictObject({
  clientId: z.string(),
  clientSecret: z.string(),
  scopes: z.array(z.enum(SCOPES)).default([...SCOPES]),
});

const pageSizesSchema = z.strictObject({
  users: count.default(500),
  groups: count.default(500),
  memberships: count.default(1_000),
  managers: count.default(1_000),
  customFields: count.default(1_000),
  externalIds: count.default(5_000),
  operations: count.default(20),
});

/** How the 360Learning stand-in behaves; every key can be changed while it runs. */
export const learning360SettingsSchema = z.strictObject({
  credentials: z
    .array(credentialsSchema)
    .min(1)
    .default([{ clientId: 'sandbox-360', clientSecret: 'sandbox-360-secret', scopes: [...SCOPES] }]),
  tokenLifetimeSeconds: count.default(3600),
  /** The guides show `expires_in` as a text, the schema says that it is a number. */
  expiresInAsText: z.boolean().default(false),
  /** Whether a missing scope is told by a bare text, as in the guides, or by an object, as in the reference. */
  scopeErrorAsText: z.boolean().default(false),
  /** Two limits for the whole company; null means none. */
  readsPerSecond: z.number().positive().nullable().default(50),
  writesPerSecond: z.number().positive().nullable().default(10),
  pageSizes: pageSizesSchema.prefault({}),
  /** Whether the link to the next page has no host. */
  nextLinkIsRelative: z.boolean().default(false),
  /** Whether a filter whose brackets are encoded is understood; one that is not is ignored. */
  understandsEncodedBrackets: z.boolean().default(false),
  /** Whether a call without the header `360-api-version` is refused. */
  wantsVersionHeader: z.boolean().default(true),
  /** Whether users show `status`; early versions had a boolean `deleted`. */
  showsStatus: z.boolean().default(true),
  /** Whether an unfiltered list holds deleted users. */
  listsDeleted: z.boolean().default(true),
  mailFilterMindsCase: z.boolean().default(true),
  usernamesAllowed: z.boolean().default(false),
  /** Addresses that users of other customers have. */
  mailsTakenElsewhere: z.array(z.string()).default([]),
  /** What the deletion of somebody deleted is answered with. */
  deletedAgainStatus: z.union([z.literal(204), z.literal(400), z.literal(404)]).default(400),
  /** Whether a deletion is answered with success and does nothing. */
  ignoresEndings: z.boolean().default(false),
  /** What adding a manager a second time is answered with. */
  managerAgainStatus: z.union([z.literal(204), z.literal(400)]).default(204),
  /** Whether external ids outlive the deletion of their user. */
  externalIdsSurviveDeletion: z.boolean().default(true),
  reservedPlatformNames: z.array(z.string()).default(['360learning']),
  /** How many custom fields of users there may be. */
  customFieldLimit: count.default(50),
  customFieldsEnabled: z.boolean().default(true),
  bulkEnabled: z.boolean().default(true),
  /** How many looks at a bulk operation find it unfinished. */
  bulkLooksUntilDone: z.number().int().nonnegative().default(1),
  bulkConcurrency: count.default(3),
  /** How many of those places other integrations of the customer hold. */
  bulkHeldByOthers: z.number().int().nonnegative().default(0),
  /** A bulk operation as a whole ends with this message; null: it completes. */
  bulkError: z.string().nullable().default(null),
});

export type Learning360Settings = z.output<typeof learning360SettingsSchema>;

/** Settings as one writes them: what has a default may be left out. */
export type Learning360SettingsInput = z.input<typeof learning360SettingsSchema>;
