import { type Company, findPerson, findUnit, type Person } from '../company/company.js';
import { asWritten, withOddities } from '../oddities.js';
import { isSupplied, MODELS } from './coverage.js';
import { customFields, instantOf, integrationFields } from './custom-fields.js';
import { type Group, membershipsOf } from './groups.js';
import { komboId } from './ids.js';
import type { Copied, Mirror } from './mirror.js';
import { legalEntityJson, locationJson, suppliedUnit } from './places.js';
import type { KomboSettings } from './settings.js';

/** What a row depends on besides the record. */
export interface RenderContext {
  readonly company: Company;
  readonly settings: KomboSettings;
  readonly mirror: Mirror;
  readonly groups: readonly Group[];
  /** Fields that are null for everybody in this answer. */
  readonly emptied: readonly string[];
}

const STATUSES = { onboarding: 'PENDING', active: 'ACTIVE', leave: 'LEAVE', inactive: 'INACTIVE' } as const;
const TYPES = { internal: 'FULL_TIME', external: 'CONTRACT' } as const;
const OPTIONAL = ['work_email', 'personal_email', 'gender', 'ethnicity', 'marital_status', 'employment_status'];
const MAY_BE_ABSENT: ReadonlySet<string> = new Set([...OPTIONAL, 'employment_type', 'home_address']);

/** Memberships are no columns of an employee: they leave `changed_at` alone. */
const NESTED: ReadonlySet<string> = new Set(['departmentId', 'teamId', 'costCenterIds']);

/** One employee as `/hris/employees` shows them. */
export function employeeJson(copied: Copied, rendering: RenderContext): Readonly<Record<string, unknown>> {
  const { settings, mirror, company } = rendering;
  const { gone } = copied;
  const person = asWritten(copied.person, company, settings);
  const deletedAt = gone?.at ?? (settings.everybodyDeleted ? `${company.today}T03:00:00.000Z` : null);
  const row = { ...whole(person, rendering), remote_deleted_at: deletedAt };
  if (!mirror.isEmptied(copied, settings.anonymisesAfterDays))
    return withOddities(withoutAbsent(row, settings), person.id, settings);
  const { id, remote_id, changed_at } = row;
  const emptied = Object.entries(row).map(([key, value]) => [key, Array.isArray(value) ? [] : null]);
  const mark = settings.keepsDeletionMark ? deletedAt : null;
  return { ...Object.fromEntries(emptied), id, remote_id, changed_at, remote_deleted_at: mark };
}

/** When one of the employee's own columns was last changed. */
export function changedAt(person: Person): string {
  return latest(person, (field) => !NESTED.has(field));
}

/**
 * When something changed that `updated_after` goes by: memberships too, and the records of the manager, the location and
 * the legal entity, but not those of groups.
 */
export function touchedAt(
  { person, gone }: Copied,
  { company, settings }: Pick<RenderContext, 'company' | 'settings'>,
): string {
  const manager = findPerson(company, person.supervisorId);
  const places = [findUnit(company.offices, person.officeId), findUnit(company.legalEntities, person.legalEntityId)];
  const times = [
    latest(person, () => true),
    gone?.at ?? '',
    manager === null ? '' : changedAt(manager),
    ...(settings.placesBringPeople ? places.map((place) => place?.renamedAt ?? '') : []),
  ];
  return times.sort().at(-1) ?? '';
}

function latest({ createdAt, changedAt: changes }: Person, counts: (field: string) => boolean): string {
  const times = Object.entries(changes).flatMap(([field, at]) => (counts(field) ? [at] : []));
  return instant([createdAt, ...times].sort().at(-1) ?? createdAt);
}

function instant(text: string): string {
  return new Date(text).toISOString();
}

