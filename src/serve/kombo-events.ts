import { hash } from 'node:crypto';
import * as z from 'zod';
import type { Reading } from './personio-events.js';

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

/**
 * Reads a delivery of Kombo: only `data-changed` is of use, and it does not say who changed. `integration` is the one
 * that counts, or undefined for all. https://docs.kombo.dev/webhooks
 */
export function readKomboEvent(body: unknown, integration: string | undefined): Reading {
  const read = deliverySchema.safeParse(body);
  if (!read.success) return 'malformed';
  const { id, type, data } = read.data;
  if (type !== 'data-changed') return 'ignored';
  if (integration !== undefined && data?.integration_id !== integration) return 'ignored';
  const models = data?.changed_models;
  if (models !== undefined && !models.some(({ name }) => MODELS.has(name))) return 'ignored';
  return { key: `kombo ${hash('sha256', id, 'base64url')}`, kind: 'changed', employeeId: null };
}
