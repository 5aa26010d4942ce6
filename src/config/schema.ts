import * as z from 'zod';
import type { SourceDefinition } from '../sources/source.js';
import type { TargetDefinition } from '../targets/target.js';
import { scheduleSchema, serveSchema, syncSchema } from './between-nights.js';
import { driftSchema } from './drift.js';
import { employeesSchema } from './employees.js';
import { deactivationSchema, invitationsSchema, protectSchema } from './lifecycle.js';
import { mappingSchema } from './mapping.js';
import { notifySchema } from './notify.js';
import { rolloutSchema } from './rollout.js';
import { safetySchema } from './safety.js';
import { hrFieldSchema } from './text.js';
import { timezoneSchema } from './timezone.js';
import { timezonesSchema } from './zones.js';

/** What is known of the two ends when the rest of the document is read. */
export interface Ends {
  /** Every `type` that there is. */
  readonly sources: readonly string[];
  readonly targets: readonly string[];
  /** The target in use, for the left side of `mapping`; undefined when its type is unknown. */
  readonly target: TargetDefinition | undefined;
  /** The sources of which `serve` may hold a block. */
  readonly senders: readonly SourceDefinition[];
}

/** Sections that may stand empty, with all their keys commented out. */
export const OPTIONAL_SECTIONS = [
  'employees',
  'invitations',
  'deactivation',
  'safety',
  'drift',
  'rollout',
  'notify',
  'sync',
  'schedule',
  'serve',
] as const;

/** Keys that `source` and `target` have before the adapter's own settings. */
export const SOURCE_KEYS = ['type'] as const;
export const TARGET_KEYS = ['type', 'create_early'] as const;

/** The whole document except the adapters' own settings, which each adapter reads itself. */
export function documentSchema(ends: Ends) {
  return z
    .strictObject({
      version: z.literal(1, {
        error: (issue) =>
          issue.input === undefined
            ? 'is missing; write version: 1'
            : 'is not a version that this hrsync knows; write 1',
      }),
      name: z
        .string()
        .max(64)
        .regex(/^[A-Za-z0-9_-]+$/, { error: 'must be letters, digits, - and _ only' }),
      timezone: timezoneSchema.optional(),
      timezone_from: hrFieldSchema.optional(),
      timezones: timezonesSchema.optional(),
      source: z.looseObject({ type: z.enum(ends.sources) }),
      target: z.looseObject({ type: z.enum(ends.targets), create_early: z.boolean().default(false) }),
      match: z
        .array(z.enum(['external_id', 'email']))
        .min(1)
        .default(['external_id', 'email']),
      match_names: z.enum(['agree', 'any']).default('agree'),
      protect: protectSchema,
      mapping: mappingSchema(ends.target),
      employees: employeesSchema.prefault({}),
      invitations: invitationsSchema.prefault({}),
      deactivation: deactivationSchema.prefault({}),
      safety: safetySchema.prefault({}),
      drift: driftSchema.prefault({}),
      rollout: rolloutSchema.prefault({}),
      notify: notifySchema.prefault({}),
      sync: syncSchema.prefault({}),
      schedule: scheduleSchema.prefault({}),
      serve: serveSchema(ends.senders).prefault({}),
      state: z.string().min(1).optional(),
    })
    .superRefine(({ timezone_from: from, timezones }, context) => {
      if ((from === undefined) === (timezones === undefined)) return;
      const [path, message] =
        from === undefined
          ? ['timezones', 'needs timezone_from: the HR field whose values it lists, such as work_location']
          : ['timezone_from', 'needs timezones: { "Lisboa": Europe/Lisbon }, say'];
      context.addIssue({ code: 'custom', path: [path], message });
    });
}
