import * as z from 'zod';

const count = z.number().int().positive();

const attributeSchema = z.strictObject({
  name: z.string().min(1),
  type: z.enum(['string', 'boolean', 'integer', 'decimal', 'dateTime', 'reference', 'complex']).default('string'),
  multiValued: z.boolean().default(false),
  required: z.boolean().default(false),
});

/** A schema of the portal's own; `subAttributes` belong to complex attributes alone. */
const extensionSchema = z.strictObject({
  urn: z.string().startsWith('urn:'),
  name: z.string().default('Portal'),
  attributes: z.array(attributeSchema.extend({ subAttributes: z.array(attributeSchema).default([]) })),
});

const extension: z.output<typeof extensionSchema> = extensionSchema.parse({
  urn: 'urn:ietf:params:scim:schemas:extension:sandbox:2.0:User',
  attributes: [
    { name: 'badge', type: 'integer' },
    { name: 'hireDate' },
    { name: 'joinedAt', type: 'dateTime' },
    { name: 'weeklyHours', type: 'decimal' },
    { name: 'isExternal', type: 'boolean' },
    { name: 'skills', multiValued: true },
  ],
});

const ACCESS = {
  auth: z.enum(['bearer', 'basic', 'oauth']).default('bearer'),
  token: z.string().default('sandbox-token'),
  basic: z
    .strictObject({ username: z.string(), password: z.string() })
    .default({ username: 'sandbox-user', password: 'sandbox-password' }),
  /** Client credentials; `scope` is one that every request for a token must name, null means none. */
  oauth: z
    .strictObject({
      clientId: z.string(),
      clientSecret: z.string(),
      scope: z.string().nullable().default(null),
      tokenLifetimeSeconds: count.default(3600),
    })
    .default({ clientId: 'sandbox-id', clientSecret: 'sandbox-secret', scope: null, tokenLifetimeSeconds: 3600 }),
  requestsPerMinute: count.nullable().default(null),
  /** Seconds that a 429 names in `Retry-After`; null leaves the header out. */
  retryAfterSeconds: count.nullable().default(null),
  /** Which media types are taken and answered: both, one alone, or both with plain JSON as the answer. */
  mediaType: z.enum(['both', 'scim_only', 'json_only', 'json_answers']).default('both'),
};

const DISCOVERY = {
  /** `missing` is 404, `not_implemented` 501. */
  serviceProviderConfig: z.enum(['shown', 'missing', 'not_implemented']).default('shown'),
  schemasEndpoint: z.boolean().default(true),
  groupsEndpoint: z.boolean().default(true),
  /** What the ServiceProviderConfig claims, whatever is true. */
  claims: z
    .strictObject({ patch: z.boolean(), filter: z.boolean(), etag: z.boolean(), bulk: z.boolean() })
    .partial()
    .default({}),
};

const LISTS = {
  /** Attributes that filters may name; null means all, an empty list that filters are not supported. */
  filterAttributes: z.array(z.string()).nullable().default(null),
  /** Operators that filters may use, such as `eq` and `and`; null means all. `[]` stands for a value path. */
  filterOperators: z.array(z.string()).nullable().default(null),
  /** What becomes of every other filter: 400, an empty list, or a list of everybody. */
  otherFilters: z.enum(['refuse', 'empty', 'ignore']).default('refuse'),
  /** Whether filters compare userName with regard to case. */
  userNameFilterMindsCase: z.boolean().default(false),
  /**
   * `index` and `both` as the RFCs have it; `cursor` knows no other way and answers index queries with a cursor; `ignored`
   * always gives the first page; `wraps` gives the first page again past the end, under the index that was asked for.
   */
  paging: z.enum(['index', 'both', 'cursor', 'ignored', 'wraps']).default('index'),
  pageSize: count.default(100),
  maxPageSize: count.default(200),
  cursorLifetimeSeconds: count.nullable().default(null),
  /** Whether lists that are paged by cursor tell their total. */
  cursorTotals: z.boolean().default(true),
  /** Whether an empty list has its `Resources`. */
  emptyResources: z.boolean().default(true),
};

const BODIES = {
  extensions: z.array(extensionSchema).default([extension]),
  /** How an attribute inside a complex extension attribute is named: `…:User:Group.One` or `…:User:Group:One`. */
  complexPaths: z.enum(['dot', 'colon']).default('dot'),
  /** Paths of attributes that the RFCs leave optional and this portal requires. */
  requiredAttributes: z.array(z.string()).default([]),
  /** Names in other capitals: understood, ignored with success, or refused. */
  attributeNames: z.enum(['any_case', 'ignore', 'refuse']).default('any_case'),
  unknownAttributes: z.enum(['refuse', 'ignore']).default('refuse'),
  nulls: z.enum(['unassign', 'refuse', 'ignore']).default('unassign'),
  emptyTexts: z.enum(['keep', 'refuse', 'ignore', 'unassign']).default('keep'),
  /** What the texts "True" and "False" come to where a boolean belongs; `keep` stores the text. */
  textBooleans: z.enum(['refuse', 'convert', 'keep']).default('refuse'),
  /** How many values a multi-valued attribute of a user may have. */
  maxValues: count.nullable().default(null),
  managerForm: z.enum(['object', 'string']).default('object'),
  /** What the value of a manager is. */
  managerBy: z.enum(['id', 'userName', 'email', 'externalId']).default('id'),
  unknownManagers: z.enum(['refuse', 'keep']).default('refuse'),
};

