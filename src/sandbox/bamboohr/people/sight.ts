import type { StruckDataFault } from '../../faults/fault.js';
import type { ApiKey } from '../settings.js';
import type { EmployeeRecord } from './records.js';

/** What a key may see: that of its user, and no more. */
export interface Sight {
  field(alias: string | null): boolean;
  person(record: EmployeeRecord): boolean;
}

/** @param faults of the request; a lost attribute is a field that may not be seen any more */
export function sightOf(key: ApiKey, faults: readonly StruckDataFault[] = []): Sight {
  const lost = faults.flatMap((fault) => (fault.kind === 'lost_attribute' ? fault.attributes : []));
  const hiddenFields = new Set([...key.hiddenFields, ...lost]);
  const hiddenPeople = new Set(key.hiddenPeople);
  return {
    field: (alias) => alias === 'id' || alias === null || !hiddenFields.has(alias),
    person: ({ id, person }) => !hiddenPeople.has(id) && (key.seesInactive || person.status !== 'inactive'),
  };
}
