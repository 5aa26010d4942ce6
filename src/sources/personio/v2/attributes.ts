import type { SourceFieldType } from '../../../core/field-type.js';
import { type ReadValue, readDay, readPlain, readStatus } from '../value.js';
import { readCustom } from './custom.js';
import { type Found, idAt, valueAt } from './found.js';
import type { UnitNames } from './unit-names.js';
import { UNIT_KINDS, type UnitKind } from './unit-routes.js';
import { unitValue } from './unit-values.js';

/** One person as v2 shows them, in two places. */
export interface Subject {
  readonly person: unknown;
  readonly employment: unknown;
  readonly names: Pick<UnitNames, 'nameOf'>;
}

/** An attribute of v1, and where v2 keeps it. */
interface Place {
  readonly on: 'person' | 'employment';
  readonly type: SourceFieldType;
  readonly read: (subject: Subject) => Found;
}

// v2 writes the words of closed lists in capitals, v1 does not, and this one says nothing.
const readWord: ReadValue = (value, type) => {
  const word = readStatus(value, type);
  return word === 'unspecified' ? null : word;
};

const readNumber: ReadValue = (value) => readPlain(value, 'decimal');

/**
 * By the key of v1, so that one mapping serves both versions.
 * https://developer.personio.de/reference/get_v2-persons, https://developer.personio.de/reference/get_v2-persons-person-id-employments
 */
const PLACES: ReadonlyMap<string, Place> = new Map([
  ['first_name', onPerson('text', ['first_name'])],
  ['last_name', onPerson('text', ['last_name'])],
  ['preferred_name', onPerson('text', ['preferred_name'])],
  ['email', onPerson('text', ['email'])],
  ['gender', onPerson('list', ['gender'], readWord)],
  ['profile_picture', onPerson('text', ['profile_picture', 'url'])],
  ['status', onEmployment('list', ['status'], readStatus)],
  ['employment_type', onEmployment('list', ['type'], readWord)],
  ['position', onEmployment('text', ['position', 'title'])],
  ['weekly_working_hours', onEmployment('decimal', ['weekly_working_hours'], readNumber)],
  ['hire_date', onEmployment('date', ['employment_start_date'], readDay)],
  ['contract_end_date', onEmployment('date', ['contract_end_date'], readDay)],
  ['probation_period_end', onEmployment('date', ['probation_end_date'], readDay)],
  ['termination_date', onEmployment('date', ['termination', 'termination_date'], readDay)],
  // The schema spells it one way, its example the other.
  ['last_working_day', onEmployment('date', ['termination', 'last_working_day', 'last_working_date'], readDay)],
  ['termination_type', onEmployment('list', ['termination', 'type'], readWord)],
  ['termination_reason', onEmployment('text', ['termination', 'reason'])],
  ['supervisor', { on: 'employment', type: 'employee', read: ({ employment }) => idAt(employment, 'supervisor') }],
  ...UNIT_KINDS.map((kind): [string, Place] => [kind, unit(kind)]),
]);

/** The attributes that v2 has a place of their own for, by their key in v1. */
export const PRESETS: readonly { readonly key: string; readonly type: SourceFieldType }[] = [...PLACES].map(
  ([key, { type }]) => ({ key, type }),
);

/** Where an attribute is read: a preset one in its place, any other among the custom attributes of the person. */
export function placeOf(key: string): Pick<Place, 'on' | 'read'> {
  return PLACES.get(key) ?? { on: 'person', read: ({ person }) => readCustom(person, key) };
}

type Path = Parameters<typeof valueAt>[1];

function onPerson(type: SourceFieldType, path: Path, read?: ReadValue): Place {
  return { on: 'person', type, read: ({ person }) => valueAt(person, path, read) };
}

function onEmployment(type: SourceFieldType, path: Path, read?: ReadValue): Place {
  return { on: 'employment', type, read: ({ employment }) => valueAt(employment, path, read) };
}

function unit(kind: UnitKind): Place {
  return {
    on: 'employment',
    type: 'text',
    read: ({ employment, names }) => unitValue(employment, kind, names),
  };
}
