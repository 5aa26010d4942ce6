import * as z from 'zod';

const perSecond = z.number().positive().nullable();

/** How the v2 API of the stand-in behaves. */
export const v2Settings = {
  /**
   * Whether the lists of org units, workplaces and cost centers are there for everybody, as since 2026, for those who send
   * `Beta: true`, as before, or for nobody.
   */
  betaRoutes: z.enum(['open', 'needs_header', 'closed']).default('open'),
  /**
   * Where `next` leads on: `full` and `relative` links to the next page, to the page itself (`own_page`), or to another
   * host (`foreign`). Those of employments name a path that does not exist, as in the official examples.
   */
  nextLinks: z.enum(['full', 'relative', 'own_page', 'foreign']).default('full'),
  /** Whether a cursor remembers the page size; where it does not, the default is used unless `limit` comes along. */
  cursorKeepsLimit: z.boolean().default(true),
  /** Person's number → status that their employments are refused with. */
  unreadableEmployments: z.record(z.string(), z.number().int().min(400).max(599)).default({}),
  /** What making and changing a webhook is answered with; the documents do not show it. */
  webhookAnswers: z.enum(['object', 'under_data', 'no_content']).default('object'),
  /** Webhooks on one page at most, whatever is asked for; null: as many as are asked for. */
  webhooksPerPage: z.number().int().positive().nullable().default(null),
  /** The documents list upper-case types of custom attributes, live data has lower-case ones. */
  customTypes: z.enum(['lower', 'upper', 'mixed']).default('lower'),
  /** Ids of custom attributes: those of v1, or the form with hexadecimal digits that is seen live. */
  customIds: z.enum(['v1', 'hexadecimal']).default('v1'),
  /** What stands for a value that somebody does not have: null, or no key at all. */
  emptyValues: z.enum(['null', 'omitted']).default('null'),
  /** Person's number → keys that their record and their employments lack, whatever the others have. */
  lacks: z.record(z.string(), z.array(z.string())).default({}),
  /**
   * Further employments of every third person: an ended one behind (`former`), or one in front of a lasting one, which
   * was entered and withdrawn (`withdrawn`).
   */
  furtherEmployments: z.enum(['none', 'former', 'withdrawn']).default('none'),
  /** The schema and its example spell it differently. */
  lastWorkingDayKey: z.enum(['last_working_day', 'last_working_date']).default('last_working_day'),
  /**
   * What moves a person's `updated_at`: changes of what stands on the person, or those of the employments as well. Renamed
   * units, and what the calendar does to a status, move neither.
   */
  personUpdatedAt: z.enum(['own', 'employments_too']).default('own'),
  /** Changes that filters by `updated_at` never report: those of the last so many seconds. */
  updatedAtLagSeconds: z.number().min(0).default(0),
  /** Buckets, in tokens per second and in the most that one holds; null switches limits and headers off. */
  personsRefillPerSecond: perSecond.default(30),
  otherRefillPerSecond: perSecond.default(10),
  bucketSize: z.number().int().positive().default(100),
  /** Whether answers tell the state of their bucket. */
  tellsBuckets: z.boolean().default(true),
} as const;
