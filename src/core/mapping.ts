import { CUSTOM_FIELD_PREFIX, EXTERNAL_ID } from './account.js';
import type { Skip, SkipReason } from './change.js';
import { convert, type MappedType } from './convert.js';
import { isEmail } from './email.js';
import { type Employee, problemWith, referenceTo, textOf } from './employee.js';
import type { TargetFieldType } from './field-type.js';
import { emptyFields, type Fields, isEmpty, type Value } from './value.js';

/** One line of the mapping: how one LMS field is made from an employee. */
export interface MappingRule {
  /** The LMS field; a custom field is `custom_fields.NAME`. */
  readonly field: string;
  /** HR fields, the first that is not empty wins; empty for a constant or a template. */
  readonly from: readonly string[];
  /** A constant, instead of `from`. */
  readonly value?: string | number | boolean;
  /** Text with `{hr_field}` in it, instead of `from`. */
  readonly template?: string;
  /** Values of several HR fields, looked up one after the other, instead of `from`. */
  readonly lookup?: Lookup;
  /** HR value (as text) → LMS value; a value that is not listed becomes `default`, or stays as it is. */
  readonly map?: Readonly<Record<string, string | number | boolean>>;
  /** Instead of an empty value, and of one that `map` does not list. */
  readonly default?: string | number | boolean;
  readonly type?: MappedType;
  readonly whenEmpty: 'clear' | 'keep';
  readonly write: 'always' | 'once';
  readonly case?: 'lower' | 'upper';
}

/** A choice by several HR fields: the first step that lists one of the person's values decides. */
export interface Lookup {
  readonly steps: readonly { readonly from: string; readonly values: Readonly<Record<string, string>> }[];
  /** For whoever no step fits. */
  readonly otherwise: string;
}

/** What the mapper must know of an LMS field. */
export interface MappedField {
  readonly name: string;
  readonly type: TargetFieldType;
  readonly required: boolean;
  /** A closed list of values, or null. */
  readonly choices: readonly string[] | null;
  /** The spelling that the LMS keeps of a text, where it keeps only one: `de` of `de-DE`. */
  readonly spelling?: (text: string) => string;
}

/** A mapping made ready for many employees. */
export interface Mapping {
  readonly rules: readonly MappingRule[];
  /** Fields that are written when the account is made and never again. */
  readonly onlyAtCreation: readonly string[];
  /** HR fields that the rules read. */
  readonly reads: readonly string[];
  /** The wanted fields of one employee, `external_id` included, or why there are none. */
  apply(employee: Employee): { readonly fields: Fields } | { readonly skip: Skip };
}

const PLACEHOLDER = /\{([^{}]+)\}/g;

/** The HR fields that a rule reads. */
export function fieldsReadBy(rule: MappingRule): readonly string[] {
  if (rule.lookup !== undefined) return rule.lookup.steps.map(({ from }) => from);
  if (rule.template === undefined) return rule.from;
  return [...rule.template.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '');
}

/** The LMS field that holds somebody's department: the one that HR's department goes to, or the one of that name. */
export function departmentField(rules: readonly MappingRule[]): string | null {
  const rule =
    rules.find(({ from }) => from.includes('department')) ?? rules.find(({ field }) => field === 'department');
  return rule?.field ?? null;
}

/** Readies a mapping for the LMS fields that it may name; custom fields take text. */
export function compileMapping(rules: readonly MappingRule[], targetFields: readonly MappedField[]): Mapping {
  const known = new Map(targetFields.map((field) => [field.name, field]));
  const steps = rules.map((rule) => ({ rule, target: known.get(rule.field) }));
  const onlyAtCreation = rules.filter((rule) => rule.write === 'once').map((rule) => rule.field);
  return {
    rules,
    onlyAtCreation,
    reads: [...new Set(rules.flatMap(fieldsReadBy))],
    apply(employee) {
      const fields = emptyFields();
      fields[EXTERNAL_ID] = employee.id;
      for (const { rule, target } of steps) {
        const made = makeValue(rule, target, employee);
        if ('problem' in made) return { skip: skip(employee, 'invalid_value', made.problem) };
        if (made.value === undefined) continue;
        const refusal = refusalOf(rule, target, made.value);
        if (refusal) return { skip: skip(employee, refusal.reason, refusal.message) };
        if (made.value !== null || rule.whenEmpty === 'clear') fields[rule.field] = made.value;
      }
      return { fields };
    },
  };
}

// undefined: the HR system did not show the field of this person, so nothing is known and nothing written, no default either.
function makeValue(
  rule: MappingRule,
  target: MappedField | undefined,
  employee: Employee,
): { readonly value: Value | undefined } | { readonly problem: string } {
  const raw = rawValue(rule, employee);
  if (raw === undefined) {
    const [problem] = fieldsReadBy(rule).flatMap((field) => problemWith(employee, field) ?? []);
    if (problem !== undefined) return { problem };
    if (!target?.required) return { value: undefined };
  }
  const mapped = substitute(rule, raw ?? null);
  if (isEmpty(mapped)) return { value: null };
  const type = rule.type ?? typeFor(target);
  const converted = convert(mapped, type);
  if (converted === undefined) {
    return {
      problem: `${describe(rule)} holds ${quote(mapped)}, which is no ${type.replace('_', ' ')} for ${rule.field}`,
    };
  }
  // A set of nothing but commas is empty only now.
  const value = isEmpty(converted) ? null : withCase(converted, rule.case);
  return { value: target?.spelling !== undefined && typeof value === 'string' ? target.spelling(value) : value };
}