const PATCHES = {
  /** Status that PATCH is refused with, or null. */
  patchRefused: z
    .union([z.literal(501), z.literal(405)])
    .nullable()
    .default(null),
  /** `when_unchanged` answers 204 where nothing changed, else 200. */
  patchAnswer: z.enum(['200', '204', 'when_unchanged']).default('200'),
  /** Operations without a path. */
  pathlessValues: z.enum(['accept', 'refuse', 'ignore']).default('accept'),
  /** An `add` whose value filter matches nothing: 400, or a new value made from the filter. */
  addWithoutMatch: z.enum(['refuse', 'create']).default('refuse'),
  removeWithoutMatch: z.enum(['refuse', 'accept']).default('refuse'),
  /** How members are removed: `members[value eq "id"]`, or path `members` with a list of values, which RFC 7644 does not know. */
  memberRemoval: z.enum(['filter', 'list', 'both']).default('filter'),
  membersPerRequest: count.nullable().default(null),
  /** Whether all members of a group can be replaced or removed at once. */
  membersReplaceable: z.boolean().default(true),
  /** Whether the answer to a PATCH of a group shows its members, or an empty list. */
  patchShowsMembers: z.boolean().default(true),
};

const ACCOUNTS = {
  /** `error` is 500. `against_schema` changes it although the schema calls it immutable. */
  userNameChanges: z.enum(['allow', 'refuse', 'ignore', 'error', 'against_schema']).default('allow'),
  externalIdChanges: z.enum(['allow', 'refuse', 'ignore']).default('allow'),
  uniqueExternalIds: z.boolean().default(false),
  uniqueEmails: z.boolean().default(false),
  uniqueGroupNames: z.boolean().default(false),
  uniquenessStatus: z.union([z.literal(409), z.literal(400), z.literal(500)]).default(409),
  /** `false_echo` answers `active: false` and leaves the account active; `no_effect` stores it, and the person still signs in. */
  endings: z.enum(['obey', 'ignore', 'false_echo', 'no_effect', 'delete']).default('obey'),
  reactivations: z.enum(['obey', 'refuse', 'ignore']).default('obey'),
  /** What a PUT without `active` does to the account. */
  putWithoutActive: z.enum(['activate', 'keep', 'suspend']).default('activate'),
  deleteAnswer: z.union([z.literal(204), z.literal(200)]).default(204),
  /** Whether a deleted account is gone, or hidden and still in the way of a new one. */
  deletedAccounts: z.enum(['gone', 'kept']).default('gone'),
  /** Whether accounts made outside SCIM are invisible until they are reconciled. */
  hidesUnreconciled: z.boolean().default(false),
  /** What mails the person: that the account is made, its first activation, each later one. */
  mailsOn: z.array(z.enum(['create', 'activate', 'reactivate'])).default([]),
};

const ANSWERS = {
  errorForm: z.enum(['rfc', 'untyped', 'bare', 'numeric', 'empty']).default('rfc'),
  ids: z.enum(['uuid', 'number', 'user_name', 'odd']).default('uuid'),
  /** `weak` is supported; `number` is a bare `meta.version`, and `header` an ETag that only the web server adds. */
  etag: z.enum(['weak', 'number', 'header', 'none']).default('weak'),
  /** Whether a creation is answered with the resource, or with its Location alone. */
  createAnswer: z.enum(['body', 'location']).default('body'),
  relativeLocations: z.boolean().default(false),
  showsMeta: z.boolean().default(true),
  /** Whether booleans are shown as the texts "True" and "False". */
  showsTextBooleans: z.boolean().default(false),
  /** Whether `active` is shown where nobody has set it. */
  showsUnsetActive: z.boolean().default(true),
  /** Values that are shown, and filtered by, in another form than they were sent in. */
  rewrites: z
    .array(z.enum(['phone_numbers', 'types', 'preferred_language', 'formatted_name', 'lower_case_user_name']))
    .default([]),
};

/** How the SCIM stand-in behaves; every key can be changed while it runs. The defaults follow RFC 7643, 7644 and 9865. */
export const scimSettingsSchema = z.strictObject({
  ...ACCESS,
  ...DISCOVERY,
  ...LISTS,
  ...BODIES,
  ...PATCHES,
  ...ACCOUNTS,
  ...ANSWERS,
});

export type ScimSettings = z.output<typeof scimSettingsSchema>;

/** Settings as one writes them: what has a default may be left out. */
export type ScimSettingsInput = z.input<typeof scimSettingsSchema>;
