import { inParallel } from '../../../core/in-parallel.js';
import { createEmploymentsReader, type EmploymentsReader } from './ask-employments.js';
import type { PersonsClient } from './client.js';
import type { ReadOptions } from './read-options.js';
import type { Listed, PersonReader } from './record.js';
import type { UnitNames } from './unit-names.js';
import { unitIds } from './unit-values.js';

/** Completes persons, who come without their employments, by what one read needs. */
export interface Details {
  readonly employments: EmploymentsReader;
  /** Brings the employments of everybody on a page, and the names of the units in them. */
  of(page: readonly unknown[]): Promise<readonly Listed[]>;
}

export function createDetails(
  client: PersonsClient,
  reader: Pick<PersonReader, 'needsEmployments' | 'unitKinds'>,
  names: UnitNames,
  options: Pick<ReadOptions, 'concurrency' | 'sleep'>,
): Details {
  const employments = createEmploymentsReader(client, options);
  return {
    employments,
    async of(page) {
      if (!reader.needsEmployments) return page.map((person) => ({ person, employments: null }));
      const listed = await inParallel(page, options.concurrency, employments.ask);
      const units = listed.flatMap((one) =>
        reader.unitKinds.flatMap((kind) =>
          employmentsOf(one).flatMap((employment) => unitIds(employment, kind).map((id) => ({ kind, id }))),
        ),
      );
      await inParallel(units, options.concurrency, ({ kind, id }) => names.learn(kind, id));
      return listed;
    },
  };
}

/** Every employment that came of a person. */
export function employmentsOf({ employments }: Listed): readonly unknown[] {
  return employments === null || 'problem' in employments ? [] : employments.list;
}
