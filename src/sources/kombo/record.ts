import { type Employee, emptyProblems } from '../../core/employee.js';
import type { NamelessUnits } from '../../core/nameless.js';
import { emptyFields, isEmpty } from '../../core/value.js';
import { NAMELESS, NamelessCounter } from '../kit/nameless.js';
import { shownValue } from '../kit/shown.js';
import { type StatusMap, StatusWords } from '../kit/status-words.js';
import type { SourceRecord } from '../source.js';
import { AbsentKeys } from './absent-keys.js';
import { TITLE } from './failure.js';
import type { GroupTree } from './groups.js';
import { UNIFIED, type UnifiedField } from './unified.js';
import { entryOf, isBare, OWN_STATUSES, type ReadValue, readId, readPlain, statusReader } from './value.js';

/** Translates the records of one read. */
export interface RecordReader {
  /** One record as it came: unreadable where it has no id, or another shape. No record ever throws. */
  read(record: unknown): SourceRecord;
  /** The records of one page. Absent keys are judged by all of them and by those of the pages before. */
  readPage(records: readonly unknown[]): readonly SourceRecord[];
  /** HR fields that held a value for at least one person who is not deleted. */
  readonly filledFields: ReadonlySet<string>;
  /** The newest instant at which anybody's record changed, as Kombo writes it, or null. */
  readonly newestChange: string | null;
  /** What is to be told of the records, as sentences without personal data. */
  readonly notices: readonly string[];
  /** How many people are in units without a name, per HR field. */
  readonly nameless: readonly NamelessUnits[];
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
  readonly optionalKey?: string | undefined;
  readonly keys: readonly string[];
  readonly read: (record: unknown) => ReturnType<UnifiedField['read']>;
}

/** Readies a reader for the HR fields that are needed, with the config's words for statuses; what Kombo knows besides is never looked at. */
export function createRecordReader(
  fields: readonly string[],
  groups: GroupTree,
  statuses: StatusMap = {},
): RecordReader {
  const words = new StatusWords(statuses, OWN_STATUSES);
  const steps = [...new Set([...NAMING_FIELDS, ...fields])]
    .filter((field) => field !== 'id')
    .map((field): Step => stepFor(field, fields.includes(field), groups, statusReader(words)));
  const absent = new AbsentKeys();
  const nameless = new NamelessCounter();
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
    const employee = follow(id, record);
    // Whatever a deleted record holds, its status alone decides.
    if (deleted) return { employee: { id, fields: Object.assign(employee.fields, { status: 'deleted' }) } };
    for (const [field, value] of Object.entries(employee.fields)) if (!isEmpty(value)) filledFields.add(field);
    for (const field of Object.keys(employee.unreadable ?? {})) filledFields.add(field);
    return { employee };
  };

  const follow = (id: string, record: unknown): Employee => {
    const values = emptyFields();
    let problems: Record<string, string> | undefined;
    for (const { field, needed, optionalKey, keys, read: readField } of steps) {
      if (absent.isUnknown(record, field, optionalKey, keys)) continue;
      const value = readField(record);
      if (value === NAMELESS) nameless.note(field);
      else if (value !== undefined) values[field] = value;
      else if (needed) {
        problems ??= emptyProblems();
        problems[field] = problemOf(field, record);
      }
    }
    values['id'] = id;
    return problems === undefined ? { id, fields: values } : { id, fields: values, unreadable: problems };
  };

  return {
    read,
    readPage(records) {
      absent.look(records);
      return records.map(read);
    },
    get notices() {
      return [...words.notices, ...nameless.notices(TITLE)];
    },
    get nameless() {
      return nameless.counts;
    },
    filledFields,
    get newestChange() {
      return newestChange;
    },
  };
}

function stepFor(field: string, needed: boolean, groups: GroupTree, readStatus: ReadValue): Step {
  const unified = UNIFIED.get(field);
  if (unified === undefined) return { field, needed, keys: [], read: (record) => readOwn(record, field) };
  const { optionalKey = '', keys = [] } = unified;
  if (field === 'status')
    return { field, needed, optionalKey, keys, read: (record) => readStatus(entryOf(record, optionalKey) ?? null) };
  return { field, needed, optionalKey, keys, read: (record) => unified.read(record, groups) };
}

// Custom fields were given their key on purpose; those of the HR system come under whatever key they have there.
function readOwn(record: unknown, key: string): ReturnType<UnifiedField['read']> {
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

function unreadable(id: string | null, record: unknown, problem: string): SourceRecord {
  const parts = ['first_name', 'last_name'].map((key) => readPlain(entryOf(record, key) ?? null));
  const name = parts.filter((part) => typeof part === 'string').join(' ');
  return { unreadable: { id, name: name === '' ? null : name, problem } };
}

function problemOf(field: string, record: unknown): string {
  const own = entryOf(entryOf(record, 'custom_fields'), field);
  const held = own ?? entryOf(record, UNIFIED.get(field)?.optionalKey || field);
  return `Kombo's ${field} holds ${shownValue(held)}, which cannot be understood: correct it in the HR system`;
}
