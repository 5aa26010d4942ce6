import type { Field } from '../fields/field.js';

/** What is wrong with a filter, and the status and code that it comes to. */
export interface FilterProblem {
  readonly status: 400 | 422;
  readonly code: string;
  readonly message: string;
}

/** Reads a value of a row, by the name of its field in the data set. */
type Read = (name: string) => string | null;

/** Whether a row is wanted. */
export type Predicate = (read: Read) => boolean;

interface Comparison {
  readonly name: string;
  readonly operator: string;
  readonly values: readonly string[];
}

const VALUE = String.raw`(?:'(?:[^']|'')*'|-?\d+(?:\.\d+)?)`;
const COMPARISON = new RegExp(
  String.raw`^\s*(\w+)\s+(?:(eq|ne|gt|ge|lt|le)\s+(${VALUE})|in\s*\(\s*(${VALUE}(?:\s*,\s*${VALUE})*)\s*\))\s*`,
);

/** What each operator says of the order of two values, which is below, at or above 0. */
const OUTCOMES: Readonly<Record<string, (order: number) => boolean>> = {
  eq: (order) => order === 0,
  ne: (order) => order !== 0,
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
};

/**
 * Reads a filter: comparisons joined by `and` alone or by `or` alone.
 *
 * Source: documentation.bamboohr.com/reference/get-data-from-dataset-v2.
 */
export function parseFilter(text: string, fields: ReadonlyMap<string, Field>): Predicate | FilterProblem {
  const comparisons: Comparison[] = [];
  const joints = new Set<string>();
  for (let rest = text; ; ) {
    const found = COMPARISON.exec(rest);
    if (found === null) return invalid(`cannot be read from: ${rest.slice(0, 40)}`);
    const [whole, name = '', operator = 'in', value, list] = found;
    comparisons.push({ name, operator, values: valuesIn(value ?? list ?? '') });
    rest = rest.slice(whole.length);
    if (rest === '') break;
    const joint = /^(and|or)\s+/.exec(rest);
    if (joint === null) return invalid(`cannot be read from: ${rest.slice(0, 40)}`);
    joints.add(joint[1] ?? '');
    rest = rest.slice(joint[0].length);
  }
  if (joints.size > 1) return invalid('and and or must not be mixed');
  const problem = comparisons.map((one) => problemOf(one, fields)).find((one) => one !== null) ?? null;
  if (problem !== null) return problem;
  const tests = comparisons.map((one) => (read: Read) => holds(one, read(one.name), fields.get(one.name)));
  return joints.has('or') ? (read) => tests.some((test) => test(read)) : (read) => tests.every((test) => test(read));
}

function problemOf({ name, values }: Comparison, fields: ReadonlyMap<string, Field>): FilterProblem | null {
  const field = fields.get(name);
  if (field === undefined) return { status: 400, code: 'INVALID_FIELD', message: `${name} is not a field` };
  const isList = field.type === 'list' || field.type === 'multilist';
  return values.length > 1 && !isList ? invalid(`${name} is no list and takes one value`) : null;
}

function holds({ operator, values }: Comparison, value: string | null, field: Field | undefined): boolean {
  if (operator === 'in') return value !== null && values.includes(value);
  const [wanted = ''] = values;
  if (value === null) return operator === 'ne';
  const order = compareValues(value, wanted, field);
  return OUTCOMES[operator]?.(order) ?? false;
}

/** Numbers by size, instants by time, everything else as text. */
export function compareValues(one: string, other: string, field: Field | undefined): number {
  if (field?.type === 'int') return Number(one) - Number(other);
  if (field?.type === 'timestamp') return Date.parse(one) - Date.parse(other);
  return Number(one > other) - Number(one < other);
}

function valuesIn(text: string): readonly string[] {
  const values = text.match(new RegExp(VALUE, 'g')) ?? [];
  return values.map((value) => (value.startsWith("'") ? value.slice(1, -1).replaceAll("''", "'") : value));
}

function invalid(message: string): FilterProblem {
  return { status: 422, code: 'INVALID_FILTER', message };
}
