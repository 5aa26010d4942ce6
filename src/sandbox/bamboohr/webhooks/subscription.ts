import * as z from 'zod';
import { fieldsOf } from '../fields/catalogue.js';
import type { Field } from '../fields/field.js';
import type { CompanyView } from '../parts.js';
import type { Sight } from '../people/sight.js';
import { deliverySchema } from './settings.js';

/**
 * What a webhook is made from.
 *
 * Sources: documentation.bamboohr.com/docs/permissioned-webhooks, documentation.bamboohr.com/docs/event-based-webhooks.
 */
export const webhookSchema = deliverySchema
  .extend({ name: z.string().min(1), format: z.literal('json').default('json') })
  .strict()
  .refine(({ events }) => new Set(events.map((event) => event.split('.')[0])).size === 1, {
    path: ['events'],
    message: 'employee and employee_with_fields must not be mixed',
  })
  .refine(
    ({ events, monitorFields }) => monitorFields.length > 0 || !events.some((event) => event.endsWith('updated')),
    {
      path: ['monitorFields'],
      message: 'is required for updates',
    },
  );

/** Where deliveries go, what they are about, and the key that signs them. */
export type Delivery = z.output<typeof deliverySchema> & { readonly privateKey: string };

/** A webhook made through the API; it acts with the rights of the key's user and dies with it. */
export type Subscription = Delivery &
  z.output<typeof webhookSchema> & {
    readonly id: number;
    readonly created: string;
    readonly lastSent: string | null;
    /** The API key that made it. */
    readonly owner: string;
  };

/** The fields that can be watched. */
export function monitorable(showing: CompanyView, sight: Sight): readonly (Field & { readonly alias: string })[] {
  return fieldsOf(showing).flatMap((field) => {
    const { alias } = field;
    return alias !== null && alias !== 'id' && sight.field(alias) ? [{ ...field, alias }] : [];
  });
}

/** What a webhook looks like to its owner; the private key is shown once only. */
export function shownWebhook({ privateKey: _, owner: __, ...webhook }: Subscription): object {
  return { ...webhook, id: String(webhook.id) };
}
