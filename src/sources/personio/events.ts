import { hash } from 'node:crypto';
import * as z from 'zod';
import { isSame } from '../../http/proof.js';
import { webhookSecretSchema } from '../../http/settings.js';
import type { EventIntake } from '../events.js';

const settings = z.strictObject({ token: webhookSecretSchema });

/** `serve.personio` of a config. */
export type PersonioEventSettings = z.output<typeof settings>;

/** Personio sends the token of the subscription as its Authorization header. https://developer.personio.de/reference/webhooks.md */
export const personioEvents: EventIntake<PersonioEventSettings> = {
  settings,
  proof: { by: 'headers', holds: ({ headers }, { token }) => isSame(headers.get('Authorization') ?? '', token) },
  refusal: 'its Authorization header is not serve.personio.token',
  read,
};

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
 * somebody changed.
 */
function read(body: unknown): ReturnType<EventIntake['read']> {
  const delivery = deliverySchema.safeParse(body);
  if (!delivery.success) return 'malformed';
  const { event_name: name, occurred_at: at, payload = {} } = delivery.data;
  if (!CONCERNS.test(name)) return [];
  const employeeId = personIn(name, payload);
  // `meta` may differ between deliveries of one event.
  const facts = at === undefined ? body : [name, at, employeeId ?? payload];
  const key = `personio ${hash('sha256', JSON.stringify(facts), 'base64url')}`;
  if (employeeId === null) return [{ key, kind: 'changed', employeeId }];
  return [{ key, kind: name === 'person.deleted' ? 'deleted' : 'person', employeeId }];
}

function personIn(name: string, payload: z.output<typeof payloadSchema>): string | null {
  const { person, employee, employment } = payload;
  const named = person?.id ?? payload.person_id ?? employment?.person?.id ?? employment?.person_id;
  // Of an employment's event the plain id is the employment's.
  const own = name.startsWith('person.') ? payload.id : undefined;
  return named ?? employee?.id ?? payload.employee_id ?? own ?? null;
}
