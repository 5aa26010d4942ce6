import * as z from 'zod';
import { isDay } from '../../core/day.js';
import { odditySettings } from '../oddities.js';
import { webhookSettings } from './webhooks/settings.js';

const count = z.number().int().positive();
const names = z.array(z.string()).default([]);
const ids = z.array(z.number().int()).default([]);

/** One API key, and the rights of the user that it belongs to. */
const keySchema = z.strictObject({
  key: z.string().regex(/^[0-9a-f]{40}$/),
  /** A key of a disabled user answers 403. */
  enabled: z.boolean().default(true),
  /** Number of the user's own profile, which the id 0 stands for. */
  employee: z.number().int().nullable().default(null),
  /** Aliases of fields that this user may not see. */
  hiddenFields: names,
  hiddenPeople: ids,
  seesInactive: z.boolean().default(true),
});

/** What a route answers instead of doing anything. */
const refusalSchema = z.strictObject({
  status: z.number().int().min(400).max(599),
  message: z.string().default('Refused'),
  /** Seconds in `Retry-After`; null leaves the header out. */
  retryAfter: count.nullable().default(null),
  /** `usual` is the form that errors of that route have. */
  body: z.enum(['usual', 'empty', 'html']).default('usual'),
});

/** A row of job information that takes effect on a day. */
const plannedRowSchema = z.strictObject({
  on: z.string().refine(isDay, 'must be a calendar day, YYYY-MM-DD'),
  jobTitle: z.string().optional(),
  department: z.string().optional(),
  supervisor: z.number().int().nullable().optional(),
});

