import { codingError, invalidParameter } from '../call/refusal.js';
import { type Leaves, list, single } from '../call/shapes.js';
import { type Call, requireCapability, webFunction } from '../call/web-function.js';
import type { Cohort } from '../site/cohort.js';
import { cohortView } from './cohort-view.js';
import { knownCohort } from './write.js';

/** `core_cohort_get_cohorts`: the cohorts with the given ids, or all. */
export function cohortsFunction({ int }: Leaves) {
  const shape = single({ cohortids: list(int).optional() });
  return webFunction('core_cohort_get_cohorts', 'reads', shape, ({ cohortids }, call) => {
    const cohorts = [...call.site.cohorts.values()].filter(({ id }) => cohortids?.includes(id) ?? true);
    // Moodle checks the capability for each cohort, so with no cohort there is no refusal.
    if (cohorts.length > 0) requireView(call);
    return cohorts.map((cohort) => cohortView(cohort, call));
  });
}

/** `core_cohort_search_cohorts`: finds a part of a name, idnumber or description. The only call with pages. */
export function searchCohortsFunction({ text, int }: Leaves) {
  const shape = single({
    query: text('raw'),
    context: single({ contextid: int.optional(), contextlevel: text('alpha').optional(), instanceid: int.optional() }),
    includes: text('alpha').optional(),
    limitfrom: int.optional(),
    limitnum: int.optional(),
  });
  return webFunction('core_cohort_search_cohorts', 'reads', shape, (sent, call) => {
    const { query, context, includes = 'parents', limitfrom = 0, limitnum = 25 } = sent;
    const isSystem = context.contextlevel === 'system' && (context.instanceid ?? 0) === 0;
    if (!isSystem && context.contextid !== 1) throw invalidParameter('only the context of the whole site is known');
    if (!['self', 'parents', 'all'].includes(includes)) throw codingError(`Invalid parameter: includes ${includes}`);
    requireView(call);
    const folded = query.toLowerCase();
    const fits = ({ name, idnumber, description }: Cohort): boolean =>
      [name, idnumber, description].some((text) => text.toLowerCase().includes(folded));
    const cohorts = [...call.site.cohorts.values()]
      .filter((cohort) => fits(cohort) && (cohort.categoryId === null || includes === 'all'))
      .toSorted((one, other) => one.name.localeCompare(other.name) || one.id - other.id);
    const page = limitnum === 0 ? cohorts.slice(limitfrom) : cohorts.slice(limitfrom, limitfrom + limitnum);
    return { cohorts: page.map((cohort) => cohortView(cohort, call)) };
  });
}

/** `core_cohort_get_cohort_members`: user ids ordered by last name. One unknown cohort refuses the call. */
export function cohortMembersFunction({ int }: Leaves) {
  const shape = single({ cohortids: list(int) });
  return webFunction('core_cohort_get_cohort_members', 'reads', shape, ({ cohortids }, call) =>
    cohortids.map((cohortid) => {
      const { members } = knownCohort(cohortid, call);
      requireView(call);
      const users = [...members].flatMap((id) => call.site.users.get(id) ?? []);
      const sorted = users.toSorted((one, other) => one.lastname.localeCompare(other.lastname) || one.id - other.id);
      return { cohortid, userids: sorted.map(({ id }) => id) };
    }),
  );
}

function requireView(call: Call): void {
  requireCapability(call, 'moodle/cohort:manage', 'moodle/cohort:view');
}
