import type { Employee } from '../../core/employee.js';
import { emptyFields } from '../../core/value.js';
import type { SourceRecord } from '../source.js';
import { DAY_KEYS, keyOf, NAMING_FIELDS } from './names.js';
import { entryOf, type ReadValue, readDay, readManager, readPlain, readStatus, textOfId } from './value.js';

/** Translates the records of one read, and notes which of its HR fields stood on at least one of them. */
export interface RecordReader {
  /** One record as it came. A needed attribute that is not understood makes it unreadable; no record ever throws. */
  read(record: unknown): SourceRecord;
  readonly presentFields: ReadonlySet<string>;
}

interface Step {
  readonly field: string;
  readonly key: string;
  readonly needed: boolean;
  readonly read: ReadValue;
}

/** Readies a reader for the HR fields that are needed; attributes behind no such field are never looked at. */
export function createRecordReader(fields: readonly string[]): RecordReader {
  const steps = [...new Set([...NAMING_FIELDS, ...fields])]
    .filter((field) => field !== 'id')
    .map((field) => stepFor(field, fields.includes(field)));
  const presentFields = new Set<string>();
  const read = (record: unknown): SourceRecord => {
    const attributes = entryOf(record, 'attributes');
    const id = textOfId(heldBy(entryOf(attributes, 'id')));
    if (id === undefined) return unreadable(null, attributes, 'Personio gives this person no usable id');
    presentFields.add('id');
    const { values, problem } = follow(steps, attributes, presentFields);
    values['id'] = id;
    const employee: Employee = { id, fields: values };
    return problem === null ? { employee } : unreadable(id, attributes, problem);
  };
  return { read, presentFields };
}

function stepFor(field: string, needed: boolean): Step {
  const key = keyOf(field);
  return { field, key, needed, read: readerFor(key) };
}

function readerFor(key: string): ReadValue {
  if (DAY_KEYS.has(key)) return readDay;
  if (key === 'status') return readStatus;
  return key === 'supervisor' ? readManager : readPlain;
}

function follow(steps: readonly Step[], attributes: unknown, present: Set<string>) {
  const values = emptyFields();
  let problem: string | null = null;
  for (const { field, key, needed, read } of steps) {
    const attribute = entryOf(attributes, key);
    if (attribute === undefined) continue;
    present.add(field);
    const held = heldBy(attribute);
    const value = read(held, entryOf(attribute, 'type'));
    if (value !== undefined) values[field] = value;
    else if (needed) problem ??= problemOf(key, held);
  }
  return { values, problem };
}

function heldBy(attribute: unknown): unknown {
  return entryOf(attribute, 'value');
}

function unreadable(id: string | null, attributes: unknown, problem: string): SourceRecord {
  const parts = ['first_name', 'last_name'].map((key) => readPlain(heldBy(entryOf(attributes, key)), undefined));
  const name = parts.filter((part) => typeof part === 'string').join(' ');
  return { unreadable: { id, name: name === '' ? null : name, problem } };
}

function problemOf(key: string, held: unknown): string {
  const shown = typeof held === 'string' ? `"${held.slice(0, 40)}"` : 'a value of unknown shape';
  return `Personio's attribute ${key} holds ${shown}, which cannot be understood: correct it in Personio`;
}
