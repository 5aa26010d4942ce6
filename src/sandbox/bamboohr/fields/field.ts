import type { CompanyView } from '../parts.js';
import type { Shown } from '../people/standing.js';

/** Types of `GET /v1/meta/fields` that occur here. */
export type FieldType =
  | ('text' | 'textarea' | 'int' | 'list' | 'multilist' | 'date' | 'timestamp')
  | ('bool' | 'checkbox' | 'currency' | 'email' | 'phone' | 'employee' | 'gender');

/** A list value that can be chosen. */
export interface Option {
  readonly id: number;
  readonly name: string;
}

/** One field of the account, and how to read it. */
export interface Field {
  /** A number, or a text such as `91.1`. */
  readonly id: number | string;
  /** Null: it goes by its id alone. */
  readonly alias: string | null;
  readonly name: string;
  readonly type: FieldType;
  /** Its name in the data set `employee`; null where it is not in there. */
  readonly dataset: string | null;
  /** Keys of a profile whose change is a change of this field. */
  readonly keys: readonly string[];
  readonly isCustom: boolean;
  readonly isDeprecated?: boolean;
  readonly value: (shown: Shown, showing: CompanyView) => string | readonly string[] | null;
  /** The values of a list; null for what is no list. */
  readonly options: ((showing: CompanyView) => readonly Option[]) | null;
}

/** A standard field. */
export function standard(
  [id, alias, name, type]: readonly [Field['id'], string, string, FieldType],
  dataset: string | null,
  keys: readonly string[],
  value: Field['value'],
  options: Field['options'] = null,
): Field {
  return { id, alias, name, type, dataset, keys, isCustom: false, value, options };
}
