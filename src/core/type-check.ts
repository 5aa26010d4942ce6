import { CUSTOM_FIELD_PREFIX } from './account.js';
import { closest } from './closest.js';
import { convert, type MappedType } from './convert.js';
import { isEmail } from './email.js';
import type { SourceFieldType, TargetFieldType, TypeTable } from './field-type.js';
import { type MappedField, type MappingRule, typeFor, withCase } from './mapping.js';
import type { Value } from './value.js';

/** Both sides of a mapping, as the two systems tell them. */
export interface Sides {
  /** What HR offers; attributes that are not listed are unknown. */
  readonly source: readonly { readonly name: string; readonly type: SourceFieldType }[];
  readonly target: readonly Pick<MappedField, 'name' | 'type' | 'choices' | 'spelling'>[];
  readonly table: TypeTable;
  /** Whether the target lists its custom fields, and makes those that are missing. */
  readonly customFields: 'unlisted' | 'listed' | 'made';
}

/** One HR attribute, template or constant of a rule held against its LMS field. */
export interface Fit {
  readonly field: string;
  /** What the field takes; null where the LMS does not list it. */
  readonly takes: TargetFieldType | null;
  /** The HR attribute, or null for a template or a constant. */
  readonly from: string | null;
  /** The type of what the rule makes of it; null where nobody says. */
  readonly makes: SourceFieldType | null;
  /** The constant that does not fit, as text. */
  readonly constant: string | null;
  readonly verdict: 'fits' | 'mismatch' | 'unknown';
  /**
   * Why a mismatch is one (`type`; a constant that is no such `value` or none of the choices; a custom field that is
   * `missing`), or why nobody can tell (the `field` or the `attribute` is not listed, or HR gives no type: `untyped`).
   * `made`: the custom field is missing, and the target makes it. Null where all is known and fits.
   */
  readonly reason: 'type' | 'value' | 'choice' | 'missing' | 'made' | 'field' | 'attribute' | 'untyped' | null;
  /** The custom field that was most likely meant instead of one that is missing, where there is a near one. */
  readonly meant?: string;
  /** What would fit instead. */
  readonly fitting: {
    readonly attributes: readonly SourceFieldType[];
    readonly types: readonly MappedType[];
    readonly choices: readonly string[];
  };
}

/** What a rule's `type` makes, as if HR had such an attribute. */
const MADE: Readonly<Record<MappedType, SourceFieldType>> = {
  string: 'text',
  date: 'date',
  integer: 'integer',
  decimal: 'decimal',
  choice: 'list',
  multi_choice: 'tags',
  boolean: 'boolean',
};

/**
 * Holds every rule against both sides. A rule is judged by what it produces:
 *
 * - `from`: each attribute by its own type, `type` by what it makes (`string` makes text, `multi_choice` tags, …); whether
 *   one person's value can be turned into it shows when that person is mapped
 * - `template`: text, or what `type` makes of it
 * - `value` and `default`: a constant, which must be readable as the field's type and among its choices
 * - `map`: its outputs, each as a constant, whatever the attribute is; a value that it does not list is judged person by
 *   person
 *
 * Fields and attributes that a system does not list are unknown, not mismatches. Rules that the target's own settings add
 * (`levels`) are the target's to check.
 */
export function judgeTypes(rules: readonly MappingRule[], sides: Sides): readonly Fit[] {
  const fields = new Map(sides.target.map((field) => [field.name, field]));
  const attributes = new Map(sides.source.map(({ name, type }) => [name, type]));
  return rules.flatMap((rule): readonly Fit[] => {
    if (rule.levels !== undefined) return [];
    const field = fields.get(rule.field);
    const origins = rule.from.length > 0 ? rule.from : [null];
    const made = origins.map((from): Fit => originOf(rule, from, attributes.get(from ?? '')));
    if (field === undefined) return made.map((fit) => withoutField(fit, sides));
    const whole = made.map((fit) => judgeMade(rule, { ...fit, takes: field.type }, sides.table));
    return [...whole, ...constantsOf(rule).flatMap((constant) => judgeConstant(rule, constant, field))];
  });
}

