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

/** Whom the connector is for. */
export interface ScopePolicy {
  /** All must hold. */
  readonly filter: readonly Condition[];
  /** Whether people who have left must pass the filter as well, before they are deactivated. */
  readonly appliesToInactive: boolean;
}

/** The first condition that an employee does not meet, or null when they are in scope. */
export function failedCondition(employee: Employee, filter: readonly Condition[]): Condition | null {
  return filter.find((condition) => !holds(condition, employee.fields[condition.field])) ?? null;
}

/** Says in words why a condition keeps somebody out. */
export function explainCondition(condition: Condition): string {
  const tests = [
    condition.in && `is not one of ${condition.in.join(', ')}`,
    condition.notIn && `is one of ${condition.notIn.join(', ')}`,
    condition.matching && `does not match ${condition.matching.source}`,
    condition.notMatching && `matches ${condition.notMatching.source}`,
    condition.empty !== undefined && (condition.empty ? 'is not empty' : 'is empty'),
  ].filter((test) => typeof test === 'string');
  return `${condition.field} ${tests.join(' or ')}`;
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
