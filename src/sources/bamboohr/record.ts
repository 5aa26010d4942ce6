import type { Day } from '../../core/day.js';
import { type Employee, emptyProblems } from '../../core/employee.js';
import { emptyFields, isEmpty, type Value } from '../../core/value.js';
import { shownValue } from '../kit/shown.js';
import type { View } from './answers/row.js';
import { type Entities, hasEntity } from './entities.js';
import { aliasOf, DAY_ALIASES, NAMING_FIELDS } from './names.js';
import type { Query } from './query.js';
import { endOf, statusOf } from './status.js';
import { isNothing, type ReadValue, readDay, readerFor, readId, readText } from './value.js';

/** Translates the people of one read. */
export interface RecordReader {
  /** One person. `future` shows what takes effect later, of a person who is hired later. */
  read(id: string, shown: View, future?: View): Employee;
  /** HR fields that held a value for at least one person. */
  readonly filledFields: ReadonlySet<string>;
}

interface Step {
  readonly field: string;
  readonly alias: string;
  readonly needed: boolean;
  readonly read: ReadValue;
}

/** What decides a status; the same now and later. */
const OF_EMPLOYMENT: ReadonlySet<string> = new Set(['status', ...DAY_ALIASES]);

/** Readies a reader for the HR fields that are needed; `today` is the day in the connector's zone. */
export function createRecordReader({ fields, account }: Query, today: Day, entities: Entities): RecordReader {
  const steps = [...new Set([...NAMING_FIELDS, ...fields])]
    .filter((field) => field !== 'id')
    .map((field): Step => {
      const alias = aliasOf(field);
      return { field, alias, needed: fields.includes(field), read: readerOf(alias, account.get(alias)?.type) };
    });
  const filledFields = new Set<string>();

  return {
    filledFields,
    read(id, shown, future) {
      const status = statusIn(shown, today);
      const view = viewOf(shown, status, future);
      const values = emptyFields();
      let problems: Record<string, string> | undefined;
      for (const { field, alias, needed, read } of steps) {
        const shownAs = view(alias);
        const held = hasEntity(shownAs) ? entities.settle(shownAs, alias, id) : shownAs;
        if (held === undefined) continue;
        const value = field === 'status' ? status : read(held);
        if (value !== undefined) values[field] = value;
        else if (needed) {
          problems ??= emptyProblems();
          problems[field] =
            `BambooHR's ${alias} holds ${shownValue(held)}, which cannot be understood: correct it in BambooHR`;
        }
      }
      if (typeof values['termination_date'] === 'string') {
        values['termination_date'] = endOf({
          hired: dayOr(readDay(shown('hireDate'))),
          ended: values['termination_date'],
        });
      }
      for (const [field, value] of Object.entries(values)) if (!isEmpty(value)) filledFields.add(field);
      for (const field of Object.keys(problems ?? {})) filledFields.add(field);
      values['id'] = id;
      return problems === undefined ? { id, fields: values } : { id, fields: values, unreadable: problems };
    },
  };
}

/** Somebody's status on a day; undefined where it is not shown or not understood. */
export function statusIn(shown: View, today: Day): string | null | undefined {
  const word = readText(shown('status'));
  const day = (alias: string) => dayOr(readDay(shown(alias)));
  const employment = { hired: day('hireDate'), firstHired: day('originalHireDate'), ended: day('terminationDate') };
  const found = statusOf({ ...employment, word: typeof word === 'string' ? word : null }, today);
  // Whoever is hired later has a status without a word; of everybody else nothing is known.
  return word === undefined && found === null ? undefined : found;
}

/**
 * What is known of somebody. People hired later have no job yet, and inactive ones lose theirs: what is empty of them is
 * unknown. Of an employment that begins later the answer with future values shows the job.
 */
function viewOf(shown: View, status: string | null | undefined, future: View | undefined): View {
  if (status !== 'onboarding' && status !== 'inactive') return shown;
  return (alias) => {
    if (OF_EMPLOYMENT.has(alias)) return shown(alias);
    const later = status === 'onboarding' ? future?.(alias) : undefined;
    if (later !== undefined) return later;
    const now = shown(alias);
    return isNothing(now) ? undefined : now;
  };
}

function readerOf(alias: string, type: string | null | undefined): ReadValue {
  if (DAY_ALIASES.has(alias)) return readDay;
  if (alias === 'supervisorEId') return readId;
  return readerFor(type);
}

function dayOr(value: Value | undefined): Day | null {
  return typeof value === 'string' ? value : null;
}
