import { entryOf, isNothing, readPlain, textOfId } from '../value.js';
import { type Found, idAt, made, notUnderstood } from './found.js';
import type { UnitNames } from './unit-names.js';
import type { UnitKind } from './unit-routes.js';

/** Where an employment names what it belongs to: one object, or entries of a list that says of each what it is. */
const KEYS: Readonly<Record<UnitKind, { readonly key: string; readonly isList: boolean }>> = {
  department: { key: 'org_units', isList: true },
  team: { key: 'org_units', isList: true },
  subcompany: { key: 'legal_entity', isList: false },
  office: { key: 'office', isList: false },
  cost_centers: { key: 'cost_centers', isList: true },
};

/** The ids of the units of one kind that an employment belongs to; empty also where they cannot be understood. */
export function unitIds(employment: unknown, kind: UnitKind): readonly string[] {
  const ids = idsOn(employment, kind);
  return typeof ids === 'string' || ids === undefined ? [] : ids;
}

/** The name of the unit of one kind that an employment belongs to, or the names. */
export function unitValue(employment: unknown, kind: UnitKind, names: Pick<UnitNames, 'nameOf'>): Found {
  const ids = idsOn(employment, kind);
  if (ids === undefined) return 'absent';
  if (typeof ids === 'string') return notUnderstood(KEYS[kind].key, null);
  // Departments and teams share a list: that it is empty does not tell which of the two may be read.
  if (ids.length === 0 && KEYS[kind].key === 'org_units') return 'none';
  const found = ids.map((id) => names.nameOf(kind, id));
  return found.includes(null) ? 'nameless' : made(kind, found, readPlain(found, undefined));
}

function idsOn(employment: unknown, kind: UnitKind): readonly string[] | 'odd' | undefined {
  const { key, isList } = KEYS[kind];
  const entry = entryOf(employment, key);
  if (entry === undefined) return undefined;
  if (isNothing(entry)) return [];
  if (!isList) {
    const id = idAt(employment, key);
    return typeof id === 'object' && 'value' in id && typeof id.value === 'string' ? [id.value] : 'odd';
  }
  if (!Array.isArray(entry)) return 'odd';
  const ofKind = entry.filter((one) => key !== 'org_units' || isOfType(one, kind));
  const ids = ofKind.map((one) => textOfId(entryOf(one, 'id'))).filter((id) => id !== undefined);
  return ids.length === ofKind.length ? ids : 'odd';
}

function isOfType(unit: unknown, kind: UnitKind): boolean {
  const type = entryOf(unit, 'type');
  return typeof type === 'string' && type.trim().toLowerCase() === kind;
}