/** How the BambooHR stand-in behaves; every key can be changed while it runs. Routes go by the names in `gate/routes.ts`. */
export const bambooHRSettingsSchema = z.strictObject({
  /** The subdomain that people sign in at. */
  companyDomain: z.string().default('acme'),
  keys: z
    .array(keySchema)
    .min(1)
    .default([keySchema.parse({ key: '5a4db0c5a4db0c5a4db0c5a4db0c5a4db0c5a4db' })]),
  /** Requests with an unknown key that switch API access off for everybody; null: never. The number is not published. */
  unknownKeysAllowed: count.nullable().default(5),
  accessOffSeconds: count.default(300),
  /** The limit is not published; null switches it off. */
  requestsPerMinute: count.nullable().default(null),
  /** 503 until 16 September 2026. */
  limitStatus: z.union([z.literal(429), z.literal(503)]).default(429),
  retryAfterSeconds: count.default(30),
  tellsRetryAfter: z.boolean().default(true),
  /**
   * Route → what it answers. A roster that takes no API key: `{ roster: { status: 403 } }`; a report that is gone:
   * `{ report: { status: 410 } }`.
   */
  refusals: z.record(z.string(), refusalSchema).default({}),
  /** Route → the headers that announce its end. */
  deprecations: z
    .record(z.string(), z.strictObject({ deprecation: z.string(), sunset: z.string().nullable().default(null) }))
    .default({}),
  /** The body of errors whose text stands in the header `X-BambooHR-Error-Message`. */
  errorBodies: z.enum(['empty', 'html']).default('empty'),
  /** That header names each message twice, as has been seen. */
  repeatsErrorMessages: z.boolean().default(false),
  /** What a request that does not ask for JSON gets. */
  withoutJson: z.enum(['xml', 'refuse']).default('xml'),
  /** What happens to parameters that a call does not document. */
  undocumented: z.enum(['refuse', 'ignore']).default('refuse'),

  /** What a rehire is: normally the same record with a new hire date, in some companies another record. */
  rehires: z.enum(['same_record', 'new_record']).default('same_record'),
  /** Status of people whose hire date lies ahead. Pages disagree. */
  hiresToCome: z.enum(['inactive', 'active']).default('inactive'),
  /** When a termination makes inactive. Not documented. */
  inactiveFrom: z.enum(['day_after', 'last_day']).default('day_after'),
  /** Whether `onlyCurrent=true` shows the date of a termination to come. */
  futureTerminations: z.enum(['hidden', 'shown']).default('hidden'),
  /** The status of people with a termination to come under `onlyCurrent=false`. */
  futureStatus: z.enum(['of_today', 'of_the_future']).default('of_today'),
  /** What inactive people lose under `onlyCurrent=true`. */
  inactiveLose: z.enum(['nothing', 'supervisor', 'job']).default('supervisor'),
  /** Person → a row of job information to come. */
  plannedRows: z.record(z.string(), plannedRowSchema).default({}),
  /** The account's own names of employment statuses. */
  employmentStatuses: z
    .strictObject({
      fullTime: z.string().default('Full-Time'),
      partTime: z.string().default('Part-Time'),
      contractor: z.string().default('Contractor'),
      leave: z.string().default('On Leave'),
      terminated: z.string().default('Terminated'),
    })
    .prefault({}),
  /** Key of a custom field → its alias, where that is another than `custom` and the letters of its name. */
  customAliases: z.record(z.string(), z.string()).default({}),
  /** What the number in the data set's `customField…` is. Not documented. */
  datasetNumbers: z.enum(['field_id', 'own']).default('field_id'),
  /** How an empty date is written; `mixed` uses all three forms in one answer, as in recordings. */
  emptyDates: z.enum(['mixed', 'zeros', 'text', 'null']).default('mixed'),
  /** What stands between the values of a multilist. Not documented. */
  multilistSeparator: z.string().default(', '),
  /** Doors whose texts come with HTML entities. */
  entities: z.array(z.enum(['report', 'roster', 'dataset', 'lists'])).default([]),
  /** Aliases whose column is present and empty in every row. */
  emptied: names,
  /** Pairs of aliases whose values are exchanged. */
  swapped: z.array(z.tuple([z.string(), z.string()])).default([]),

  /** Largest page that the roster grants; a larger one that is asked for (up to 2500) is cut without a word. */
  rosterGrants: count.max(2500).default(2500),
  /** Aliases that the roster gives besides its fixed fields: `terminationDate`, `employeeNumber`. Not documented. */
  rosterFurtherFields: names,
  /** Whether the roster counts future rows already. Not documented. */
  rosterShowsFuture: z.boolean().default(false),
  /** How the roster writes a status. */
  rosterStatus: z.enum(['capitalised', 'lower']).default('capitalised'),
  /** Whether reports contain inactive people. */
  reportShowsInactive: z.boolean().default(true),
  /** Aliases of columns that come without having been asked for. */
  reportAlsoGives: names,
  /** Rows of reports and data sets hold nothing but ids. */
  bareRows: z.boolean().default(false),
  /** What a data set does with a field outside the rights of the key. Pages disagree. */
  datasetHiddenField: z.enum(['restricted', 'refuse', 'row_missing']).default('restricted'),
  /** Whether a data set counts future rows already. Not documented. */
  datasetShowsFuture: z.boolean().default(false),

  /** Age in seconds from which `changed` reports a change. */
  changedLagSeconds: z.number().min(0).default(0),
  /** Whether `changed` lists people outside the rights of the key. Not documented. */
  changedListsHidden: z.boolean().default(false),
  /** For how many days a deletion stays listed; null: for ever. Not documented. */
  deletionsListedDays: count.nullable().default(null),
  /** Whether the new name of a department or another unit counts as a change of its people. Not documented. */
  renamesCount: z.boolean().default(false),
  /** Whether what takes effect by the calendar counts as a change on its day. Not documented. */
  calendarCounts: z.boolean().default(false),
  /** People whose `lastChanged` is empty. */
  withoutLastChanged: ids,
  ...webhookSettings,
  ...odditySettings,
});

export type BambooHRSettings = z.output<typeof bambooHRSettingsSchema>;

/** Settings as one writes them: what has a default may be left out. */
export type BambooHRSettingsInput = z.input<typeof bambooHRSettingsSchema>;

/** One API key with the rights behind it. */
export type ApiKey = BambooHRSettings['keys'][number];
