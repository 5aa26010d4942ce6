import { hash } from 'node:crypto';
import * as z from 'zod';
import type { InboxEvent } from '../store/inbox.js';

/** What a delivery comes to: an event for the inbox, nothing that concerns us, or something that is no delivery. */
export type Reading = Omit<InboxEvent, 'receivedAt'> | 'ignored' | 'malformed';

const id = z.union([z.int().nonnegative().transform(String), z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)]);
const holder = z
  .looseObject({ id: id.optional().catch(undefined) })
  .optional()
  .catch(undefined);

// Which keys the payload has is not documented: every likely place is looked at.
const payloadSchema = z
  .looseObject({
    id: id.optional().catch(undefined),
    person_id: id.optional().catch(undefined),
    employee_id: id.optional().catch(undefined),
    person: holder,
    employee: holder,
    employment: z
      .looseObject({ person: holder, person_id: id.optional().catch(undefined) })
      .optional()
      .catch(undefined),
  })
  .catch({});

const deliverySchema = z.looseObject({
  event_name: z.string().max(200),
  occurred_at: z.string().max(64).optional().catch(undefined),
  payload: payloadSchema.optional(),
});

const CONCERNS = /^(person|employment)\./;

/**
 * Reads a delivery of Personio. It carries no data, only who it is about; where not even that can be found, it says that
 * somebody changed. https://developer.personio.de/reference/webhooks.md
 */
export function readPersonioEvent(body: unknown): Reading {
  const read = deliverySchema.safeParse(body);
  if (!read.success) return 'malformed';
  const { event_name: name, occurred_at: at, payload = {} } = read.data;
  if (!CONCERNS.test(name)) return 'ignored';
  const employeeId = personIn(name, payload);
  // `meta` may differ between deliveries of one event.
  const facts = at === undefined ? body : [name, at, employeeId ?? payload];
  const key = `personio ${hash('sha256', JSON.stringify(facts), 'base64url')}`;
  if (employeeId === null) return { key, kind: 'changed', employeeId };
  return { key, kind: name === 'person.deleted' ? 'deleted' : 'person', employeeId };
}

function personIn(name: string, payload: z.output<typeof payloadSchema>): string | null {
  const { person, employee, employment } = payload;
  const named = person?.id ?? payload.person_id ?? employment?.person?.id ?? employment?.person_id;
  // Of an employment's event the plain id is the employment's.
  const own = name.startsWith('person.') ? payload.id : undefined;
  return named ?? employee?.id ?? payload.employee_id ?? own ?? null;
}
