/** What a mapped value is turned into before it is compared and sent. */
export type MappedType = 'string' | 'date' | 'integer' | 'decimal' | 'choice' | 'multi_choice' | 'boolean';

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
  /** HR value (as text) → LMS value; a value that is not listed becomes `default`, or stays as it is. */
  readonly map?: Readonly<Record<string, string | number | boolean>>;
  /** Instead of an empty value, and of one that `map` does not list. */
  readonly default?: string | number | boolean;
  readonly type?: MappedType;
  readonly whenEmpty: 'clear' | 'keep';
  readonly write: 'always' | 'once';
  readonly case?: 'lower' | 'upper';
}

/** The HR fields that a rule reads. */
export function fieldsReadBy(rule: MappingRule): readonly string[] {
  if (rule.template === undefined) return rule.from;
  return [...rule.template.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '');
}
