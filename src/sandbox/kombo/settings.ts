import * as z from 'zod';
import { odditySettings } from '../oddities.js';

const count = z.number().int().positive();
const names = z.array(z.string()).default([]);

/** How the Kombo stand-in behaves; every key can be changed while it runs. */
export const komboSettingsSchema = z.strictObject({
  apiKeys: z.array(z.string()).min(1).default(['sandbox-kombo-key']),
  integrationId: z.string().default('personio:Sb7kPq2mXv9RtL4nWc8YdJ5h'),
  /** Which HR system is behind it; what it does not supply is null for everybody. */
  tool: z.enum(['workday', 'workdaycustomreport', 'workdaycustomreportsftp', 'personio', 'hibob']).default('personio'),
  category: z.enum(['HRIS', 'ATS', 'ASSESSMENT', 'LMS']).default('HRIS'),
  status: z.enum(['ACTIVE', 'INVALID', 'INACTIVE']).default('ACTIVE'),
  setupStatus: z.enum(['INCOMPLETE', 'FINAL_SYNC_PENDING', 'COMPLETED']).default('COMPLETED'),
  dataExpiredAt: z.string().nullable().default(null),
  /** What every read of HR data is refused with: the code without `INTEGRATION.`; null for nothing. */
  refuses: z
    .enum(['SETUP_SYNC_PENDING', 'SETUP_INCOMPLETE', 'QA_FAILED', 'INACTIVE', 'AUTHENTICATION_INVALID'])
    .nullable()
    .default(null),
  /** The status of those refusals: 503 until May 2026. */
  refusalStatus: z.union([z.literal(409), z.literal(503)]).default(409),
  /** Models (`hris_teams`) and fields (`hris_employees.job_title`) that the scope configuration switches off. */
  disabled: names,
  /** Fields that the customer did not allow. */
  optedOut: names,
  /** Fields of employees that are null for everybody without a word about it: a role in the HR system has shrunk. */
  emptied: names,
  /** Says nothing of models and fields. */
  tellsCoverage: z.boolean().default(true),
  /** Custom fields that are mapped to nothing. */
  unmapped: names,
  /** Fields of the HR system that are passed through as they are. */
  passedThrough: z.array(z.string()).default(['dynamic_2345678', 'dynamic_5678901']),
  /** Limits; null switches it off. */
  requestsPerMinute: count.nullable().default(300),
  tellsRetryAfter: z.boolean().default(false),
  defaultPageSize: count.default(100),
  largestPageSize: count.default(250),
  /** What becomes of records that HR no longer has: marked as deleted, or simply not there. */
  vanished: z.enum(['marked', 'absent']).default('marked'),
  /** A deleted record is emptied after so many days. */
  anonymisesAfterDays: z.number().int().min(0).default(14),
  /** Whether an emptied record still says that it was deleted. */
  keepsDeletionMark: z.boolean().default(true),
  /** Every record is marked as deleted: the model was switched off for a while. */
  everybodyDeleted: z.boolean().default(false),
  /** Changes that `updated_after` never reports: those of the last so many seconds. */
  updatedAfterLagSeconds: z.number().min(0).default(0),
  /** Whether a change of a location or legal entity brings back its people, as is documented; of a group none does. */
  placesBringPeople: z.boolean().default(true),
  /** Person's number → status as it comes, whatever it is. */
  statuses: z.record(z.string(), z.string().nullable()).default({}),
  /** Person's number → manager's Kombo id, whoever that is. */
  managers: z.record(z.string(), z.string()).default({}),
  /** Keys that may be absent are, where they would be null. */
  leavesOutOptionalKeys: z.boolean().default(false),
  /** All departments belong to one that is called like the company, and so do their people. */
  nestedDepartments: z.boolean().default(false),
  /** The group at the top is also below its own children. */
  groupCycle: z.boolean().default(false),
  /** The first employee and the first department bear the same id. */
  sharedId: z.boolean().default(false),
  /** What parameters that a call does not document come to; Kombo does not say. */
  undocumented: z.enum(['refuse', 'ignore']).default('refuse'),
  ...odditySettings,
});

export type KomboSettings = z.output<typeof komboSettingsSchema>;

/** Settings as one writes them: what has a default may be left out. */
export type KomboSettingsInput = z.input<typeof komboSettingsSchema>;
