import type { Company } from '../company/company.js';
import type { StruckDataFault } from '../faults/fault.js';
import { coverageOf, MODELS } from './coverage.js';
import { customFields, integrationFields } from './custom-fields.js';
import { komboId } from './ids.js';
import type { KomboSettings } from './settings.js';

const LABELS: Readonly<Record<KomboSettings['tool'], string>> = {
  workday: 'Workday',
  workdaycustomreport: 'Workday Custom Report',
  workdaycustomreportsftp: 'Workday Custom Report (SFTP)',
  personio: 'Personio',
  hibob: 'HiBob',
};

/** The integration as `GET /integrations/{id}` shows it. */
export function integrationJson(settings: KomboSettings, faults: readonly StruckDataFault[]): object {
  const lost = faults.flatMap((fault) => (fault.kind === 'lost_attribute' ? fault.attributes : []));
  const optedOut = [...settings.optedOut, ...lost.map((field) => `hris_employees.${field}`)];
  const label = LABELS[settings.tool];
  const icon = `https://storage.example/${settings.tool}.svg`;
  return {
    id: settings.integrationId,
    tool: { id: settings.tool, label, internal_label: null, logo_url: icon, icon_url: icon },
    category: settings.category,
    status: settings.status,
    setup_status: settings.setupStatus,
    end_user: { organization_name: 'Acme', creator_email: null, origin_id: null },
    scope_config: { id: komboId('scope', 'default'), name: 'Default' },
    data_expired_at: settings.dataExpiredAt,
    created_at: '2025-01-15T09:30:00.000Z',
    beta: settings.tool.startsWith('workdaycustomreport'),
    read_models: settings.tellsCoverage ? modelsOf({ ...settings, optedOut }) : [],
    write_actions: [],
  };
}

/** Every custom field, mapped here or not. */
export function customFieldRows(settings: KomboSettings): readonly Readonly<Record<string, unknown>>[] {
  return customFields(settings).map(({ key, label, from }) => ({
    id: komboId('custom', key),
    key,
    label,
    description: null,
    model: 'hris_employees',
    integration_field: from === null ? null : { id: komboId('field', from), key: from, type: 'CUSTOM', label: null },
  }));
}

/** Every field of the HR system that could be passed through. */
export function integrationFieldRows(
  settings: KomboSettings,
  company: Company,
): readonly Readonly<Record<string, unknown>>[] {
  return integrationFields(company).map(({ key, label }) => ({
    id: komboId('field', key),
    key,
    model: 'hris_employees',
    type: 'CUSTOM',
    label,
    is_passthrough_enabled: settings.passedThrough.includes(key),
    is_writable: false,
  }));
}

function modelsOf(settings: KomboSettings): readonly object[] {
  return Object.entries(MODELS).map(([id, fields]) => ({
    id,
    label: labelOf(id.replace(/^hris_/, '')),
    ...coverageOf(id, settings),
    fields: fields.map((field) => ({ id: field, ...coverageOf(`${id}.${field}`, settings) })),
  }));
}

function labelOf(name: string): string {
  return name.replaceAll('_', ' ');
}