function whole(person: Person, rendering: RenderContext) {
  const { company, settings } = rendering;
  const columns = columnsOf(person, rendering);
  const office = suppliedUnit(company.offices, person.officeId, 'work_location_id', settings);
  const entity = suppliedUnit(company.legalEntities, person.legalEntityId, 'legal_entity_id', settings);
  const groups = isSupplied('hris_teams', settings) ? membershipsOf(person, rendering.groups, company, settings) : [];
  return {
    ...columns,
    id: komboId(settings.integrationId, String(person.id)),
    remote_id: String(person.id),
    changed_at: changedAt(person),
    custom_fields: customValues(person, settings),
    integration_fields: integrationFields(company)
      .filter(({ key }) => settings.passedThrough.includes(key))
      .map(({ key, label, value }) => {
        // Any JSON. The schema of `value` allows null alone, which is a slip: a field could never be passed through.
        // https://api.kombo.dev/openapi.json
        return { id: komboId('field', key), key, type: 'CUSTOM', label, value: value(person) };
      }),
    remote_data: null,
    employments: [],
    time_off_balances: [],
    manager: columns['manager_id'] === null ? null : managerJson(person, settings, company),
    groups,
    teams: groups,
    legal_entity: entity === null ? null : legalEntityJson(entity, settings),
    work_location: office === null ? null : locationJson(office, settings, changedAt(person)),
  };
}

function columnsOf(person: Person, { settings, emptied }: RenderContext): Record<string, unknown> {
  const id = (remote: string) => komboId(settings.integrationId, remote);
  const supervisor =
    settings.managers[person.id] ?? (person.supervisorId === null ? null : id(String(person.supervisorId)));
  const word = settings.statuses[person.id];
  const values: Readonly<Record<string, unknown>> = {
    employee_number: `E-${person.id}`,
    first_name: person.firstName,
    last_name: person.lastName,
    display_full_name: `${person.preferredName ?? person.firstName} ${person.lastName}`,
    job_title: person.position,
    work_email: person.email,
    gender: person.gender?.toUpperCase() ?? null,
    employment_status: word === undefined ? STATUSES[person.status] : word,
    employment_type: TYPES[person.employmentType],
    weekly_hours: person.weeklyHours,
    work_location_id: person.officeId === null ? null : id(`location-${person.officeId}`),
    legal_entity_id: person.legalEntityId === null ? null : id(`legal_entity-${person.legalEntityId}`),
    manager_id: supervisor,
    start_date: instantOf(person.hireDate),
    termination_date: instantOf(person.terminationDate),
    remote_created_at: instant(person.createdAt),
  };
  const lost = new Set([...settings.emptied, ...emptied]);
  const shows = (key: string) => isSupplied(`hris_employees.${key}`, settings) && !lost.has(key);
  return Object.fromEntries(MODELS.hris_employees.map((key) => [key, shows(key) ? (values[key] ?? null) : null]));
}

function customValues(person: Person, settings: KomboSettings): Readonly<Record<string, unknown>> {
  const mapped = customFields(settings).filter(({ from }) => from !== null);
  return Object.fromEntries(mapped.map(({ key, value }) => [key, value(person) ?? null]));
}

function managerJson(person: Person, settings: KomboSettings, company: Company): object | null {
  const manager = findPerson(company, person.supervisorId);
  if (manager === null || settings.managers[person.id] !== undefined) return null;
  return {
    id: komboId(settings.integrationId, String(manager.id)),
    remote_id: String(manager.id),
    first_name: manager.firstName,
    last_name: manager.lastName,
    display_full_name: `${manager.firstName} ${manager.lastName}`,
    employee_number: `E-${manager.id}`,
    termination_date: instantOf(manager.terminationDate),
  };
}

function withoutAbsent<Row extends object>(row: Row, { leavesOutOptionalKeys }: KomboSettings) {
  if (!leavesOutOptionalKeys) return { ...row };
  return Object.fromEntries(Object.entries(row).filter(([key, value]) => value !== null || !MAY_BE_ABSENT.has(key)));
}
