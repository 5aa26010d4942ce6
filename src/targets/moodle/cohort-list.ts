import { protector } from '../../core/protect.js';
import { RequestError } from '../../errors.js';
import { askOnce, askOnceEach } from '../kit/ask-once.js';
import { RejectedError } from '../kit/rejected.js';
import type { MoodleClient } from './client.js';
import { Refusal } from './errors.js';

/** The cohorts of a site by their id numbers, listed at the first need; those that are missing are made. */
export interface CohortList {
  isOwned(idnumber: string): boolean;
  /** The ids of the cohorts with this id number; none where there is none. */
  idsOf(idnumber: string): Promise<readonly string[]>;
  /** The id number of each owned cohort, by its id. */
  owned(): Promise<ReadonlyMap<string, string>>;
  /**
   * The id of an owned cohort, which is made where it is missing.
   *
   * @throws RejectedError for a cohort that is not owned, that there is twice, or that Moodle refuses
   */
  take(idnumber: string): Promise<string>;
}

/** @param patterns id numbers of owned cohorts; `*` stands for anything */
export function createCohortList(
  client: Pick<MoodleClient, 'cohorts' | 'createCohort'>,
  patterns: readonly string[],
): CohortList {
  const fits = protector(patterns);
  const isOwned = (idnumber: string) => fits([idnumber]);
  const list = askOnce(read);
  const makeOnce = askOnceEach(make);

  async function read(): Promise<Map<string, readonly string[]>> {
    const ids = new Map<string, readonly string[]>();
    for (const { id, idnumber } of await client.cohorts()) {
      if (idnumber) ids.set(idnumber, [...(ids.get(idnumber) ?? []), id]);
    }
    return ids;
  }

  // Two cohorts may bear one id number, so one whose making is unclear is looked for before another is made.
  async function make(idnumber: string): Promise<string> {
    try {
      const id = await client.createCohort(idnumber);
      (await list()).set(idnumber, [id]);
      return id;
    } catch (error) {
      list.forget();
      const isUnclear = error instanceof RequestError && error.mayHaveHappened;
      if (!isUnclear && !(error instanceof Refusal)) throw error;
      const [id] = (await list()).get(idnumber) ?? [];
      if (id !== undefined) return id;
      if (!(error instanceof Refusal)) throw error;
      const detail = `cohort "${idnumber}" could not be made (${error.code})`;
      throw new RejectedError('unknown_reference', detail, { cause: error });
    }
  }

  return {
    isOwned,
    idsOf: async (idnumber) => (await list()).get(idnumber) ?? [],
    async owned() {
      const all = [...(await list())].filter(([idnumber]) => isOwned(idnumber));
      return new Map(all.flatMap(([idnumber, ids]) => ids.map((id) => [id, idnumber] as const)));
    },
    async take(idnumber) {
      if (!isOwned(idnumber))
        throw new RejectedError('invalid_value', `cohort "${idnumber}" is not among owned_cohorts`);
      const [id, other] = (await list()).get(idnumber) ?? [];
      if (other === undefined) return id ?? makeOnce(idnumber);
      const detail = `several cohorts have the id number "${idnumber}": delete all but one`;
      throw new RejectedError('unknown_reference', detail);
    },
  };
}
