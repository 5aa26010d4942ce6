import { CUSTOM_FIELD_PREFIX, UNKNOWN } from '../../core/account.js';
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
  /**
   * What to remember; `fields` null: the company's fields were not read in this run. `isDone`: nobody is left to be moved, so
   * that a former field is somebody else's from now on.
   */
  notes(fields: readonly CustomField[] | null, isDone: boolean): Notes;
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
  const custom = rules.filter(({ field }) => field.startsWith(CUSTOM_FIELD_PREFIX));
  const managed = custom.filter(({ write }) => write === 'always');
  const names = new Set(custom.map(nameOf));
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
        return value !== null && meant.some((one) => one !== UNKNOWN && meansTheSame(field.name, one, value, type));
      });
      for (const field of left) tell(field.name, name);
      return left.map(({ _id }) => _id);
    },
    notes(fields, isDone) {
      const noted: [key: string, ids: readonly string[]][] = [];
      for (const rule of managed) {
        const key = keyOf(rule);
        // Of two lines that say the same, nobody could tell which one was renamed.
        if (managed.some((other) => other !== rule && keyOf(other) === key)) continue;
        const ids = known[key] ?? [];
        const own = fields?.find((field) => field.name === nameOf(rule))?._id;
        const there = fields === null ? ids : ids.filter((id) => fields.some(({ _id }) => _id === id));
        const kept = own === undefined ? there : isDone ? [own] : [...new Set([...there, own])];
        if (kept.length > 0) noted.push([key, kept]);
      }
      return Object.fromEntries(noted);
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
