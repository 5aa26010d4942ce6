import { EXTERNAL_ID, type Snapshot, UNKNOWN } from '../../core/account.js';
import { emailKey } from '../../core/email.js';
import type { Employee } from '../../core/employee.js';
import { compileMapping, type MappedField, type Mapping } from '../../core/mapping.js';
import { canonical, isEmpty, textFrom, type Value } from '../../core/value.js';
import { UsageError } from '../../errors.js';

/** How the two sides of a rekey are compared: what the LMS acknowledged of a field, and what HR would have it hold now. */
export interface Comparison {
  /** The value of somebody who is remembered, or null where the LMS acknowledged none. */
  remembered(snapshot: Pick<Snapshot, 'fields' | 'email'>): string | null;
  /** The values of somebody whom HR shows. */
  shown(employee: Employee): readonly string[];
}

/**
 * Compares people by an HR field that the mapping or `employees.key` writes, or by an LMS field of the mapping. The state
 * keeps no HR record, so what it knows of an HR field is what the LMS acknowledged of the fields made from it.
 *
 * @param fields the LMS fields that the mapping may name
 * @throws UsageError where nothing is written from that field
 */
export function comparedBy(by: string, mapping: Mapping, fields: readonly MappedField[]): Comparison {
  const rules = mapping.rules.filter(({ field, from }) => field === by || from.includes(by));
  const readers = rules.map((rule) => ({ field: rule.field, made: compileMapping([rule], fields) }));
  if (by === mapping.key || by === EXTERNAL_ID)
    readers.push({ field: EXTERNAL_ID, made: compileMapping([], fields, mapping.key) });
  if (readers.length === 0) throw new UsageError(sayUnknown(by, mapping));
  return {
    remembered({ fields: held, email }) {
      for (const { field } of readers) {
        const value = textOf(field, field === 'email' ? email : held[field]);
        if (value !== null) return value;
      }
      return null;
    },
    shown: (employee) =>
      readers.flatMap(({ field, made }) => {
        const applied = made.apply(employee);
        return 'skip' in applied ? [] : (textOf(field, applied.fields[field]) ?? []);
      }),
  };
}

/** An e-mail address as a value to compare, beside those of other fields. */
export function emailValue(email: string | null): string | null {
  return textOf('email', email);
}

function textOf(field: string, value: Value | undefined): string | null {
  if (isEmpty(value) || value === UNKNOWN) return null;
  return field === 'email' ? `email ${emailKey(textFrom(value))}` : `${field} ${canonical(value)}`;
}

function sayUnknown(by: string, { rules, key }: Mapping): string {
  const known = [...new Set([...rules.flatMap(({ from }) => from), key])].filter((name) => name !== 'manager');
  return `the LMS was sent nothing of ${by}, so the state has nothing to compare: choose a field that tells people apart out of ${known.join(', ')}`;
}
