import { hash } from 'node:crypto';
import * as z from 'zod';
import type { HrEvent } from '../../core/hr-event.js';
import { hmacSha256, isSame } from '../../http/proof.js';
import type { Delivery, EventIntake } from '../events.js';
import { idSchema } from './schema.js';

// BambooHR makes the keys, one for each webhook.
const keySchema = z.string().min(1);

const settings = z.strictObject({ private_key: z.union([keySchema, z.array(keySchema).min(1)]) });

/** `serve.bamboohr` of a config. */
export type BamboohrEventSettings = z.output<typeof settings>;

/** A delivery whose timestamp is further away than this, in ms, may be one that somebody sends again. */
const LATEST = 5 * 60_000;

/**
 * BambooHR signs the body, immediately followed by a timestamp in seconds, with HMAC-SHA256 in hex.
 * https://documentation.bamboohr.com/docs/webhooks
 */
export const bamboohrEvents: EventIntake<BamboohrEventSettings> = {
  settings,
  proof: { by: 'body', holds: isSigned },
  refusal:
    'its signature was not made with serve.bamboohr.private_key, or its time is more than five minutes away from ours',
  read,
};

function isSigned({ headers, body, now }: Delivery, { private_key }: BamboohrEventSettings): boolean {
  const timestamp = headers.get('X-BambooHR-Timestamp') ?? '';
  const signature = headers.get('X-BambooHR-Signature') ?? '';
  const isRecent = /^\d{1,12}$/.test(timestamp) && Math.abs(now.getTime() - Number(timestamp) * 1_000) <= LATEST;
  const keys = typeof private_key === 'string' ? [private_key] : private_key;
  // Each is tried, so that the time taken does not tell which one fits.
  const fitting = keys.filter((key) => isSame(signature, hmacSha256([body, timestamp], key, 'hex')));
  return isRecent && fitting.length > 0;
}

const instant = z.string().max(64).optional().catch(undefined);
const names = z.array(z.string().max(200)).max(1_000).optional().catch(undefined);

/** `employee.created`, `.updated`, `.deleted`: an id alone. https://documentation.bamboohr.com/docs/event-based-webhooks */
const eventSchema = z.looseObject({
  type: z.string().max(200),
  timestamp: instant,
  data: z.looseObject({ employeeId: idSchema.optional().catch(undefined), changedFields: names }),
});

/** The older family brings several people, with values that nobody looks at. https://documentation.bamboohr.com/docs/field-based-webhooks */
const withFieldsSchema = z.looseObject({
  employees: z
    .array(z.looseObject({ id: idSchema, action: z.string().max(40), changedFields: names, timestamp: instant }))
    .max(1_000),
});

/**
 * Reads a delivery. A deletion is worth a look like every other change, and no more: only absence from reads of everybody
 * ends an account.
 */
function read(body: unknown): readonly HrEvent[] | 'malformed' {
  const event = eventSchema.safeParse(body);
  if (event.success) {
    const { type, timestamp, data } = event.data;
    if (!type.startsWith('employee.')) return [];
    const { employeeId, changedFields } = data;
    return [eventOf(employeeId ?? null, [type, timestamp, employeeId ?? data, changedFields])];
  }
  const older = withFieldsSchema.safeParse(body);
  if (!older.success) return 'malformed';
  return older.data.employees.map(({ id, action, changedFields, timestamp }) =>
    eventOf(id, [action, timestamp, id, changedFields]),
  );
}

// BambooHR gives events no id of their own.
function eventOf(employeeId: string | null, facts: readonly unknown[]): HrEvent {
  const key = `bamboohr ${hash('sha256', JSON.stringify(facts), 'base64url')}`;
  return { key, kind: employeeId === null ? 'changed' : 'person', employeeId };
}
