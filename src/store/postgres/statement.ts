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

/** A value as JSON text that PostgreSQL can also read as JSON. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  if (!text.includes('\\u0000')) return text;
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? part.replaceAll('\0', '\uFFFD') : part));
}

function storable(value: Value): Value {
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
  return isList(value) && value.some((one) => typeof one === 'string' && one.includes('\0'))
    ? value.map((one) => (typeof one === 'string' ? one.replaceAll('\0', '\uFFFD') : one))
    : value;
}

function isList(value: Value): value is readonly (string | number | boolean | null)[] {
  return Array.isArray(value);
}
