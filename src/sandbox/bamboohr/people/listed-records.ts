import { withDoubles } from '../../oddities.js';
import type { CompanyView } from '../parts.js';
import { type EmployeeRecord, recordsOf } from './records.js';

/** Everybody in the order of a list, some of them twice where the settings say so. */
export function listedRecords(showing: CompanyView): readonly EmployeeRecord[] {
  const { listedTwice } = showing.settings;
  const records = recordsOf(showing);
  if (Object.keys(listedTwice).length === 0) return records;
  return records.flatMap((record) =>
    withDoubles([record.person], showing.settings).map((person) => ({ ...record, person })),
  );
}
