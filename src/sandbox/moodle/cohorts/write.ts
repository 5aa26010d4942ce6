import type * as z from 'zod';
import { invalidParameter, unknownRecord } from '../call/refusal.js';
import { type Leaves, list, single } from '../call/shapes.js';
import { type Call, requireCapability, webFunction, work } from '../call/web-function.js';
import type { Cohort } from '../site/cohort.js';
import { requireLength } from '../users/limits.js';
import { cohortView } from './cohort-view.js';

/** `core_cohort_create_cohorts`: all or nothing. */
export function createCohortsFunction(leaves: Leaves) {
  const shape = single({ cohorts: list(single(cohortShape(leaves))) });
  return webFunction('core_cohort_create_cohorts', 'writes', shape, async ({ cohorts }, call) => {
    const drafts: ReturnType<typeof dataOf>[] = [];
    for (const sent of cohorts) {
      const draft = dataOf(sent, call);
      // An empty idnumber counts as a value, so only one cohort can have it.
      const isTaken = [...drafts, call.site.findCohort(sent.idnumber)].some((one) => one?.idnumber === sent.idnumber);
      if (isTaken) throw invalidParameter(`record already exists, idnumber=${sent.idnumber}`);
      drafts.push(draft);
    }
    // The database has no unique key on the idnumber: two calls at once make two cohorts.
    await work(call.settings);
    return drafts.map((draft) => cohortView(call.site.addCohort(draft), call));
  });
}

/** `core_cohort_update_cohorts`: category, name and idnumber are required each time. */
export function updateCohortsFunction(leaves: Leaves) {
  const shape = single({ cohorts: list(single({ id: leaves.int, ...cohortShape(leaves) })) });
  return webFunction('core_cohort_update_cohorts', 'writes', shape, ({ cohorts }, call) => {
    const changes = cohorts.map(({ id, ...sent }) => {
      const cohort = knownCohort(id, call);
      const holder = call.site.findCohort(sent.idnumber);
      if (holder !== null && holder !== cohort)
        throw invalidParameter(`record already exists, idnumber=${sent.idnumber}`);
      return [cohort, dataOf(sent, call)] as const;
    });
    for (const [cohort, data] of changes) Object.assign(cohort, data);
    return null;
  });
}

/** `core_cohort_delete_cohorts`: all or nothing. */
export function deleteCohortsFunction({ int }: Leaves) {
  return webFunction(
    'core_cohort_delete_cohorts',
    'writes',
    single({ cohortids: list(int) }),
    ({ cohortids }, call) => {
      requireCapability(call, 'moodle/cohort:manage');
      const cohorts = cohortids.map((id) => knownCohort(id, call));
      for (const { id } of cohorts) call.site.cohorts.delete(id);
      return null;
    },
  );
}

/** @throws MoodleException `invalidrecordunknown` */
export function knownCohort(id: number, { site }: Call): Cohort {
  const cohort = site.cohorts.get(id);
  if (cohort === undefined) throw unknownRecord('cohort', id);
  return cohort;
}

function cohortShape({ text, bool, int }: Leaves) {
  return {
    // Both parts are required, though the value of `system` may be empty.
    categorytype: single({ type: text('text'), value: text('raw') }),
    name: text('raw'),
    idnumber: text('raw'),
    description: text('raw').optional(),
    descriptionformat: int.optional(),
    visible: bool.optional(),
  };
}

type SentCohort = z.output<ReturnType<typeof single<ReturnType<typeof cohortShape>>>>;

/** The data of a cohort. Checks the category first, then the capability, then the lengths. */
function dataOf({ categorytype, name, idnumber, description, visible }: SentCohort, call: Call) {
  const categoryId = placeOf(categorytype, call);
  requireCapability(call, 'moodle/cohort:manage');
  requireLength('name', name, 254);
  requireLength('idnumber', idnumber, 100);
  return {
    ...{ name, idnumber, categoryId },
    ...(description !== undefined && { description }),
    ...(visible !== undefined && { visible }),
  };
}

/** Id of the category; null for the whole site. */
function placeOf({ type, value }: SentCohort['categorytype'], { site }: Call): number | null {
  if (type === 'system') return null;
  const isHeld = (one: { readonly id: number; readonly idnumber: string }): boolean =>
    type === 'id' ? String(one.id) === value : type === 'idnumber' && one.idnumber === value;
  const category = [...site.categories.values()].find(isHeld);
  if (category === undefined) throw invalidParameter(`category not exists: ${type} = ${value}`);
  return category.id;
}
