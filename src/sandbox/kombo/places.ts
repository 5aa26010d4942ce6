import { type Company, findUnit, type Unit } from '../company/company.js';
import { shownName } from '../oddities.js';
import { isSupplied } from './coverage.js';
import { komboId } from './ids.js';
import type { KomboSettings } from './settings.js';

/** An office as `/hris/locations` and employees show it. */
export function locationJson(
  unit: Unit,
  settings: KomboSettings,
  changedAt: string,
): Readonly<Record<string, unknown>> {
  const remote = `location-${unit.id}`;
  const isPlace = unit.name !== 'Remote';
  const address = { city: isPlace ? unit.name : null, country: null, raw: null, state: null, street_1: null };
  return {
    id: komboId(settings.integrationId, remote),
    remote_id: remote,
    name: isSupplied('hris_locations.name', settings) ? shownName(unit, settings) : null,
    address: isSupplied('hris_locations.address', settings) ? { ...address, street_2: null, zip_code: null } : null,
    type: isSupplied('hris_locations.type', settings) ? 'Office' : null,
    changed_at: changedAt,
    remote_deleted_at: null,
    remote_data: null,
  };
}

/** A legal entity as `/hris/legal-entities` shows it. */
export function legalEntityJson(unit: Unit, settings: KomboSettings): Readonly<Record<string, unknown>> {
  const remote = `legal_entity-${unit.id}`;
  return {
    id: komboId(settings.integrationId, remote),
    remote_id: remote,
    name: shownName(unit, settings),
    address: null,
  };
}

/** The unit of somebody, where the tool tells which it is. */
export function suppliedUnit(
  units: Company['offices'],
  id: number | null,
  key: 'work_location_id' | 'legal_entity_id',
  settings: KomboSettings,
): Unit | null {
  return isSupplied(`hris_employees.${key}`, settings) ? findUnit(units, id) : null;
}