/** Those of the fits that must stop a run. */
export function mismatchesIn(fits: readonly Fit[]): readonly Fit[] {
  return fits.filter(({ verdict }) => verdict === 'mismatch');
}

const NOTHING: Fit['fitting'] = { attributes: [], types: [], choices: [] };

function originOf(rule: MappingRule, from: string | null, listed: SourceFieldType | undefined): Fit {
  const given = rule.template === undefined ? (listed ?? null) : 'text';
  const makes = rule.type === undefined || rule.value !== undefined ? given : MADE[rule.type];
  return {
    field: rule.field,
    takes: null,
    from,
    makes,
    constant: null,
    verdict: 'fits',
    reason: null,
    fitting: NOTHING,
  };
}

function judgeMade(rule: MappingRule, fit: Fit, table: TypeTable): Fit {
  if (rule.value !== undefined || rule.map !== undefined) return fit;
  if (fit.makes === null) return { ...fit, verdict: 'unknown', reason: 'attribute' };
  const takes = fit.takes ?? 'text';
  if (!table[fit.makes].includes(takes)) {
    return { ...fit, verdict: 'mismatch', reason: 'type', fitting: whatFits(takes, table) };
  }
  return fit.makes === 'unknown' ? { ...fit, verdict: 'unknown', reason: 'untyped' } : fit;
}

function withoutField(fit: Fit, { customFields, target }: Sides): Fit {
  if (!fit.field.startsWith(CUSTOM_FIELD_PREFIX) || customFields === 'unlisted') {
    return { ...fit, verdict: 'unknown', reason: 'field' };
  }
  if (customFields === 'made') return { ...fit, reason: 'made' };
  const labels = target.flatMap(({ name }) =>
    name.startsWith(CUSTOM_FIELD_PREFIX) ? [name.slice(CUSTOM_FIELD_PREFIX.length)] : [],
  );
  const meant = closest(fit.field.slice(CUSTOM_FIELD_PREFIX.length), labels);
  return { ...fit, verdict: 'mismatch', reason: 'missing', ...(meant !== null && { meant }) };
}

function whatFits(takes: TargetFieldType, table: TypeTable): Fit['fitting'] {
  const fits = (type: SourceFieldType) => table[type].includes(takes);
  const attributes = (Object.keys(table) as SourceFieldType[]).filter((type) => type !== 'unknown' && fits(type));
  const types = (Object.keys(MADE) as MappedType[]).filter((type) => fits(MADE[type]));
  return { attributes, types, choices: [] };
}

function constantsOf({ value, map, default: otherwise }: MappingRule): readonly (string | number | boolean)[] {
  const all = [...(value === undefined ? [] : [value]), ...Object.values(map ?? {})];
  return [...new Set(otherwise === undefined ? all : [...all, otherwise])];
}

// One that fits needs no line of its own: the rule's has it.
function judgeConstant(
  rule: MappingRule,
  constant: string | number | boolean,
  { type, choices, spelling }: Sides['target'][number],
): readonly Fit[] {
  if (constant === '') return [];
  const converted = convert(constant, rule.type ?? typeFor({ type }));
  const cased = converted === undefined ? undefined : withCase(converted, rule.case);
  const made = spelling !== undefined && typeof cased === 'string' ? spelling(cased) : cased;
  const reason = reasonAgainst(made, type, choices);
  if (reason === null) return [];
  const fitting = { ...NOTHING, choices: choices ?? [] };
  const base = { field: rule.field, takes: type, from: null, makes: null, constant: String(constant) };
  return [{ ...base, verdict: 'mismatch', reason, fitting }];
}

function reasonAgainst(
  made: Value | undefined,
  type: TargetFieldType,
  choices: readonly string[] | null,
): 'value' | 'choice' | null {
  // The rule's own type may make something else than the field takes.
  if (made === undefined || convert(made, typeFor({ type })) === undefined) return 'value';
  if (type === 'email' && !(typeof made === 'string' && isEmail(made))) return 'value';
  if (choices === null) return null;
  const texts: readonly string[] = Array.isArray(made) ? made : [String(made)];
  return texts.every((text) => choices.includes(text)) ? null : 'choice';
}
