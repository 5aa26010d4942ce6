import { HrsyncError } from '../../errors.js';
import { StatusError } from '../../http/errors.js';
import type { KomboClient } from './client.js';
import type { CustomField, Integration, IntegrationField, SuppliedModel } from './schema.js';
import { type Need, NOT_IN_KOMBO, UNIFIED } from './unified.js';

/** Everything that one integration supplies. The lists of its own fields are null where nobody asked for them. */
export interface Offer {
  readonly integration: Integration;
  readonly customFields: readonly CustomField[] | null;
  readonly integrationFields: readonly IntegrationField[] | null;
}

/** Why a field does not come. */
export type Withheld =
  | 'not_in_kombo'
  | 'unknown_key'
  | 'unsupported'
  | 'disabled'
  | 'opted_out'
  | 'unavailable'
  | 'unmapped'
  | 'not_passed_through';

/** Whether a field comes. `key`: what Kombo calls it. */
export type Supply =
  | { readonly state: 'supplied' | 'unknown'; readonly key: string }
  | { readonly state: 'withheld'; readonly key: string; readonly because: Withheld };

/** Kombo's names for its models, in `read_models`; groups go by their former name. */
const MODELS: Readonly<Record<Need['model'], readonly string[]>> = {
  employees: ['hris_employees'],
  groups: ['hris_teams', 'hris_groups'],
  locations: ['hris_locations'],
  legal_entities: ['hris_legal_entities'],
};

/** Asks Kombo what it supplies; for the integration's own fields only where some HR field is none of Kombo's. */
export async function askOffer(client: KomboClient, fields: readonly string[] | 'all'): Promise<Offer> {
  const integration = await client.integration();
  const asksOwn = fields === 'all' || fields.some((field) => !UNIFIED.has(field) && !NOT_IN_KOMBO.has(field));
  if (!asksOwn) return { integration, customFields: null, integrationFields: null };
  const customFields = await client.customFields();
  // Where this list is not to be had, the custom fields may be all that is asked for.
  const integrationFields = await client.integrationFields().catch((error: unknown) => {
    if (isNotFound(error) || (error instanceof HrsyncError && isNotFound(error.cause))) return null;
    throw error;
  });
  return { integration, customFields, integrationFields };
}

function isNotFound(error: unknown): boolean {
  return error instanceof StatusError && error.status === 404;
}

/** Whether an HR field comes with the employees of an integration. */
export function supplyOf(field: string, offer: Offer): Supply {
  const unified = UNIFIED.get(field);
  if (unified === undefined) return ownSupply(field, offer);
  const ways = unified.ways.map((way) =>
    worst(
      way.map((need) => supplyOfNeed(need, offer.integration)),
      field,
    ),
  );
  return (
    ways.find(({ state }) => state === 'supplied') ??
    ways.find(({ state }) => state === 'unknown') ??
    ways[0] ?? { state: 'unknown', key: field }
  );
}

/** Whether a custom or integration field is one of employees, as far as Kombo says of what it is one. */
export function isOfEmployees({ model }: Pick<CustomField, 'model'>): boolean {
  return !model || /employees?$/i.test(model);
}

function ownSupply(key: string, { customFields, integrationFields }: Offer): Supply {
  if (NOT_IN_KOMBO.has(key)) return { state: 'withheld', key, because: 'not_in_kombo' };
  const isNamed = (field: CustomField | IntegrationField) => field.key === key && isOfEmployees(field);
  const custom = customFields?.find(isNamed);
  if (custom) {
    const { integration_field: mapped } = custom;
    return mapped ? { state: 'supplied', key } : { state: 'withheld', key, because: 'unmapped' };
  }
  const integrationField = integrationFields?.find(isNamed);
  if (integrationField === undefined) return { state: 'withheld', key, because: 'unknown_key' };
  const { is_passthrough_enabled: passes } = integrationField;
  if (passes === false) return { state: 'withheld', key, because: 'not_passed_through' };
  return { state: passes ? 'supplied' : 'unknown', key };
}

function worst(supplies: readonly Supply[], field: string): Supply {
  return (
    supplies.find(({ state }) => state === 'withheld') ??
    supplies.find(({ state }) => state === 'unknown') ??
    supplies[0] ?? { state: 'supplied', key: field }
  );
}

function supplyOfNeed({ model, field }: Need, { read_models: models }: Integration): Supply {
  const found = models.find(({ id }) => MODELS[model].includes(id));
  const key = model === 'employees' ? field : `${model}.${field}`;
  if (found === undefined) return { state: 'unknown', key };
  const whole = judged(found, key);
  if (whole.state === 'withheld') return whole;
  const part = found.fields.find(({ id }) => id === field || id.endsWith(`.${field}`));
  return part === undefined ? { state: 'unknown', key } : judged(part, key);
}

// Kombo tells of the tool, of the scope that we chose, of what the customer allowed, and of all three at once.
function judged(said: Omit<SuppliedModel, 'fields'>, key: string): Supply {
  const because = refusalIn(said);
  if (because !== null) return { state: 'withheld', key, because };
  const isTold = said.is_available === true && said.coverage_status !== 'UNKNOWN';
  return { state: isTold ? 'supplied' : 'unknown', key };
}

function refusalIn(said: Omit<SuppliedModel, 'fields'>): Withheld | null {
  if (said.opted_out_by_customer) return 'opted_out';
  if (said.scope_config_setting === 'DISABLED') return 'disabled';
  if (said.coverage_status === 'UNSUPPORTED' || said.coverage_status === 'NOT_IMPLEMENTED') return 'unsupported';
  return said.is_available === false ? 'unavailable' : null;
}
