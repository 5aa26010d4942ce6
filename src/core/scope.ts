import type { Pattern } from '../pattern.js';
import type { Employee } from './employee.js';
import { normaliseText } from './text.js';
import { isEmpty, type Value } from './value.js';

/** One condition on an HR field; every given test must hold. Texts are compared in their normal form, patterns without case. */
export interface Condition {
  readonly field: string;
  /** Texts in their normal form, as `normaliseText` gives it; so are those of `notIn`. */
  readonly in?: readonly string[];
  readonly notIn?: readonly string[];
  /** Found anywhere in the value. */
  readonly matching?: Pattern;
  readonly notMatching?: Pattern;
  readonly empty?: boolean;
}

/** Conditions of which one must hold. */
export interface Alternatives {
  readonly any: readonly Condition[];
}

/** One item of a filter. */
export type FilterItem = Condition | Alternatives;

/** Whom the connector is for. */
export interface ScopePolicy {
  /** All must hold. */
  readonly filter: readonly FilterItem[];
  /** Whether people who have left must pass the filter as well, before they are deactivated. */
  readonly appliesToInactive: boolean;
}

/** Every condition of a filter, those of alternatives included. */
export function conditionsIn(filter: readonly FilterItem[]): readonly Condition[] {
  return filter.flatMap(alternativesOf);
}

/** The first item that an employee does not meet, or null when they are in scope. */
export function failedItem(employee: Employee, filter: readonly FilterItem[]): FilterItem | null {
  return filter.find((item) => !alternativesOf(item).some((condition) => meets(employee, condition))) ?? null;
}

/**
 * The HR field that HR does not show of an employee and without which nobody can tell whether an item holds, or null.
 * Alternatives of which one holds need no other field.
 */
export function hiddenField(employee: Employee, item: FilterItem): string | null {
  const isHidden = ({ field }: Condition) => employee.fields[field] === undefined;
  const conditions = alternativesOf(item);
  if (conditions.some((condition) => !isHidden(condition) && meets(employee, condition))) return null;
  return conditions.find(isHidden)?.field ?? null;
}

/** Says in words why an item keeps somebody out. */
export function explainItem(item: FilterItem): string {
  return alternativesOf(item).map(explainCondition).join(', and ');
}

function explainCondition(condition: Condition): string {
  const tests = [
    condition.in && `is not one of ${condition.in.join(', ')}`,
    condition.notIn && `is one of ${condition.notIn.join(', ')}`,
    condition.matching && `does not match ${condition.matching.source}`,
    condition.notMatching && `matches ${condition.notMatching.source}`,
    condition.empty !== undefined && (condition.empty ? 'is not empty' : 'is empty'),
  ].filter((test) => typeof test === 'string');
  return `${condition.field} ${tests.join(' or ')}`;
}

function alternativesOf(item: FilterItem): readonly Condition[] {
  return 'any' in item ? item.any : [item];
}

function meets(employee: Employee, condition: Condition): boolean {
  return holds(condition, employee.fields[condition.field]);
}

function holds(condition: Condition, value: Value | undefined): boolean {
  const texts = textsOf(value);
  if (condition.in && !texts.some((text) => condition.in?.includes(text))) return false;
  if (condition.notIn && texts.some((text) => condition.notIn?.includes(text))) return false;
  if (condition.matching && !texts.some((text) => condition.matching?.test(text))) return false;
  if (condition.notMatching && texts.some((text) => condition.notMatching?.test(text))) return false;
  return condition.empty === undefined || isEmpty(value) === condition.empty;
}

/** The texts of a value as conditions compare them. */
export function textsOf(value: Value | undefined): readonly string[] {
  if (isEmpty(value)) return [];
  return Array.isArray(value) ? value.map(normaliseText) : [normaliseText(String(value))];
}
