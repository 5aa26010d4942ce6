import * as z from 'zod';

const count = z.number().int().positive();

/** An API key; the scope `public` is full access. */
const keySchema = z.strictObject({
  clientId: z.string(),
  clientSecret: z.string(),
  scopes: z.array(z.string()).min(1).default(['public']),
});

const customFieldSchema = z.strictObject({ name: z.string(), required: z.boolean().default(false) });

/** How the Learn Amp stand-in behaves; every key can be changed while it runs. */
export const learnAmpSettingsSchema = z.strictObject({
  keys: z
    .array(keySchema)
    .min(1)
    .default([{ clientId: 'sandbox-key', clientSecret: 'sandbox-secret', scopes: ['public'] }]),
  tokenLifetimeSeconds: count.default(7200),
  /** Requests a second; null means no limit. */
  requestsPerSecond: z.number().positive().nullable().default(null),
  /** Seconds that a 429 names in `Retry-After`; null leaves the header out. */
  retryAfterSeconds: count.nullable().default(null),
  defaultPageSize: count.default(25),
  largestPageSize: count.default(100),
  /** Whether a list without status filter shows deactivated users. */
  listsDeactivated: z.boolean().default(true),
  /** Whether `filters[email]` minds capitals. */
  emailFilterMindsCase: z.boolean().default(false),
  /** Whether the team filter by name wants the whole name. */
  teamNameFilterIsExact: z.boolean().default(false),
  /** Off: values sent are ignored in silence. */
  customFieldsEnabled: z.boolean().default(true),
  customFields: z.array(customFieldSchema).default(
    ['Cost centre', 'Badge', 'Skills', 'T-shirt size', 'Notes', 'Certified on', 'Leave date'].map((name) => ({
      name,
      required: false,
    })),
  ),
  /** Whether the list with `expanded=true` and single reads show custom values. */
  showsCustomFields: z.boolean().default(false),
  /** Whether an update without e-mail or names is refused, as the parameter table has it. */
  updateRequiresNames: z.boolean().default(true),
  /** Whether an update with `skipInvitation` false mails somebody who was never invited. */
  updateCanInvite: z.boolean().default(false),
  /** What sent secondary teams do to those there are. */
  secondaryTeams: z.enum(['replace', 'merge']).default('replace'),
  /** Whether a deactivation or deletion is answered with success and does nothing. */
  ignoresEndings: z.boolean().default(false),
  /** What parameters that a call does not document come to; the vendor does not say. */
  undocumented: z.enum(['refuse', 'ignore']).default('refuse'),
  /** What a second deactivation, or the reactivation of an active user, is answered with. */
  alreadySoStatus: z.union([z.literal(204), z.literal(400), z.literal(422)]).default(204),
  /** Skills roles that exist; others are refused. */
  occupationRoles: z.array(z.string()).default(['Engineer', 'Manager', 'Operator']),
  /** Whether the account may use the role `hr`. */
  hrPackage: z.boolean().default(true),
});

export type LearnAmpSettings = z.output<typeof learnAmpSettingsSchema>;

/** Settings as one writes them: what has a default may be left out. */
export type LearnAmpSettingsInput = z.input<typeof learnAmpSettingsSchema>;
