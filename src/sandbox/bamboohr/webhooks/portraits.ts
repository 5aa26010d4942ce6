import { fieldsOf } from '../fields/catalogue.js';
import type { CompanyView } from '../parts.js';
import { type EmployeeRecord, recordsOf } from '../people/records.js';
import { show } from '../people/standing.js';

/** One thing that happened to one employee, in the words of the events. */
export interface CompanyChange {
  readonly action: 'created' | 'updated' | 'deleted';
  readonly record: EmployeeRecord;
  /** Aliases; empty for a deletion. */
  readonly changedFields: readonly string[];
}

/** The values of a record by key, as text. */
interface Portrait {
  readonly record: EmployeeRecord;
  readonly values: ReadonlyMap<string, string>;
}

export type Portraits = ReadonlyMap<number, Portrait>;

/** Everybody as they are effective today, for comparing later. */
export function portraitsOf(showing: CompanyView): Portraits {
  return new Map(recordsOf(showing).map((record) => [record.id, portraitOf(record, showing)]));
}

/**
 * What happened between two looks. A new employee is created and then updated, with the custom fields in an event of their
 * own. Future rows count on their day; renaming a department counts for no employee.
 *
 * Source: documentation.bamboohr.com/docs/event-based-webhooks.
 */
export function happeningsBetween(before: Portraits, after: Portraits, showing: CompanyView): readonly CompanyChange[] {
  const fields = fieldsOf(showing);
  const aliases = (isCustom: boolean, changed: (key: string) => boolean) =>
    fields.flatMap((field) =>
      field.alias !== null && field.isCustom === isCustom && field.keys.some(changed) ? field.alias : [],
    );
  const happenings = [...after].flatMap(([id, { record, values }]): CompanyChange[] => {
    const old = before.get(id)?.values;
    const isChanged = (key: string) => (values.get(key) ?? 'null') !== (old?.get(key) ?? 'null');
    const parts = [aliases(false, isChanged), aliases(true, isChanged)].filter((part) => part.length > 0);
    const created: CompanyChange[] =
      old === undefined ? [{ action: 'created', record, changedFields: parts.flat() }] : [];
    return [...created, ...parts.map((changedFields): CompanyChange => ({ action: 'updated', record, changedFields }))];
  });
  const deleted = [...before].filter(([id]) => !after.has(id));
  return [
    ...happenings,
    ...deleted.map(([, { record }]): CompanyChange => ({ action: 'deleted', record, changedFields: [] })),
  ];
}

function portraitOf(record: EmployeeRecord, showing: CompanyView): Portrait {
  const { person, status, employmentStatus, originalHireDate } = show(record, showing, true);
  const { changedAt: _, custom, ...profile } = person;
  const all = Object.entries({ ...profile, ...custom, status, employmentStatus, originalHireDate });
  return { record, values: new Map(all.map(([key, value]) => [key, JSON.stringify(value)])) };
}
