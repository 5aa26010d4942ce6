import * as z from 'zod';

const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]);
const employee = z.strictObject({ id: z.string(), email: z.string().nullable(), name: z.string().nullable() });
const count = z.int().nonnegative();
const kind = z.enum(['create', 'update', 'deactivate', 'reactivate', 'delete', 'adopt', 'invite']);

const changes = z.array(
  z.strictObject({
    kind,
    invites: z.boolean(),
    employee,
    account: z.string().nullable(),
    privileged: z.boolean(),
    fields: z.record(z.string(), z.strictObject({ before: value, after: value })),
    because: z.string(),
    outcome: z.enum(['planned', 'done', 'failed', 'deferred', 'uncertain']),
    error: z.string().nullable(),
  }),
);

/** The document of a run, with exactly the keys that are promised. */
const runSchema = z.strictObject({
  format: z.literal(1),
  connector: z.string(),
  run: count,
  dry_run: z.boolean(),
  reverts: count.optional(),
  started_at: z.iso.datetime(),
  finished_at: z.iso.datetime(),
  exit_code: count,
  source: z.strictObject({
    type: z.string(),
    employees: count,
    complete: z.boolean(),
    in_scope: count,
    checks: z.array(z.strictObject({ held: z.boolean(), sentence: z.string() })),
  }),
  summary: z.strictObject({
    create: count,
    update: count,
    deactivate: count,
    reactivate: count,
    delete: count,
    adopt: count,
    invite: count,
    scheduled: count,
    unchanged: count,
    skipped: count,
    failed: count,
  }),
  changes,
  held_back: z.strictObject({ create: count, update: count, deactivate: count, invite: count, changes }).optional(),
  scheduled: z.array(z.strictObject({ employee, kind: z.enum(['invite', 'deactivate']), on: z.iso.date() })),
  skipped: z.array(z.strictObject({ employee, reason: z.string(), message: z.string() })),
  safety: z.strictObject({
    verdict: z.enum(['go', 'refused']),
    limits: z.array(
      z.strictObject({
        kind: z.union([kind, z.enum(['clear', 'email', 'privileged', 'left_out'])]),
        field: z.string().optional(),
        unit: z.string().optional(),
        cause: z.string().optional(),
        planned: count,
        allowed: count,
        of: count,
      }),
    ),
  }),
  missing: z.array(z.strictObject({ employee, since: z.iso.date(), reads: count, gone_on: z.iso.date().nullable() })),
  notices: z.array(z.string()),
  saved_plan: z.strictObject({ file: z.string(), digest: z.string(), expires_at: z.iso.datetime() }).optional(),
});

/** The document of a command that ended with an error. */
const errorSchema = z.strictObject({
  format: z.literal(1),
  error: z.strictObject({
    name: z.string(),
    what: z.string(),
    meaning: z.string(),
    next: z.string(),
    problems: z.array(z.unknown()).optional(),
  }),
  exit_code: count,
});

export type RunDocument = z.output<typeof runSchema>;
type ErrorDocument = z.output<typeof errorSchema>;

/** Reads stdout as the one document of a run; throws for anything more, less or else. */
export function runDocument(stdout: string): RunDocument {
  return runSchema.parse(JSON.parse(stdout));
}

/** Reads stdout as the one document of an error. */
export function errorDocument(stdout: string): ErrorDocument {
  return errorSchema.parse(JSON.parse(stdout));
}
