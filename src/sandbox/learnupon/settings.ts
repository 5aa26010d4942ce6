import * as z from 'zod';

const count = z.number().int().positive();

const keySchema = z.strictObject({ username: z.string(), password: z.string() });

/** A custom field. `type` counts as the API does: 1 String, 2 Decimal, 3 Integer, 4 to 6 their choices, 7 Date. */
const definitionSchema = z.strictObject({
  label: z.string(),
  type: z.number().int().min(1).max(7).default(1),
  values: z.array(z.string()).nullable().default(null),
  /** A choice of several values. */
  multi: z.boolean().default(false),
});

const definitions: z.input<typeof definitionSchema>[] = [
  { label: 'Employee id' },
  { label: 'Manager' },
  { label: 'Cost centre' },
  { label: 'Badge', type: 3 },
  { label: 'Job title' },
  { label: 'Hire date', type: 7 },
  { label: 'Weekly hours', type: 2 },
  { label: 'Employment', type: 4, values: ['internal', 'external'] },
  {
    label: 'Skills',
    type: 4,
    values: ['First aid', 'Forklift', 'Français', 'Mentoring', 'SQL', 'Welding'],
    multi: true,
  },
  { label: 'Notes' },
];

/** How the LearnUpon stand-in behaves; every key can be changed while it runs. */
export const learnUponSettingsSchema = z.strictObject({
  keys: keySchema.default({ username: 'sandbox-user', password: 'sandbox-password' }),
  /** Requests a minute and a week; null means no limit and no header. */
  requestsPerMinute: count.nullable().default(null),
  requestsPerWeek: z.number().int().nonnegative().nullable().default(500_000),
  /** Seconds that a 429 names in `Retry-After`; null leaves the header out. */
  retryAfterSeconds: count.nullable().default(null),
  /** Whether the rate headers come with refusals too. */
  rateHeadersOnErrors: z.boolean().default(false),
  pageSize: count.default(500),
  /** Whether a GET without body is refused when it names a content type. */
  strictContentType: z.boolean().default(true),
  /** Keys of users that are answered with success and do nothing. */
  ignoredKeys: z.array(z.string()).default([]),
  /** Whether flags are heeded only when they come as texts. */
  stringOnlyBooleans: z.boolean().default(false),
  /** What empties a field; the other of the two is answered with success and does nothing. */
  clearedBy: z.enum(['either', 'null', 'empty']).default('either'),
  /** What becomes of a value that a custom field does not take. */
  wrongValues: z.enum(['reject', 'drop']).default('reject'),
  /** How a choice of several values is taken. */
  multi: z.enum(['comma', 'list']).default('comma'),
  definitions: z.array(definitionSchema).default(definitions.map((one) => definitionSchema.parse(one))),
  /** Whether the definitions' key lacks an i, as it does live. */
  misspelt: z.boolean().default(true),
  /** How labels are shown: as typed, or as `job_title`. */
  labels: z.enum(['typed', 'snake']).default('typed'),
  /** Whether lists and searches show custom values. */
  listsCustomData: z.boolean().default(true),
  /** Whether the portal was set up for usernames. */
  usernames: z.boolean().default(false),
  /** Addresses that another portal of the realm knows. */
  elsewhere: z.array(z.string()).default([]),
  /** Status of an address that is taken, and of a second invitation. */
  existsStatus: z.union([z.literal(400), z.literal(422)]).default(422),
  invitedStatus: z.union([z.literal(400), z.literal(422)]).default(422),
  /** Whether a search without a match is 404 or an empty list. */
  emptySearchStatus: z.union([z.literal(404), z.literal(200)]).default(404),
  /** Whether invitations to the portal show, and can be deleted, under `/group_invites`. */
  portalInvitesListed: z.boolean().default(false),
  /** Whether a search by e-mail minds capitals. */
  searchMindsCase: z.boolean().default(false),
  /** Whether `enabled: false` and a deletion are answered with success and do nothing. */
  ignoresEndings: z.boolean().default(false),
  /** What keys of a body that a call does not document come to; the vendor does not say. Queries are ignored in silence. */
  undocumented: z.enum(['refuse', 'ignore']).default('refuse'),
  /** Whether making a user mails them. */
  mailsOnCreation: z.boolean().default(false),
});

export type LearnUponSettings = z.output<typeof learnUponSettingsSchema>;

/** Settings as one writes them: what has a default may be left out. */
export type LearnUponSettingsInput = z.input<typeof learnUponSettingsSchema>;
