import { PermissionError } from '../../../errors.js';
import { TITLE } from '../failure.js';
import { keyOf, NAMING_FIELDS } from '../names.js';
import { placeOf } from './attributes.js';
import type { UnitNames } from './unit-names.js';
import { UNIT_ROUTES } from './unit-routes.js';

/** The needed HR fields that came with nobody: those that may, and those that look like a lost permission. */
export function missingFields(
  needed: readonly string[],
  present: ReadonlySet<string>,
  mayBeEmpty: readonly string[],
): { readonly empty: readonly string[]; readonly lost: readonly string[] } {
  const missing = [...new Set(needed)].filter((field) => !present.has(field));
  const mayBe = new Set(mayBeEmpty.map(keyOf));
  return {
    empty: missing.filter((field) => mayBe.has(keyOf(field))),
    lost: missing.filter((field) => !mayBe.has(keyOf(field))),
  };
}

/** What v2 leaves of a person whose attributes may not be read. */
const BARE_KEYS: ReadonlySet<string> = new Set(['id', 'employments', '_meta', 'status', 'created_at', 'updated_at']);

/**
 * Refuses a page on which nobody has anything but an id: so a person looks to credentials that may read no attribute.
 *
 * @throws PermissionError
 */
export function refuseBarePersons(page: readonly unknown[], needed: readonly string[]): void {
  const keys = [...NAMING_FIELDS, ...needed].map(keyOf).filter((key) => key !== 'id' && placeOf(key).on === 'person');
  const isBare = (person: unknown) =>
    typeof person === 'object' && person !== null && Object.keys(person).every((key) => BARE_KEYS.has(key));
  if (page.length === 0 || !page.every(isBare)) return;
  throw new PermissionError(TITLE, [...new Set(keys)], 'persons come with their ids alone');
}

/**
 * Refuses names of units that are missing altogether, and tells of single ones.
 *
 * @throws PermissionError when a kind of unit was asked for and none of it has a name
 */
export function noticesOfUnnamed(names: UnitNames): readonly string[] {
  for (const { kind } of names.unnamed) {
    if (names.hasNamed(kind)) continue;
    throw new PermissionError(TITLE, [kind], `no ${UNIT_ROUTES[kind].word} has a name that these credentials may read`);
  }
  return names.unnamed.map(({ kind, id }) => {
    const word = UNIT_ROUTES[kind].word;
    return `Personio does not name the ${word} ${id}: the ${word} of whoever belongs to it is left as it is`;
  });
}
