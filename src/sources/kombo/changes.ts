import { batchesOf } from '../../core/batches.js';
import type { Filters, KomboClient, UnitList } from './client.js';
import type { GroupTree } from './groups.js';
import { OF_GROUPS } from './read.js';

/** What people belong to: which HR fields show it, and the filter of employees for it. */
const UNITS: readonly { readonly list: UnitList; readonly filter: string; isShownBy(field: string): boolean }[] = [
  { list: 'groups', filter: 'group_ids', isShownBy: (field) => OF_GROUPS.has(field) },
  { list: 'locations', filter: 'work_location_ids', isShownBy: (field) => field.startsWith('work_location') },
  { list: 'legal-entities', filter: 'legal_entity_ids', isShownBy: (field) => field === 'legal_entity' },
];

/** How long a list of ids may be is not documented: so many make an address of about 1,300 characters. */
export const IDS_PER_REQUEST = 50;

/**
 * The filters that between them bring whoever changed after an instant. A renamed group does not bring back its members,
 * so they are asked for by their group; that locations and legal entities do is documented, and not relied upon.
 * https://docs.kombo.dev/hris/implementation-guide/reading-employees
 */
export async function filtersForChanged(
  client: KomboClient,
  { fields, groups, after }: { readonly fields: readonly string[]; readonly groups: GroupTree; readonly after: string },
): Promise<readonly Filters[]> {
  const filters: Filters[] = [{ updated_after: after }];
  for (const { list, filter, isShownBy } of UNITS) {
    if (!fields.some(isShownBy)) continue;
    const changed = await client.changedUnits(list, after);
    filters.push(...filtersForIds(filter, list === 'groups' ? groups.withThoseBelow(changed) : changed));
  }
  return filters;
}

/** Filters by one list of ids, which is taken in parts. */
export function filtersForIds(filter: string, ids: readonly string[]): readonly Filters[] {
  // A comma would make two ids of one.
  const whole = ids.filter((id) => /^[^,\s]+$/.test(id));
  return [...batchesOf(whole, IDS_PER_REQUEST)].map((part) => ({ [filter]: part.join(',') }));
}
