import type { Employee } from './employee.js';
import { type Levels, placeText } from './place.js';
import { fieldsIn, fillTemplate } from './template.js';
import { isEmpty, textFrom, type Value } from './value.js';

/** Where a rule of the mapping takes its value from. */
export interface Origin {
  /** HR fields, the first that is not empty wins; empty for a constant or a template. */
  readonly from: readonly string[];
  /** A constant, instead of `from`. */
  readonly value?: string | number | boolean;
  /** Text with `{hr_field}` in it, instead of `from`. */
  readonly template?: string;
  /** A place in a tree of groups by several HR fields, instead of `from`; the target completes it (`Target.settle`). */
  readonly levels?: Levels;
}

/** The HR fields that a rule reads. */
export function fieldsReadBy(rule: Origin): readonly string[] {
  if (rule.levels !== undefined) return rule.levels.fields;
  if (rule.template === undefined) return rule.from;
  return fieldsIn(rule.template);
}

/**
 * What HR says for a rule of a field of several values. One text from HR is one value, whatever commas are in it. Commas in the config,
 * in a constant or a template, stand between values.
 */
export function severalOf(rule: Origin, employee: Employee): Value | undefined {
  if (rule.value !== undefined) return rule.value;
  if (rule.template === undefined) {
    const raw = rawValue(rule, employee);
    // Nothing but commas is what a list of empty values looks like.
    return typeof raw === 'string' ? (/[^,\s]/.test(raw) ? [raw] : null) : raw;
  }
  return fillParts(rule.template, employee);
}

// A part that is a field and nothing else may be a list; words of the template's own stand only beside a filled field.
function fillParts(template: string, employee: Employee): Value | undefined {
  const parts = template.split(',').map((part) => ({ part: part.trim(), isWords: fieldsIn(part).length === 0 }));
  const values: string[] = [];
  let filled = false;
  for (const { part, isWords } of parts) {
    const alone = /^\{([^{}]+)\}$/.exec(part)?.[1];
    const value = isWords ? part : alone === undefined ? fillTemplate(part, employee.fields) : employee.fields[alone];
    if (value === undefined) return undefined;
    if (!isWords && !isEmpty(value)) filled = true;
    if (Array.isArray(value)) values.push(...value);
    else if (!isEmpty(value)) values.push(textFrom(value));
  }
  return filled ? values : null;
}

/** What HR says for a rule: undefined where it does not let us read it. */
export function rawValue(rule: Origin, employee: Employee): Value | undefined {
  if (rule.value !== undefined) return rule.value;
  if (rule.template !== undefined) return fillTemplate(rule.template, employee.fields);
  if (rule.levels !== undefined) return placeText(rule.levels, employee.fields);
  let empty: null | undefined = null;
  for (const name of rule.from) {
    const value = employee.fields[name];
    if (!isEmpty(value)) return value;
    // One that we could not read may hold the value that seems to be missing.
    if (value === undefined) empty = undefined;
  }
  return empty;
}
