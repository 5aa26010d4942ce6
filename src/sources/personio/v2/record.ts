import { type Employee, emptyProblems } from '../../../core/employee.js';
import { isRecord } from '../../../core/entry.js';
import { emptyFields } from '../../../core/value.js';
import type { SourceRecord } from '../../source.js';
import { keyOf, NAMING_FIELDS } from '../names.js';
import { entryOf, readPlain, textOfId } from '../value.js';
import { placeOf, type Subject } from './attributes.js';
import { chooseEmployment } from './employments.js';
import type { AbsentValue } from './read-options.js';
import type { UnitNames } from './unit-names.js';
import { UNIT_KINDS, type UnitKind } from './unit-routes.js';

/** A person of a page, and what came of asking for their employments; null where nobody needs those. */
export interface Listed {
  readonly person: unknown;
  readonly employments: { readonly list: readonly unknown[] } | { readonly problem: string } | null;
}

/** Translates the records of one read, and notes which of its HR fields stood on at least one of them. */
export interface PersonReader {
  /** Unreadable where there is no id, or no employment that could be read. No record ever throws. */
  read(listed: Listed): SourceRecord;
  /** Looks at persons and employments for whether they write null where there is no value, before they are read. */
  look(records: readonly unknown[]): void;
  /** Whether a key that a record lacks stands for an empty value, as far as the records looked at tell. */
  readonly absentIsEmpty: boolean;
  /** Whether a record that was looked at writes null where there is no value. */
  readonly writesNull: boolean;
  readonly presentFields: ReadonlySet<string>;
  /** The person on whom each needed field stood first, by their id. */
  readonly witnesses: ReadonlyMap<string, readonly string[]>;
  readonly needsEmployments: boolean;
  readonly unitKinds: readonly UnitKind[];
}

/** Readies a reader for the HR fields that are needed; what lies behind no such field is never looked at. */
export function createPersonReader(
  fields: readonly string[],
  absentValue: AbsentValue,
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

  let writesNull = false;
  const absentIsEmpty = () => absentValue === 'empty' || (absentValue === 'auto' && !writesNull);

  const fill = (id: string, subject: Subject): Employee => {
    const values = emptyFields();
    let unreadable: Record<string, string> | undefined;
    for (const { field, needed, on, read } of steps) {
      if (on === 'employment' && subject.employment === undefined) continue;
      const found = read(subject);
      if (found !== 'absent' && found !== 'none') {
        if (needed && !presentFields.has(field)) witness(id, field);
        presentFields.add(field);
      }
      if (found === 'none' || (found === 'absent' && absentIsEmpty())) values[field] = null;
      if (typeof found === 'string') continue;
      if ('value' in found) values[field] = found.value;
      else if (needed) {
        unreadable ??= emptyProblems();
        unreadable[field] = found.problem;
      }
    }
    values['id'] = id;
    return unreadable === undefined ? { id, fields: values } : { id, fields: values, unreadable };
  };

  return {
    presentFields,
    witnesses,
    needsEmployments: steps.some(({ on }) => on === 'employment'),
    unitKinds: UNIT_KINDS.filter((kind) => fields.some((field) => keyOf(field) === kind)),
    look(records) {
      writesNull ||= records.some((one) => isRecord(one) && Object.values(one).includes(null));
    },
    get absentIsEmpty() {
      return absentIsEmpty();
    },
    get writesNull() {
      return writesNull;
    },
    read({ person, employments }) {
      const id = idOf(person);
      if (id === null) return unreadable(null, person, 'Personio gives this person no usable id');
      presentFields.add('id');
      const chosen = employmentFor(id, employments);
      const employment = 'problem' in chosen ? undefined : chosen.employment;
      const employee = fill(id, { person, employment, names });
      return 'problem' in chosen ? unreadable(id, person, chosen.problem) : { employee };
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
  const parts = ['first_name', 'last_name'].map((key) => readPlain(entryOf(person, key) ?? null, undefined));
  const name = parts.filter((part) => typeof part === 'string').join(' ');
  const email = readPlain(entryOf(person, 'email') ?? null, undefined);
  return {
    unreadable: { id, name: name === '' ? null : name, ...(typeof email === 'string' && { email }), problem },
  };
}
