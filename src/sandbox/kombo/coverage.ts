import type { KomboSettings } from './settings.js';

/** Fields by model, as the dashboard and `read_models` list them. */
export const MODELS = {
  hris_employees: [
    ...['employee_number', 'first_name', 'last_name', 'nationality', 'display_full_name', 'job_title', 'work_email'],
    ...['personal_email', 'mobile_phone_number', 'ssn', 'tax_id', 'gender', 'ethnicity', 'marital_status'],
    ...['employment_status', 'employment_type', 'weekly_hours', 'avatar', 'work_location_id', 'legal_entity_id'],
    ...['manager_id', 'home_address', 'bank_accounts', 'date_of_birth', 'start_date', 'termination_date'],
    'remote_created_at',
  ],
  hris_teams: ['name', 'type', 'parent_id'],
  hris_locations: ['name', 'address', 'type'],
  hris_legal_entities: ['name', 'address'],
  hris_absences: ['start_date', 'end_date', 'type_id'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ModelId = keyof typeof MODELS;

const PRIVATE = ['nationality', 'ssn', 'gender', 'ethnicity', 'marital_status', 'home_address', 'date_of_birth'];
const NAMES = ['first_name', 'last_name', 'display_full_name', 'work_email', 'personal_email', 'mobile_phone_number'];
const of = (model: ModelId, fields: readonly string[]) => fields.map((field) => `${model}.${field}`);

/**
 * What a connector does not supply: models, and fields of models.
 *
 * Sources: docs.kombo.dev/hris/connectors/workday, docs.kombo.dev/hris/connectors/workdaycustomreport,
 * docs.kombo.dev/hris/connectors/workdaycustomreportsftp. Of the other two little is known.
 */
const UNSUPPORTED: Readonly<Record<KomboSettings['tool'], readonly string[]>> = {
  workday: [
    ...of('hris_employees', ['bank_accounts', 'avatar', 'tax_id', 'remote_created_at']),
    'hris_legal_entities.address',
  ],
  workdaycustomreport: [
    ...of('hris_employees', ['display_full_name', 'weekly_hours', 'avatar', 'tax_id', 'remote_created_at']),
    ...of('hris_locations', ['name', 'type']),
  ],
  workdaycustomreportsftp: [
    ...of('hris_employees', [...NAMES, ...PRIVATE, 'legal_entity_id', 'weekly_hours', 'bank_accounts']),
    ...of('hris_employees', ['avatar', 'tax_id', 'remote_created_at']),
    ...of('hris_locations', ['name', 'type']),
    'hris_teams.parent_id',
    'hris_legal_entities',
    'hris_absences',
  ],
  personio: [],
  hibob: [],
};

/** Connectors of which it is not documented whether they supply groups. */
const UNKNOWN_GROUPS: ReadonlySet<string> = new Set(['workday', 'workdaycustomreport']);

/** What is said of a model or field. */
export interface Coverage {
  readonly is_available: boolean;
  readonly coverage_status: 'SUPPORTED' | 'UNSUPPORTED' | 'UNKNOWN';
  readonly scope_config_setting: 'ENABLED' | 'OPTIONAL' | 'DISABLED';
  readonly opted_out_by_customer: boolean;
}

/** Looks up a model (`hris_teams`) or one of its fields (`hris_teams.name`). */
export function coverageOf(name: string, settings: KomboSettings): Coverage {
  const [model = name] = name.split('.');
  const names = [model, name];
  const supported = !names.some((one) => UNSUPPORTED[settings.tool].includes(one));
  const disabled = names.some((one) => settings.disabled.includes(one));
  const optedOut = names.some((one) => settings.optedOut.includes(one));
  const unknown = model === 'hris_teams' && UNKNOWN_GROUPS.has(settings.tool);
  return {
    is_available: supported && !disabled && !optedOut,
    coverage_status: !supported ? 'UNSUPPORTED' : unknown ? 'UNKNOWN' : 'SUPPORTED',
    scope_config_setting: disabled ? 'DISABLED' : optedOut ? 'OPTIONAL' : 'ENABLED',
    opted_out_by_customer: optedOut,
  };
}

/** Whether values of it come at all. */
export function isSupplied(name: string, settings: KomboSettings): boolean {
  return coverageOf(name, settings).is_available;
}
