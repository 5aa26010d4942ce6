import { CUSTOM_FIELD_PREFIX, EXTERNAL_ID } from './account.js';
import { counterpartsOf } from './counterparts.js';
import { HR_FIELDS } from './employee.js';
import type { SourceFieldType, TypeTable } from './field-type.js';
import type { MappedField, MappingRule } from './mapping.js';

/** One attribute that HR offers. */
interface Offered {
  readonly name: string;
  readonly label: string | null;
  readonly type: SourceFieldType;
}

/** What a mapping can be suggested from. */
export interface Suggestible {
  readonly rules: readonly MappingRule[];
  readonly source: readonly Offered[];
  readonly target: readonly Pick<MappedField, 'name' | 'type' | 'givesRights' | 'remark'>[];
  readonly table: TypeTable;
  /** Why a field is not sent, or null. */
  readonly withheld: (field: string) => string | null;
}

/** One line of a suggested mapping. */
export interface SuggestedLine {
  /** The LMS field; a custom field is `custom_fields.NAME`. */
  readonly field: string;
  /** The rule that the mapping has already, or null. */
  readonly rule: MappingRule | null;
  /** The HR field that seems to be meant, or null. */
  readonly from: string | null;
  /** Why it cannot stand as it is; such a line is only a comment. Null where it can. */
  readonly remark: string | null;
}

/**
 * Suggests a line for every field that the target takes: the rule that there is, else the HR field of the same meaning
 * (custom fields: of the same label). Attributes of HR's own that nothing names yet come last, as custom fields.
 */
export function suggestMapping(all: Suggestible): readonly SuggestedLine[] {
  // What the target's settings add stands there already.
  const written = all.rules.filter((rule) => rule.levels === undefined);
  const rules = new Map(written.map((rule) => [rule.field, rule]));
  const fields = all.target.filter(({ name }) => name !== EXTERNAL_ID);
  const listed = fields.map((field): SuggestedLine => {
    const rule = rules.get(field.name) ?? null;
    return rule === null ? suggestion(field, all) : { field: field.name, rule, from: null, remark: null };
  });
  const names = new Set(fields.map(({ name }) => name));
  const unlisted = written.filter(({ field }) => !names.has(field));
  const kept = unlisted.map((rule): SuggestedLine => ({ field: rule.field, rule, from: null, remark: null }));
  return [...listed, ...kept, ...leftover(all, [...listed, ...kept])];
}

function suggestion(
  { name, type, givesRights, remark }: Suggestible['target'][number],
  all: Suggestible,
): SuggestedLine {
  const line = { field: name, rule: null };
  const [offered] = counterpartsOf(name, all.source);
  const withheld = all.withheld(name);
  if (offered === undefined) return { ...line, from: null, remark: withheld ?? `takes ${said(type)}` };
  if (withheld !== null) return { ...line, from: offered.name, remark: withheld };
  if (remark !== undefined) return { ...line, from: offered.name, remark };
  if (givesRights) {
    const howTo = `gives rights: write { from: ${offered.name}, map: { … } } with every value that may give some`;
    return { ...line, from: offered.name, remark: howTo };
  }
  const fits = all.table[offered.type].includes(type);
  return { ...line, from: offered.name, remark: fits ? null : `takes ${said(type)}, and HR has ${said(offered.type)}` };
}

// Whether the LMS has a custom field of that name is for a person to say.
function leftover({ source, rules }: Suggestible, lines: readonly SuggestedLine[]): readonly SuggestedLine[] {
  const used = new Set([...rules.flatMap(({ from }) => from), ...lines.map(({ from }) => from)]);
  const known: readonly string[] = HR_FIELDS;
  return source
    .filter(({ name, label }) => label !== null && !used.has(name) && !known.includes(name))
    .map(({ name, label, type }) => ({
      field: `${CUSTOM_FIELD_PREFIX}${label}`,
      rule: null,
      from: name,
      remark: `${said(type)}; where there is a custom field of that name`,
    }));
}

function said(type: string): string {
  return type.replaceAll('_', ' ');
}
