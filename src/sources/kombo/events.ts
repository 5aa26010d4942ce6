import { hash } from 'node:crypto';
import * as z from 'zod';
import { hmacSha256, isSame } from '../../http/proof.js';
import { webhookSecretSchema } from '../../http/settings.js';
import type { EventIntake } from '../events.js';

const settings = z.strictObject({
  secret: webhookSecretSchema,
  /** The one whose changes count; without it, every integration's do. */
  integration_id: z.string().min(1).optional(),
});

/** `serve.kombo` of a config. */
type KomboEventSettings = z.output<typeof settings>;

/** Kombo signs the bytes of the body with HMAC-SHA256, in base64url. https://docs.kombo.dev/webhooks */
export const komboEvents: EventIntake<KomboEventSettings> = {
  settings,
  proof: {
    by: 'body',
    holds: ({ headers, body }, { secret }) =>
      isSame(headers.get('X-Kombo-Signature') ?? '', hmacSha256([body], secret, 'base64url')),
  },
  refusal: 'its signature was not made with serve.kombo.secret',
  read,
};

const deliverySchema = z.looseObject({
  id: z.string().min(1).max(200),
  type: z.string().max(200),
  data: z
    .looseObject({
      integration_id: z.string().optional(),
      changed_models: z.array(z.looseObject({ name: z.string() })).optional(),
    })
    .optional(),
});

/** The models of which a change may show in `/hris/employees`. */
const MODELS = new Set([
  'hris_employees',
  'hris_employments',
  'hris_join_employees_teams',
  'hris_legal_entities',
  'hris_locations',
  'hris_teams',
]);

/** Reads a delivery of Kombo: only `data-changed` is of use, and it does not say who changed. */
function read(body: unknown, { integration_id: integration }: KomboEventSettings): ReturnType<EventIntake['read']> {
  const delivery = deliverySchema.safeParse(body);
  if (!delivery.success) return 'malformed';
  const { id, type, data } = delivery.data;
  if (type !== 'data-changed') return [];
  if (integration !== undefined && data?.integration_id !== integration) return [];
  const models = data?.changed_models;
  if (models !== undefined && !models.some(({ name }) => MODELS.has(name))) return [];
  return [{ key: `kombo ${hash('sha256', id, 'base64url')}`, kind: 'changed', employeeId: null }];
}
