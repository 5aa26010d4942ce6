import { type Filter, usesOf } from '../filter/filter.js';
import { findInEntry, findInResources } from '../filter/find-in.js';
import { matches } from '../filter/match-filter.js';
import { FilterSyntaxError, parseFilter } from '../filter/parse-filter.js';
import { refuse } from '../refusal.js';
import type { Values } from '../resource.js';
import type { Attribute } from '../schema/attribute.js';
import type { ResourceType } from '../schema/resource-type.js';
import type { ScimSettings } from '../settings.js';

/**
 * The resources that fit a filter, in the way of this portal.
 *
 * @throws Refusal `invalidFilter`
 */
export function choose(
  type: ResourceType,
  whole: readonly Values[],
  text: string | null,
  settings: ScimSettings,
): readonly Values[] {
  if (text === null) return whole;
  const filter = understood(text, settings);
  if (filter !== null) {
    const caseExact = ({ name, caseExact: exact }: Attribute) =>
      exact || (name === 'userName' && settings.userNameFilterMindsCase);
    const finderOf = findInResources(type, settings);
    return whole.filter((values) => matches(filter, finderOf(values), findInEntry, caseExact));
  }
  if (settings.otherFilters === 'refuse') throw refuse('invalidFilter', 'This filter is not supported');
  return settings.otherFilters === 'empty' ? [] : whole;
}

/** The filter, or null where the portal does not support it. */
function understood(text: string, { filterAttributes, filterOperators }: ScimSettings): Filter | null {
  if (filterAttributes?.length === 0) return null;
  try {
    const filter = parseFilter(text);
    const { paths, operators } = usesOf(filter);
    const allowed = filterAttributes?.map((path) => path.toLowerCase());
    const isSupported =
      paths.every((path) => allowed?.includes(path) ?? true) &&
      operators.every((operator) => filterOperators?.includes(operator) ?? true);
    return isSupported ? filter : null;
  } catch (error) {
    if (error instanceof FilterSyntaxError) throw refuse('invalidFilter', error.message);
    throw error;
  }
}
