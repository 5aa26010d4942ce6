import { isSupplied } from './coverage.js';
import type { ListQuery } from './list-query.js';
import type { KomboSettings } from './settings.js';

type Row = Readonly<Record<string, unknown>>;

/** Filter → what it looks at, and the field that the HR system must supply for it. */
const LOOKS_AT: Readonly<
  Record<string, { readonly texts: (row: Row) => readonly unknown[]; readonly field?: string }>
> = {
  ids: { texts: (row) => [row['id']] },
  remote_ids: { texts: (row) => [row['remote_id']] },
  employment_statuses: { texts: (row) => [row['employment_status']], field: 'employment_status' },
  employment_status: { texts: (row) => [row['employment_status']], field: 'employment_status' },
  types: { texts: (row) => [row['type'] ?? 'null'] },
  group_ids: { texts: (row) => idsIn(row['groups']) },
  legal_entity_ids: { texts: (row) => [row['legal_entity_id']], field: 'legal_entity_id' },
  work_location_ids: { texts: (row) => [row['work_location_id']], field: 'work_location_id' },
  work_emails: { texts: (row) => [lower(row['work_email'])], field: 'work_email' },
  personal_emails: { texts: (row) => [lower(row['personal_email'])], field: 'personal_email' },
};

/**
 * Whether a row passes all filters. One on a field that the HR system does not supply lets nobody pass, unless it is to
 * be ignored.
 */
export function passes(row: Row, { filters, ignoreUnsupportedFilters }: ListQuery, settings: KomboSettings): boolean {
  return [...filters].every(([name, wanted]) => {
    if (name === 'name_contains') return contains(row['name'], wanted.join(','));
    const look = LOOKS_AT[name];
    if (look === undefined) return true;
    const supported = look.field === undefined || isSupplied(`hris_employees.${look.field}`, settings);
    if (!supported) return ignoreUnsupportedFilters;
    const alternatives = name.endsWith('emails') ? wanted.map(lower) : wanted;
    return look.texts(row).some((text) => alternatives.some((one) => one === text));
  });
}

function contains(name: unknown, part: string): boolean {
  return typeof name === 'string' && name.toLowerCase().includes(part.toLowerCase());
}

function idsIn(groups: unknown): readonly unknown[] {
  return Array.isArray(groups) ? groups.map((group: unknown) => Object(group).id as unknown) : [];
}

function lower(text: unknown): unknown {
  return typeof text === 'string' ? text.toLowerCase() : text;
}
