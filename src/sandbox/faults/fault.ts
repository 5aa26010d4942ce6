import * as z from 'zod';

/** Misbehaviour of a connection or of the whole answer: the same for every system. */
const answerFaults = [
  /**
   * Answers with a status and an error body (also under 200, as has been seen) instead of doing anything; `retryAfter`,
   * seconds or a date, becomes the header.
   */
  z.strictObject({
    kind: z.literal('status'),
    status: z.number().int().min(200).max(599),
    retryAfter: z.union([z.number(), z.string()]).optional(),
    body: z.unknown().optional(),
  }),
  /** Does what was asked, then answers with a server error. */
  z.strictObject({ kind: z.literal('error_after_commit'), status: z.number().int().min(500).max(599).default(500) }),
  /** Every token given out so far is void from here on; the request is then handled (and refused). */
  z.strictObject({ kind: z.literal('revoke_tokens') }),
  z.strictObject({ kind: z.literal('html') }),
  z.strictObject({ kind: z.literal('empty_body') }),
  z.strictObject({ kind: z.literal('truncated_json') }),
  /** Does what was asked; the answer is written in ISO-8859-1, and its type does not say so. */
  z.strictObject({ kind: z.literal('wrong_charset') }),
  z.strictObject({ kind: z.literal('reset_before_commit') }),
  z.strictObject({ kind: z.literal('reset_after_commit') }),
  /** Says nothing until `answerAfter` (milliseconds), or ever. */
  z.strictObject({ kind: z.literal('timeout_before_commit'), answerAfter: z.number().optional() }),
  z.strictObject({ kind: z.literal('timeout_after_commit'), answerAfter: z.number().optional() }),
  /** Sends the right answer, a few bytes at a time. */
  z.strictObject({
    kind: z.literal('slow_drip'),
    bytes: z.number().int().positive().default(64),
    every: z.number().positive().default(50),
  }),
] as const;

/** Well-formed answers that are wrong; the stand-ins put them into their lists themselves. */
const dataFaults = [
  /** The page holds half of its rows. */
  z.strictObject({ kind: z.literal('short_page') }),
  /** The page before this one once more. */
  z.strictObject({ kind: z.literal('repeated_page') }),
  /** The total falls by `by` with every page. */
  z.strictObject({ kind: z.literal('shrinking_total'), by: z.number().int().positive().default(1) }),
  /** Nobody at all, in a perfect envelope. */
  z.strictObject({ kind: z.literal('empty_list') }),
  /** Only this share of the rows exists, and the total agrees. */
  z.strictObject({ kind: z.literal('short_list'), keep: z.number().min(0).max(1).default(0.5) }),
  /** The rows come in another order on every page. */
  z.strictObject({ kind: z.literal('shuffled_rows') }),
  /** These attributes may not be read any more. */
  z.strictObject({ kind: z.literal('lost_attribute'), attributes: z.array(z.string()).min(1) }),
] as const;

const dataFaultSchema = z.discriminatedUnion('kind', dataFaults);

/** Which requests, and which of those, counted from the moment the fault was set. */
const aim = {
  name: z.string().optional(),
  match: z
    .strictObject({
      method: z.string().optional(),
      /** Name of a route, such as `employees` or `users.create`. */
      route: z.string().optional(),
      /** Regular expression on the path with its query. */
      path: z.string().refine(isPattern, 'must be a regular expression').optional(),
    })
    .default({}),
  /** The first matching request that is hit, from 1. */
  from: z.number().int().positive().default(1),
  /** How many in a row are hit; null means every one from there on. */
  times: z.number().int().positive().nullable().default(1),
};

/** A fault as it is asked for: what goes wrong, and when. */
export const faultSchema = z.strictObject({
  ...aim,
  fault: z.discriminatedUnion('kind', [...answerFaults, ...dataFaults]),
});

export type FaultOrder = z.input<typeof faultSchema>;
export type Fault = z.output<typeof faultSchema>['fault'];
export type DataFault = z.output<typeof dataFaultSchema>;
export type AnswerFault = Exclude<Fault, DataFault>;

/** A data fault that hits the request at hand; `strike` counts its hits from 1. */
export type StruckDataFault = DataFault & { readonly strike: number };

const dataKinds: ReadonlySet<string> = new Set(dataFaults.map((schema) => schema.shape.kind.value));

export function isDataFault(fault: Fault): fault is DataFault {
  return dataKinds.has(fault.kind);
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
