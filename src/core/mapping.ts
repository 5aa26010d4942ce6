import { CUSTOM_FIELD_PREFIX, EXTERNAL_ID } from './account.js';
import type { Skip, SkipReason } from './change.js';
import { convert, type MappedType } from './convert.js';
import { isEmail } from './email.js';
import { type Employee, problemWith, referenceTo, textOf } from './employee.js';
import { employeeKey, ID_KEY } from './employee-key.js';
import type { TargetFieldType } from './field-type.js';
import { fieldsReadBy, type Origin, rawValue, severalOf } from './origin.js';
import { emptyFields, type Fields, isEmpty, type Value } from './value.js';
import { byNormalKey, quote, sayUnlisted, substitute, unlistedIn, type ValueMap } from './value-map.js';

export { fieldsReadBy } from './origin.js';

/** One line of the mapping: how one LMS field is made from an employee. */
export interface MappingRule extends Origin {
  /** The LMS field; a custom field is `custom_fields.NAME`. */
  readonly field: string;
  /**
   * HR value (as text) → LMS value; a value that is not listed becomes `default`, or stays as it is.
   * Keys and values are compared in their normal form.
   */
  readonly map?: Readonly<Record<string, string | number | boolean>>;
  /** Instead of an empty value, and of one that `map` does not list. */
  readonly default?: string | number | boolean;
  readonly type?: MappedType;
  readonly whenEmpty: 'clear' | 'keep';
  readonly write: 'always' | 'once';
  readonly case?: 'lower' | 'upper';
  /** Set when a mapping is made ready: the LMS may show the name in other capitals than it was written with. */
  readonly ignoresCase?: boolean;
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
  /** Why most mappings do without it, as words for a comment; then it is never suggested as a line that counts. */
  readonly remark?: string;
  /** Whether the LMS may show a name in other capitals than it was written with. Absent: no. */
  readonly ignoresCase?: boolean;
  /**
   * Whether a value of this field gives rights in the LMS (a role, say). Then no text of HR becomes one by itself: what
   * `map` does not list is a skip `unlisted_value`. Absent: no.
   */
  readonly givesRights?: boolean;
  /** The values that give no more rights than a learner has, where the field gives rights and they are known. */
  readonly learnerValues?: readonly string[];
}

/** A mapping made ready for many employees. */
export interface Mapping {
  readonly rules: readonly MappingRule[];
  /** The HR field whose text is the external id of an account (`employees.key`); `id` for the employee id. */
  readonly key: string;
  /** Fields that are written when the account is made and never again. */
  readonly onlyAtCreation: readonly string[];
  /** Those of them of which a change in HR is nobody's business; others are told of. */
  readonly ignoredChanges: readonly string[];
  /** HR fields that the rules and the key read. */
  readonly reads: readonly string[];
  /** The wanted fields of one employee, `external_id` included, or why there are none. */
  apply(employee: Employee): { readonly fields: Fields } | { readonly skip: Skip };
}

/** The LMS field that holds somebody's department: the one that HR's department goes to, or the one of that name. */
export function departmentField(rules: readonly MappingRule[]): string | null {
  const rule =
    rules.find(({ from }) => from.includes('department')) ?? rules.find(({ field }) => field === 'department');
  return rule?.field ?? null;
}

/**
 * Readies a mapping for the LMS fields that it may name; custom fields take text. `key` is the employee id unless given.
 * `writesOnce` tells which fields the LMS takes with a new account alone, whatever the rule says.
 */
