import { inParallel } from '../../../core/in-parallel.js';
import { createEmploymentsReader } from './ask-employments.js';
import type { PersonsClient } from './client.js';
import { missingFields } from './missing.js';
import type { ReadOptions } from './read-options.js';
import type { PersonReader } from './record.js';
import type { UnitNames } from './unit-names.js';
import { unitIds } from './unit-values.js';

/** What is looked for, and with what. */
interface Looking {
  readonly fields: readonly string[];
  readonly names: Pick<UnitNames, 'learn'>;
  readonly reader: PersonReader;
  readonly options: ReadOptions;
}

/**
 * Reads the employments of people until every needed field has stood on somebody: v2 does not list what these credentials
 * may read.
 */
export async function lookAtEmployments(
  client: PersonsClient,
  sample: readonly unknown[],
  looking: Looking,
): Promise<void> {
  const { fields, names, reader, options } = looking;
  if (!reader.needsEmployments) return;
  const employments = createEmploymentsReader(client, options);
  for (let from = 0; from < sample.length; from += options.concurrency) {
    if (missingFields(fields, reader.presentFields, options.mayBeEmpty).lost.length === 0) return;
    const some = sample.slice(from, from + options.concurrency);
    for (const listed of await inParallel(some, options.concurrency, employments.ask)) {
      if (listed.employments === null || 'problem' in listed.employments) continue;
      for (const kind of reader.unitKinds) {
        const ids = listed.employments.list.flatMap((employment) => unitIds(employment, kind));
        await inParallel(ids, options.concurrency, (id) => names.learn(kind, id));
      }
      reader.read(listed);
    }
  }
}
