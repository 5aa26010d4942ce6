import * as z from 'zod';
import { duration } from '../core/duration.js';
import { leaseSchema } from './lease.js';

const FORM = 'must be a duration such as 30s, 45m or 24h';

/** A duration of at least so many milliseconds, as milliseconds. */
function durationSchema(least: number) {
  return z
    .string({ error: FORM })
    .refine((text) => (duration(text) ?? -1) >= least, { error: FORM })
    .transform((text) => duration(text) ?? 0);
}

const BYTES: Readonly<Record<string, number>> = { MB: 2 ** 20, GB: 2 ** 30 };

const memorySchema = z
  .string()
  .regex(/^\d+ ?(MB|GB)$/, { error: 'must be an amount of memory such as 1500MB or 2GB' })
  .transform((text) => Number.parseInt(text, 10) * (BYTES[text.slice(-2)] ?? 1));

const workerSchema = z.strictObject({
  slots: z.int().min(1).max(1_000).default(16),
  memory: memorySchema.prefault('1500MB'),
  labels: z.array(z.string().min(1)).default([]),
  drain: durationSchema(1_000).prefault('120s'),
});

const retrySchema = z.strictObject({
  first: durationSchema(1_000).prefault('60s'),
  most: durationSchema(1_000).prefault('15m'),
  attempts: z.int().min(1).max(1_000).default(8),
});

const fairnessSchema = z.strictObject({
  tenant: z.string().min(1).default('{label:customer}'),
  at_once: z.int().min(1).max(1_000).default(4),
});

const rate = z.number().positive().max(100_000);
const SHARED_BY = /^(egress|(source|target)\.[a-z_]+)$/;

function paceSchema(sources: readonly string[], targets: readonly string[]) {
  const when = z
    .looseObject({ source: z.enum(sources).optional(), target: z.enum(targets).optional() })
    .refine(({ source, target }) => (source === undefined) !== (target === undefined), {
      error: 'must name a source or a target, such as { source: NAME }',
    });
  return z
    .strictObject({
      when,
      shared_by: z.string().regex(SHARED_BY, {
        error: 'must be egress, or a setting of an end such as source.client_id or target.client_id',
      }),
      per_minute: rate.optional(),
      requests_per_second: rate.optional(),
      reads_per_second: rate.optional(),
      writes_per_second: rate.optional(),
    })
    .refine((rule) => all(rule) !== (rule.reads_per_second !== undefined || rule.writes_per_second !== undefined), {
      error: 'must have per_minute, or requests_per_second, or reads_per_second and writes_per_second',
    })
    .transform(({ when: { source, target, ...further }, shared_by, per_minute, ...rates }) => ({
      side: source === undefined ? ('target' as const) : ('source' as const),
      type: source ?? target ?? '',
      settings: further,
      sharedBy: shared_by,
      ...perSecond(per_minute === undefined ? rates.requests_per_second : per_minute / 60, rates),
    }));
}

function all(rule: { readonly per_minute?: number | undefined; readonly requests_per_second?: number | undefined }) {
  return rule.per_minute !== undefined || rule.requests_per_second !== undefined;
}

function perSecond(
  both: number | undefined,
  one: { readonly reads_per_second?: number | undefined; readonly writes_per_second?: number | undefined },
): { readonly reads: number | null; readonly writes: number | null; readonly together: boolean } {
  if (both !== undefined) return { reads: both, writes: both, together: true };
  return { reads: one.reads_per_second ?? null, writes: one.writes_per_second ?? null, together: false };
}

const serveSchema = z.strictObject({
  host: z.string().min(1).default('127.0.0.1'),
  port: z.int().min(0).max(65_535).default(8_080),
});

const secretsSchema = z.strictObject({
  command: z.array(z.string()).min(1, { error: 'must be a program and its arguments: [vault-get, "{name}"]' }),
});

const allowSchema = z.strictObject({
  cmd: z.boolean().default(false),
  file: z.boolean().default(false),
  environment: z.array(z.string().regex(/^[A-Za-z0-9_*]+$/, { error: 'must be a name such as ACME_*' })).default([]),
  hosts: z.array(z.string().min(1)).optional(),
});

const DATABASE = /^postgres(ql)?:\/\//;

/** `fleet.yaml`, for these adapters. */
export function fleetSchema(sources: readonly string[], targets: readonly string[]) {
  return z
    .strictObject({
      version: z.literal(1, {
        error: (issue) =>
          issue.input === undefined
            ? 'is missing; write version: 1'
            : 'is not a version that this hrsync knows; write 1',
      }),
      database: z.string().regex(DATABASE, { error: 'must be an address such as postgres://user@host/database' }),
      connectors: z.string().min(1).default('./connectors'),
      worker: workerSchema.prefault({}),
      lease: leaseSchema.prefault({}),
      spread: durationSchema(0).prefault('45m'),
      retry: retrySchema.prefault({}),
      fairness: fairnessSchema.prefault({}),
      pace: z.array(paceSchema(sources, targets)).default([]),
      serve: serveSchema.prefault({}),
      secrets: secretsSchema.optional(),
      allow: allowSchema.prefault({}),
    })
    .superRefine(({ retry }, context) => {
      if (retry.most < retry.first)
        context.addIssue({ code: 'custom', path: ['retry', 'most'], message: 'must not be shorter than retry.first' });
    });
}

/** What `fleet.yaml` says, read and checked. */
export type FleetDocument = z.infer<ReturnType<typeof fleetSchema>>;
/** One limit that all workers share. */
export type PaceRule = FleetDocument['pace'][number];
