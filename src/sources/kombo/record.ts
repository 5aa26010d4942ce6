import type { Employee } from '../../core/employee.js';
import { emptyFields, isEmpty, type Value } from '../../core/value.js';
import type { SourceRecord } from '../source.js';
import type { GroupTree } from './groups.js';
import { UNIFIED } from './unified.js';
import { entryOf, isBare, readId, readPlain } from './value.js';

/** Translates the records of one read. */
export interface RecordReader {
  /** One record as it came. A needed field that is not understood makes it unreadable; no record ever throws. */
  read(record: unknown): SourceRecord;
  /** HR fields that held a value for at least one person who is not deleted. */
  readonly filledFields: ReadonlySet<string>;
  /** The newest instant at which anybody's record changed, as Kombo writes it, or null. */
  readonly newestChange: string | null;
}

// What names a person in reports is read whether a mapping needs it or not.
const NAMING_FIELDS = ['first_name', 'last_name', 'display_name', 'work_email'];

// A record without these keys is none of Kombo's; one in which they are empty may well be.
const CERTAIN_KEYS = ['first_name', 'last_name', 'job_title', 'start_date', 'termination_date', 'remote_deleted_at'];

// What an anonymised record may still hold.
const LASTING_KEYS: ReadonlySet<string> = new Set(['id', 'remote_id', 'changed_at', 'remote_deleted_at']);

interface Step {
  readonly field: string;
  readonly needed: boolean;
  readonly read: (record: unknown) => Value | undefined;
}

/** Readies a reader for the HR fields that are needed; what Kombo knows besides is never looked at. */
export function createRecordReader(fields: readonly string[], groups: GroupTree): RecordReader {
  const steps = [...new Set([...NAMING_FIELDS, ...fields])]
    .filter((field) => field !== 'id')
    .map((field): Step => ({ field, needed: fields.includes(field), read: readerFor(field, groups) }));
  const filledFields = new Set<string>();
  let newestChange: string | null = null;

  const read = (record: unknown): SourceRecord => {
    const id = readId(entryOf(record, 'id'));
    if (typeof id !== 'string') return unreadable(null, record, 'Kombo gives this person no usable id');
    if (CERTAIN_KEYS.some((key) => entryOf(record, key) === undefined)) {
      return unreadable(id, record, "the record came in another shape than Kombo's");
    }
    const changed = entryOf(record, 'changed_at');
    if (typeof changed === 'string' && (newestChange === null || changed > newestChange)) newestChange = changed;
    const deleted = isDeleted(record);
    const { values, problem } = follow(steps, record);
    values['id'] = id;
    if (deleted) values['status'] = 'deleted';
    else for (const [field, value] of Object.entries(values)) if (!isEmpty(value)) filledFields.add(field);
    const employee: Employee = { id, fields: values };
    // Whatever a deleted record holds, its status alone decides.
    return problem === null || deleted ? { employee } : unreadable(id, record, problem);
  };

  return {
    read,
    filledFields,
    get newestChange() {
      return newestChange;
    },
  };
}

function readerFor(field: string, groups: GroupTree): Step['read'] {
  const unified = UNIFIED.get(field);
  return unified === undefined ? (record) => readOwn(record, field) : (record) => unified.read(record, groups);
}

// Custom fields were given their key on purpose; those of the HR system come under whatever key they have there.
function readOwn(record: unknown, key: string): Value | undefined {
  const custom = entryOf(entryOf(record, 'custom_fields'), key);
  if (custom !== undefined) return readPlain(custom);
  const passed = entryOf(record, 'integration_fields');
  const field: unknown = Array.isArray(passed) ? passed.find((one: unknown) => entryOf(one, 'key') === key) : undefined;
  return readPlain(entryOf(field, 'value') ?? null);
}

/**
 * Deleted: Kombo no longer finds the record in the HR system. Two weeks later it empties every field of it, and whether
 * the mark of deletion outlives that is not documented: a record that holds nothing at all is a deleted one too.
 * https://docs.kombo.dev/lms/features/deletion-policy.md
 */
function isDeleted(record: unknown): boolean {
  if (entryOf(record, 'remote_deleted_at') !== null) return true;
  if (typeof record !== 'object' || record === null) return false;
  return Object.entries(record).every(([key, value]) => LASTING_KEYS.has(key) || isBare(value));
}

function follow(steps: readonly Step[], record: unknown) {
  const values = emptyFields();
  let problem: string | null = null;
  for (const { field, needed, read } of steps) {
    const value = read(record);
    if (value !== undefined) values[field] = value;
    else if (needed) problem ??= problemOf(field, record);
  }
  return { values, problem };
}

function unreadable(id: string | null, record: unknown, problem: string): SourceRecord {
  const parts = ['first_name', 'last_name'].map((key) => entryOf(record, key)).filter((part) => isName(part));
  return { unreadable: { id, name: parts.length === 0 ? null : parts.join(' '), problem } };
}

function isName(part: unknown): part is string {
  return typeof part === 'string' && part.trim() !== '';
}

function problemOf(field: string, record: unknown): string {
  const held = entryOf(record, field);
  const shown = typeof held === 'string' ? `"${held.slice(0, 40)}"` : 'a value of unknown shape';
  return `Kombo's ${field} holds ${shown}, which cannot be understood: correct it in the HR system`;
}