export function compileMapping(
  given: readonly MappingRule[],
  targetFields: readonly MappedField[],
  key: string = ID_KEY,
  writesOnce: (field: string) => boolean = () => false,
): Mapping {
  const rules = given.map((rule): MappingRule => (writesOnce(rule.field) ? { ...rule, write: 'once' } : rule));
  const known = new Map(targetFields.map((field) => [field.name, field]));
  const steps = rules.map((rule) => stepFor(rule, known.get(rule.field)));
  const onlyAtCreation = rules.filter((rule) => rule.write === 'once').map((rule) => rule.field);
  return {
    rules: rules.map((rule) => (known.get(rule.field)?.ignoresCase ? { ...rule, ignoresCase: true } : rule)),
    key,
    onlyAtCreation,
    ignoredChanges: given.filter((rule) => rule.write === 'once').map((rule) => rule.field),
    reads: [...new Set([...rules.flatMap(fieldsReadBy), ...(key === ID_KEY ? [] : [key])])],
    apply(employee) {
      const fields = emptyFields();
      const own = employeeKey(employee, key);
      if (typeof own !== 'string') return { skip: own };
      fields[EXTERNAL_ID] = own;
      for (const step of steps) {
        const { rule, target } = step;
        const made = makeValue(step, employee);
        if ('problem' in made) return { skip: skip(employee, made.reason, made.problem, rule) };
        if (made.value === undefined) continue;
        const refusal = refusalOf(rule, target, made.value);
        if (refusal) return { skip: skip(employee, refusal.reason, refusal.message, rule) };
        if (made.value !== null || rule.whenEmpty === 'clear') fields[rule.field] = made.value;
      }
      return { fields };
    },
  };
}

/** One rule made ready for many employees. */
interface Step {
  readonly rule: MappingRule;
  readonly target: MappedField | undefined;
  readonly map: ValueMap | null;
}

function stepFor(rule: MappingRule, target: MappedField | undefined): Step {
  const map = rule.map === undefined ? null : { listed: byNormalKey(rule.map), hasDefault: rule.default !== undefined };
  return { rule, target, map };
}

// undefined: the HR system did not show the field of this person, so nothing is known and nothing written, no default either.
function makeValue(
  step: Step,
  employee: Employee,
): { readonly value: Value | undefined } | { readonly reason: SkipReason; readonly problem: string } {
  const { rule, target } = step;
  const type = rule.type ?? typeFor(target);
  const several = type === 'multi_choice';
  const raw = several ? severalOf(rule, employee) : rawValue(rule, employee);
  if (raw === undefined) {
    const [unreadable] = fieldsReadBy(rule).flatMap((field) => problemWith(employee, field) ?? []);
    if (unreadable !== undefined) return { reason: 'invalid_value', problem: unreadable };
    if (!target?.required) return { value: undefined };
  }
  const problem = unlistedBy(step, raw ?? null);
  if (problem !== null) return { reason: 'unlisted_value', problem };
  const mapped = substitute(raw ?? null, step.map, { otherwise: rule.default ?? null, several });
  if (isEmpty(mapped)) return { value: null };
  const converted = convert(mapped, type);
  if (converted === undefined) {
    return {
      reason: 'invalid_value',
      problem: `${describe(rule)} holds ${quote(mapped)}, which is no ${type.replace('_', ' ')} for ${rule.field}`,
    };
  }
  // A set of nothing but commas is empty only now.
  const value = isEmpty(converted) ? null : withCase(converted, rule.case);
  return { value: target?.spelling !== undefined && typeof value === 'string' ? target.spelling(value) : value };
}

// A constant and the groups of the target's own settings are the config's word, not HR's.
function unlistedBy({ rule, target, map }: Step, raw: Value): string | null {
  if (!target?.givesRights || rule.value !== undefined || rule.levels !== undefined) return null;
  const text = unlistedIn(raw, map);
  return text === null ? null : sayUnlisted(text, map, { field: rule.field, origin: describe(rule) });
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

function skip(employee: Employee, reason: SkipReason, message: string, { field }: MappingRule): Skip {
  return { employee: referenceTo(employee), reason, message, line: linePath(field) };
}

/** Where the config has the line of an LMS field, as a path of keys. */
export function linePath(field: string): readonly string[] {
  return field.startsWith(CUSTOM_FIELD_PREFIX)
    ? ['mapping', 'custom_fields', field.slice(CUSTOM_FIELD_PREFIX.length)]
    : ['mapping', field];
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
