/** A value as PostgreSQL takes it; lists stand for arrays. */
export type Value = string | number | boolean | null | readonly (string | number | boolean | null)[];

/** One statement with its values. Its text is one of few, so that the server plans each of them once a connection. */
export interface Statement {
  readonly text: string;
  readonly values: readonly Value[];
}

/** A row as it comes back; each query says which columns it asks for. */
export type Row = Readonly<Record<string, unknown>>;

/** Makes a statement; PostgreSQL takes no U+0000 in text, so it becomes the mark for what cannot be shown. */
export function statement(text: string, ...values: readonly Value[]): Statement {
  return { text, values: values.map(storable) };
}

/**
 * JSON text in a column, for the operators of PostgreSQL, which take no U+0000. In the column itself it stands escaped, and
 * so comes back as it was.
 */
export const asJson = (column: string) => `replace(${column}, '\\u0000', '\\ufffd')`;

function storable(value: Value): Value {
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
  return isList(value) && value.some((one) => typeof one === 'string' && one.includes('\0'))
    ? value.map((one) => (typeof one === 'string' ? one.replaceAll('\0', '\uFFFD') : one))
    : value;
}

function isList(value: Value): value is readonly (string | number | boolean | null)[] {
  return Array.isArray(value);
}
