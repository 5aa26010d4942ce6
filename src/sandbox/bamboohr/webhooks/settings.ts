import * as z from 'zod';

/** The two families of events. https://documentation.bamboohr.com/docs/event-based-webhooks */
export const EVENTS = [
  ...(['employee.created', 'employee.updated', 'employee.deleted'] as const),
  ...(['employee_with_fields.created', 'employee_with_fields.updated', 'employee_with_fields.deleted'] as const),
] as const;

/** What everybody who subscribes is asked for and both kinds of webhook have. */
export const deliverySchema = z.strictObject({
  // Over plain http only to this machine, where the stand-in is at home.
  url: z.string().regex(/^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)[:/])/, 'must begin with https://'),
  /** Aliases of the fields whose change is an update. */
  monitorFields: z.array(z.string()).default([]),
  /** Alias → name of the fields that `employee_with_fields` brings along. */
  postFields: z.record(z.string(), z.string()).default({}),
  events: z
    .array(z.enum(EVENTS))
    .min(1)
    .default(EVENTS.filter((event) => event.startsWith('employee_with_fields'))),
  includeCompanyDomain: z.boolean().default(false),
});

/** Settings of the stand-in that concern webhooks. */
export const webhookSettings = {
  /** Webhooks that an admin made in the web interface: not bound to anybody's rights. Give them at the start. */
  globalWebhooks: z.array(deliverySchema.extend({ privateKey: z.string().min(1) })).default([]),
  /** A delivery that fails is repeated after 5, 10, 20, 40 and 80 minutes; one minute takes so many milliseconds here. */
  webhookMinute: z.number().positive().default(20),
  /** How often a webhook's log may be read in a minute; null: without limit. */
  webhookLogsPerMinute: z.number().int().positive().nullable().default(null),
} as const;
