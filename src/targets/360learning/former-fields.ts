import { CUSTOM_FIELD_PREFIX } from '../../core/account.js';
import type { MappingRule } from '../../core/mapping.js';
import { meansTheSame } from '../../core/meaning.js';
import type { Notes } from '../../core/notes.js';
import type { Value } from '../../core/value.js';
import type { AdapterWorld } from '../../http/world.js';
import { canonical } from './custom-values.js';
import type { CustomField, CustomValue } from './schema.js';

/** Which custom fields the lines of the mapping were written to in earlier runs, whatever they are called now. */
export interface FormerFields {
  recall(notes: Notes): void;
  /** Fields that hold what hrsync wrote for this name before, and that no line of the mapping names now. */
  of(name: string, fields: readonly CustomField[]): readonly CustomField[];
  /**
   * Ids of the former fields in which a value of ours stands still. Only what hrsync writes now or is known to have written
   * (`meant`) counts, and only where the user holds nothing in the `present` field yet: afterwards what stands in the other
   * field is somebody else's.
   */
  outlived(name: string, user: Outlived): readonly string[];
  /** What to remember; `fields` null: the company's fields were not read in this run. */
  notes(fields: readonly CustomField[] | null): Notes;
}

interface Outlived {
  readonly fields: readonly CustomField[];
  readonly present: string | undefined;
  readonly meant: readonly Value[];
  /** What the user holds, by the ids of the fields. */
  readonly held: ReadonlyMap<string, CustomValue>;
}

/**
 * A field may be renamed in 360Learning, or in the mapping. In both cases a line of the mapping is written to a field of another
 * id from then on. The notes hold the ids by what a line is made from, since that is what stays the same: nothing in
 * 360Learning says what a field was called before.
 */
export function createFormerFields(rules: readonly MappingRule[] = [], log: AdapterWorld['log']): FormerFields {
  let known: Notes = {};
  // A value that is written once belongs to 360Learning afterwards.
  const managed = rules.filter(({ field, write }) => write === 'always' && field.startsWith(CUSTOM_FIELD_PREFIX));
  const names = new Set(managed.map(nameOf));

  const told = new Set<string>();

  function ruleFor(name: string): MappingRule | undefined {
    return managed.find((one) => nameOf(one) === name);
  }

  function of(name: string, fields: readonly CustomField[]): readonly CustomField[] {
    const rule = ruleFor(name);
    const ids = rule === undefined ? [] : (known[keyOf(rule)] ?? []);
    return fields.filter((field) => ids.includes(field._id) && !names.has(field.name));
  }

  function tell(from: string, to: string): void {
    const sentence = sayMoved(from, to);
    if (!told.has(sentence)) log.warn(sentence);
    told.add(sentence);
  }

  return {
    recall(notes) {
      known = notes;
    },
    of,
    outlived(name, { fields, present, meant, held }) {
      if (present !== undefined && held.has(present)) return [];
      const type = ruleFor(name)?.type;
      const left = of(name, fields).filter((field) => {
        const value = canonical(held.get(field._id)?.value ?? null, field, ruleFor(name));
        return value !== null && meant.some((one) => meansTheSame(field.name, one, value, type));
      });
      for (const field of left) tell(field.name, name);
      return left.map(({ _id }) => _id);
    },
    notes(fields) {
      const noted = new Map<string, ReadonlySet<string>>();
      for (const rule of managed) {
        const key = keyOf(rule);
        const own = fields?.find((field) => field.name === nameOf(rule))?._id;
        const ids = [...(noted.get(key) ?? known[key] ?? []), ...(own === undefined ? [] : [own])];
        noted.set(key, new Set(ids.filter((id) => fields?.some(({ _id }) => _id === id) ?? true)));
      }
      return Object.fromEntries([...noted].map(([key, ids]) => [key, [...ids]]));
    },
  };
}

/** Says that values change their field. */
export function sayMoved(from: string, to: string): string {
  return `values that hrsync wrote in custom field "${from}" move to "${to}"; to go on with "${from}", write that name in the mapping`;
}

function nameOf({ field }: MappingRule): string {
  return field.slice(CUSTOM_FIELD_PREFIX.length);
}

function keyOf({ from, template, value, map, default: otherwise }: MappingRule): string {
  return JSON.stringify({ from, template, value, map, otherwise });
}
