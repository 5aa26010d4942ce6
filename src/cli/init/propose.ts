import { CUSTOM_FIELD_PREFIX } from '../../core/account.js';
import { counterpartsOf, usualFor } from '../../core/counterparts.js';
import type { TypeTable } from '../../core/field-type.js';
import type { SourceField } from '../../sources/source.js';
import type { TargetField } from '../../targets/target.js';

/** One line of a proposed mapping. */
export interface ProposedRule {
  /** The LMS field; a custom field is `custom_fields.NAME`. */
  readonly field: string;
  readonly from: string;
}

/** What is known of both sides when a mapping is proposed. */
export interface BothSides {
  /** What HR offers; null where it was not asked. */
  readonly offered: readonly SourceField[] | null;
  readonly taken: readonly Pick<TargetField, 'name' | 'type' | 'required'>[];
  readonly types: TypeTable;
  readonly withheld: (field: string) => boolean;
}

/** The mapping that fits both sides: usual pairs, and custom fields that bear the same name on both. */
export function proposeMapping(sides: BothSides): readonly ProposedRule[] {
  const { taken, withheld } = sides;
  return taken
    .filter(({ name, required }) => required || !withheld(name))
    .flatMap(({ name, type, required }) => {
      const candidates = candidatesFor(name, sides);
      const from = candidates.find((field) => fits(field, type, sides)) ?? (required ? candidates[0] : undefined);
      return from === undefined ? [] : [{ field: name, from }];
    });
}

/** What HR offers beyond a mapping. */
export function leftOver(offered: readonly SourceField[], rules: readonly ProposedRule[]): readonly SourceField[] {
  const used = new Set(rules.map(({ from }) => from));
  return offered.filter(({ name }) => !used.has(name) && name !== 'id');
}

function candidatesFor(field: string, { offered }: BothSides): readonly string[] {
  if (!field.startsWith(CUSTOM_FIELD_PREFIX)) return usualFor(field);
  return offered === null ? [] : counterpartsOf(field, offered).map(({ name }) => name);
}

function fits(field: string, type: TargetField['type'], { offered, types }: BothSides): boolean {
  if (offered === null) return true;
  const source = offered.find(({ name }) => name === field);
  return source !== undefined && types[source.type].includes(type);
}
