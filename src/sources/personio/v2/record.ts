import type { Employee } from '../../../core/employee.js';
import { emptyFields } from '../../../core/value.js';
import type { SourceRecord } from '../../source.js';
import { keyOf, NAMING_FIELDS } from '../names.js';
import { entryOf, textOfId } from '../value.js';
import { placeOf, type Subject } from './attributes.js';
import { chooseEmployment } from './employments.js';
import type { UnitNames } from './unit-names.js';
import { UNIT_KINDS, type UnitKind } from './unit-routes.js';

/** A person of a page, and what came of asking for their employments; null where nobody needs those. */
export interface Listed {
  readonly person: unknown;
  readonly employments: { readonly list: readonly unknown[] } | { readonly problem: string } | null;
}

/** Translates the records of one read, and notes which of its HR fields stood on at least one of them. */
export interface PersonReader {
  /** A needed attribute that is not understood makes a record unreadable; no record ever throws. */
  read(listed: Listed): SourceRecord;
  readonly presentFields: ReadonlySet<string>;
  /** The person on whom each needed field stood first, by their id. */
  readonly witnesses: ReadonlyMap<string, readonly string[]>;
  readonly needsEmployments: boolean;
  readonly unitKinds: readonly UnitKind[];
}

/** Readies a reader for the HR fields that are needed; what lies behind no such field is never looked at. */
export function createPersonReader(
  fields: readonly string[],
  absentValue: 'empty' | 'keep',
  names: Pick<UnitNames, 'nameOf'>,
): PersonReader {
  const steps = [...new Set([...NAMING_FIELDS, ...fields])]
    .filter((field) => field !== 'id')
    .map((field) => ({ field, needed: fields.includes(field), ...placeOf(keyOf(field)) }));
  const presentFields = new Set<string>();
  const witnesses = new Map<string, string[]>();
  const witness = (id: string, field: string): void => {
    const own = witnesses.get(id) ?? [];
    witnesses.set(id, [...own, field]);
  };

  const fill = (id: string, values: Record<string, Employee['fields'][string]>, subject: Subject): string | null => {
    let problem: string | null = null;
    for (const { field, needed, on, read } of steps) {
      if (on === 'employment' && subject.employment === undefined) continue;
      const found = read(subject);
      if (found !== 'absent') {
        if (needed && !presentFields.has(field)) witness(id, field);
        presentFields.add(field);
      }
      if (found === 'absent') {
        if (absentValue === 'empty') values[field] = null;
      } else if ('value' in found) values[field] = found.value;
      else if (needed) problem ??= found.problem;
    }
    return problem;
  };

  return {
    presentFields,
    witnesses,
    needsEmployments: steps.some(({ on }) => on === 'employment'),
    unitKinds: UNIT_KINDS.filter((kind) => fields.some((field) => keyOf(field) === kind)),
    read({ person, employments }) {
      const id = idOf(person);
      if (id === null) return unreadable(null, person, 'Personio gives this person no usable id');
      presentFields.add('id');
      const chosen = employmentFor(id, employments);
      const values = emptyFields();
      const employment = 'problem' in chosen ? undefined : chosen.employment;
      const problem = fill(id, values, { person, employment, names });
      values['id'] = id;
      if ('problem' in chosen) return unreadable(id, person, chosen.problem);
      return problem === null ? { employee: { id, fields: values } } : unreadable(id, person, problem);
    },
  };
}

/** The id of a person, which is that of the v1 employee, or null where there is none. */
export function idOf(person: unknown): string | null {
  return textOfId(entryOf(person, 'id')) ?? null;
}

function employmentFor(id: string, employments: Listed['employments']) {
  if (employments === null) return { employment: undefined };
  return 'problem' in employments ? employments : chooseEmployment(id, employments.list);
}

function unreadable(id: string | null, person: unknown, problem: string): SourceRecord {
  const parts = [entryOf(person, 'first_name'), entryOf(person, 'last_name')];
  const name = parts.filter((part) => typeof part === 'string' && part.trim() !== '').join(' ');
  return { unreadable: { id, name: name === '' ? null : name, problem } };
}