function rawValue(rule: MappingRule, employee: Employee): Value | undefined {
  if (rule.value !== undefined) return rule.value;
  if (rule.template !== undefined) return fillTemplate(rule.template, employee);
  if (rule.lookup !== undefined) return lookUp(rule.lookup, employee);
  let empty: null | undefined = null;
  for (const name of rule.from) {
    const value = employee.fields[name];
    if (!isEmpty(value)) return value;
    // One that we could not read may hold the value that seems to be missing.
    if (value === undefined) empty = undefined;
  }
  return empty;
}

// A field that we could not read may hold the value that decides, so nothing is known behind it.
function lookUp({ steps, otherwise }: Lookup, employee: Employee): Value | undefined {
  for (const { from, values } of steps) {
    const value = employee.fields[from];
    if (value === undefined) return undefined;
    const texts: readonly string[] = Array.isArray(value) ? value : [textFrom(value)];
    const listed = texts.find((text) => Object.hasOwn(values, text));
    if (listed !== undefined) return values[listed];
  }
  return otherwise;
}

// Parts of which one could not be read make no text, and parts that are all empty make an empty one.
function fillTemplate(template: string, employee: Employee): Value | undefined {
  let readable = true;
  let filled = false;
  const text = template.replace(PLACEHOLDER, (_, name: string) => {
    const value = employee.fields[name];
    if (value === undefined) readable = false;
    if (!isEmpty(value)) filled = true;
    return textFrom(value);
  });
  if (!readable) return undefined;
  return filled ? text.replace(/\s+/g, ' ').trim() : null;
}

function substitute(rule: MappingRule, raw: Value): Value {
  if (isEmpty(raw)) return rule.default ?? null;
  if (rule.map === undefined) return raw;
  const one = (text: string): string | number | boolean =>
    rule.map && Object.hasOwn(rule.map, text) ? (rule.map[text] ?? text) : (rule.default ?? text);
  return Array.isArray(raw) ? raw.map((item: string) => String(one(item))) : one(textFrom(raw));
}

function refusalOf(
  rule: MappingRule,
  target: MappedField | undefined,
  value: Value,
): { readonly reason: SkipReason; readonly message: string } | null {
  const isAddress = target?.type === 'email';
  if (value === null) {
    if (!target?.required) return null;
    return isAddress
      ? { reason: 'no_email', message: `${describe(rule)} is empty: enter an e-mail address in HR` }
      : { reason: 'missing_required', message: `${describe(rule)} is empty, and ${rule.field} is required` };
  }
  if (isAddress && !(typeof value === 'string' && isEmail(value))) {
    return {
      reason: 'invalid_email',
      message: `${quote(value)} is no e-mail address: correct ${describe(rule)} in HR`,
    };
  }
  return null;
}

/** What a value for an LMS field is turned into where the rule gives no type; custom fields take text. */
export function typeFor(target: Pick<MappedField, 'type'> | undefined): MappedType {
  if (target === undefined) return 'string';
  switch (target.type) {
    case 'text':
    case 'email':
    case 'employee':
      return 'string';
    case 'integer_choice':
      return 'integer';
    case 'decimal_choice':
      return 'decimal';
    default:
      return target.type;
  }
}

/** The value in the letters that a rule asks for. */
export function withCase(value: Value, letters: 'lower' | 'upper' | undefined): Value {
  if (letters === undefined) return value;
  const change = (text: string) => (letters === 'lower' ? text.toLowerCase() : text.toUpperCase());
  if (Array.isArray(value)) return convert(value.map(change), 'multi_choice') ?? null;
  return typeof value === 'string' ? change(value) : value;
}

function describe(rule: MappingRule): string {
  if (rule.template !== undefined) return `the template of ${rule.field}`;
  return rule.from.length > 0 ? rule.from.join(' or ') : rule.field.replace(CUSTOM_FIELD_PREFIX, '');
}

function textFrom(value: Value | undefined): string {
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

function quote(value: Value): string {
  const text = textFrom(value);
  return `"${text.length > 80 ? `${text.slice(0, 80)}…` : text}"`;
}

function skip(employee: Employee, reason: SkipReason, message: string): Skip {
  return { employee: referenceTo(employee), reason, message };
}

/** The e-mail address of a wanted account, where the mapping gives it one. */
export function wantedEmail(fields: Fields): string | null {
  const email = fields['email'];
  return typeof email === 'string' ? email : null;
}

/** The manager whom an employee has in HR: another employee's id, never their own. */
export function managerOf(employee: Employee): string | null {
  const manager = textOf(employee, 'manager');
  return manager === employee.id ? null : manager;
}
