import { refuse } from '../refusal.js';
import { isRecord, type Values } from '../resource.js';
import type { Attribute } from '../schema/attribute.js';
import type { Comparison, Filter, Literal, Operator } from './filter.js';

/** An attribute that a filter names, and the values that a resource (or one entry of a list) has for it. */
export interface Found {
  readonly attribute: Attribute;
  readonly values: readonly unknown[];
}

/** Finds what a path inside a filter means, and the values there. */
export type Finder = (path: string) => Found;

/**
 * Whether something fits a filter.
 *
 * @param inside makes the finder for one entry of a multi-valued attribute
 * @throws Refusal `invalidFilter` where the operator or the value does not suit the attribute
 */
export function matches(
  filter: Filter,
  find: Finder,
  inside: (attribute: Attribute, entry: Values) => Finder,
  caseExact: (attribute: Attribute) => boolean = (attribute) => attribute.caseExact,
): boolean {
  const test = (one: Filter): boolean => matches(one, find, inside, caseExact);
  switch (filter.kind) {
    case 'and':
      return test(filter.left) && test(filter.right);
    case 'or':
      return test(filter.left) || test(filter.right);
    case 'not':
      return !test(filter.filter);
    case 'present':
      return find(filter.path).values.some(isAssigned);
    case 'value_path': {
      const { attribute, values } = find(filter.path);
      if (attribute.type !== 'complex') throw refuse('invalidFilter', `${filter.path} has no sub-attributes`);
      return values
        .filter(isRecord)
        .some((entry) => matches(filter.filter, inside(attribute, entry), inside, caseExact));
    }
    case 'compare':
      return compares(filter, find(filter.path), caseExact);
  }
}

/** An attribute of a list of objects stands for their `value`. */
export function comparable({ attribute, values }: Found, path: string): Found {
  if (attribute.type !== 'complex') return { attribute, values };
  const value = attribute.multiValued ? attribute.subAttributes?.find(({ name }) => name === 'value') : undefined;
  if (value === undefined) throw refuse('invalidFilter', `${path} is complex: name a sub-attribute`);
  return { attribute: value, values: values.filter(isRecord).map((entry) => entry['value']) };
}

function compares(
  { path, operator, value }: Comparison,
  found: Found,
  caseExact: (attribute: Attribute) => boolean,
): boolean {
  const { attribute, values } = comparable(found, path);
  const assigned = values.filter(isAssigned);
  if (value === null) {
    if (operator === 'eq') return assigned.length === 0;
    if (operator === 'ne') return assigned.length > 0;
    throw refuse('invalidFilter', `${operator} does not take null`);
  }
  requireSuitable(attribute, operator, value);
  const spell = spelling(attribute, caseExact(attribute));
  if (operator === 'ne') return assigned.length === 0 || assigned.some((one) => spell(one) !== spell(value));
  return assigned.some((one) => holds(operator, spell(one), spell(value)));
}

function holds(operator: Exclude<Operator, 'ne'>, left: Literal, right: Literal): boolean {
  switch (operator) {
    case 'eq':
      return left === right;
    case 'co':
      return String(left).includes(String(right));
    case 'sw':
      return String(left).startsWith(String(right));
    case 'ew':
      return String(left).endsWith(String(right));
    case 'gt':
      return left !== null && right !== null && left > right;
    case 'ge':
      return left !== null && right !== null && left >= right;
    case 'lt':
      return left !== null && right !== null && left < right;
    case 'le':
      return left !== null && right !== null && left <= right;
  }
}

/** How values of an attribute are made alike before they are compared. */
function spelling({ type }: Attribute, caseExact: boolean): (value: unknown) => Literal {
  return (value) => {
    if (typeof value === 'number' || typeof value === 'boolean') return value;
    if (type === 'dateTime') return Date.parse(String(value));
    return caseExact ? String(value) : String(value).toLowerCase();
  };
}

const TEXT_ONLY: ReadonlySet<string> = new Set(['co', 'sw', 'ew']);
const ORDERS: ReadonlySet<string> = new Set(['gt', 'ge', 'lt', 'le']);

function requireSuitable({ name, type }: Attribute, operator: Operator, value: Literal): void {
  const isNumber = type === 'integer' || type === 'decimal';
  const wanted = type === 'boolean' ? 'boolean' : isNumber ? 'number' : 'string';
  const isUnordered = (type === 'boolean' || type === 'binary') && ORDERS.has(operator);
  const isNoText = wanted !== 'string' && TEXT_ONLY.has(operator);
  const isNoTime = type === 'dateTime' && !TEXT_ONLY.has(operator) && Number.isNaN(Date.parse(String(value)));
  if (typeof value !== wanted || isUnordered || isNoText || isNoTime) {
    throw refuse('invalidFilter', `${name} cannot be compared by ${operator} with ${JSON.stringify(value)}`);
  }
}

function isAssigned(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isAssigned);
  if (isRecord(value)) return Object.values(value).some(isAssigned);
  return value !== undefined && value !== null;
}
