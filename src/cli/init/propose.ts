import { CUSTOM_FIELD_PREFIX } from '../../core/account.js';
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

/** What usually belongs together, best first. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  first_name: ['first_name'],
  last_name: ['last_name'],
  email: ['work_email'],
  job_title: ['job_title'],
  primary_team: ['department', 'team'],
  primary_location: ['work_location'],
  organization: ['legal_entity', 'department'],
  hire_date: ['start_date'],
  leave_date: ['termination_date'],
  manager: ['manager'],
};

/** The mapping that fits both sides: usual pairs, and custom fields that bear the same name on both. */
export function proposeMapping(sides: BothSides): readonly ProposedRule[] {
  const { taken, withheld } = sides;
  return taken
    .filter(({ name, required }) => required || !withheld(name))
    .flatMap(({ name, type, required }) => {
      const candidates = USUAL[name] ?? namesake(name, sides);
      const from = candidates.find((field) => fits(field, type, sides)) ?? (required ? candidates[0] : undefined);
      return from === undefined ? [] : [{ field: name, from }];
    });
}

/** What HR offers beyond a mapping. */
export function leftOver(offered: readonly SourceField[], rules: readonly ProposedRule[]): readonly SourceField[] {
  const used = new Set(rules.map(({ from }) => from));
  return offered.filter(({ name }) => !used.has(name) && name !== 'id');
}

function namesake(name: string, { offered }: BothSides): readonly string[] {
  if (offered === null || !name.startsWith(CUSTOM_FIELD_PREFIX)) return [];
  const wanted = plain(name.slice(CUSTOM_FIELD_PREFIX.length));
  return offered.filter((field) => plain(field.label ?? field.name) === wanted).map((field) => field.name);
}

function fits(field: string, type: TargetField['type'], { offered, types }: BothSides): boolean {
  if (offered === null) return true;
  const source = offered.find(({ name }) => name === field);
  return source !== undefined && types[source.type].includes(type);
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
