import { type Employee, emptyProblems } from '../../core/employee.js';
import type { NamelessUnits } from '../../core/nameless.js';
import { emptyFields, type Value } from '../../core/value.js';
import { NAMELESS, NamelessCounter } from '../kit/nameless.js';
import { shownValue } from '../kit/shown.js';
import type { SourceRecord } from '../source.js';
import { TITLE } from './failure.js';
import { DAY_KEYS, keyOf, NAMING_FIELDS, UNIT_KEYS } from './names.js';
import { entryOf, readDay, readManager, readPlain, readStatus, readUnits, textOfId } from './value.js';

/** Translates the records of one read, and notes which of its HR fields stood on at least one of them. */
export interface RecordReader {
  /** One record as it came: unreadable where it has no id. No record ever throws. */
  read(record: unknown): SourceRecord;
  readonly presentFields: ReadonlySet<string>;
  /** What is to be told of the records, as sentences without personal data. */
  readonly notices: readonly string[];
  /** How many people are in units without a name, per HR field. */
  readonly nameless: readonly NamelessUnits[];
}

interface Step {
  readonly field: string;
  readonly key: string;
  readonly needed: boolean;
  readonly read: (value: unknown, type: unknown) => Value | undefined | typeof NAMELESS;
}

/** Readies a reader for the HR fields that are needed; attributes behind no such field are never looked at. */
export function createRecordReader(fields: readonly string[]): RecordReader {
  const steps = [...new Set([...NAMING_FIELDS, ...fields])]
    .filter((field) => field !== 'id')
    .map((field) => stepFor(field, fields.includes(field)));
  const presentFields = new Set<string>();
  const nameless = new NamelessCounter();
  const read = (record: unknown): SourceRecord => {
    const attributes = entryOf(record, 'attributes');
    const id = textOfId(heldBy(entryOf(attributes, 'id')));
    if (id === undefined) return unreadable(null, attributes, 'Personio gives this person no usable id');
    presentFields.add('id');
    return { employee: follow(id, steps, attributes, { present: presentFields, nameless }) };
  };
  return {
    read,
    presentFields,
    get notices() {
      return nameless.notices(TITLE);
    },
    get nameless() {
      return nameless.counts;
    },
  };
}

function stepFor(field: string, needed: boolean): Step {
  const key = keyOf(field);
  return { field, key, needed, read: readerFor(key) };
}

function readerFor(key: string): Step['read'] {
  if (UNIT_KEYS.has(key)) return readUnits;
  if (DAY_KEYS.has(key)) return readDay;
  if (key === 'status') return readStatus;
  return key === 'supervisor' ? readManager : readPlain;
}

interface Notes {
  readonly present: Set<string>;
  readonly nameless: NamelessCounter;
}

function follow(id: string, steps: readonly Step[], attributes: unknown, { present, nameless }: Notes): Employee {
  const fields = emptyFields();
  let unreadable: Record<string, string> | undefined;
  for (const { field, key, needed, read } of steps) {
    const attribute = entryOf(attributes, key);
    if (attribute === undefined) continue;
    present.add(field);
    const held = heldBy(attribute);
    const value = read(held, entryOf(attribute, 'type'));
    if (value === NAMELESS) nameless.note(field);
    else if (value !== undefined) fields[field] = value;
    else if (needed) {
      unreadable ??= emptyProblems();
      unreadable[field] = problemOf(key, held);
    }
  }
  fields['id'] = id;
  return unreadable === undefined ? { id, fields } : { id, fields, unreadable };
}

function heldBy(attribute: unknown): unknown {
  return entryOf(attribute, 'value');
}

function unreadable(id: string | null, attributes: unknown, problem: string): SourceRecord {
  const parts = ['first_name', 'last_name'].map((key) => readPlain(heldBy(entryOf(attributes, key)), undefined));
  const name = parts.filter((part) => typeof part === 'string').join(' ');
  return { unreadable: { id, name: name === '' ? null : name, problem } };
}

/** Says what an attribute holds that cannot be read, and what to do about it. */
export function problemOf(key: string, held: unknown): string {
  return `Personio's attribute ${key} holds ${shownValue(held)}, which cannot be understood: correct it in Personio`;
}
