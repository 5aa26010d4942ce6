import { caseless } from '../../core/caseless.js';
import { didYouMean } from '../../core/closest.js';
import { convert } from '../../core/convert.js';
import type { TargetFieldType } from '../../core/field-type.js';
import { isEmpty, type Value } from '../../core/value.js';
import { RejectedError } from '../kit/rejected.js';
import type { Definition } from './schema.js';
import type { LearnUponSettings } from './settings.js';

/** A custom field with everything that is known of it, from LearnUpon and from the settings. */
export interface CustomField {
  readonly id: number;
  readonly label: string;
  readonly type: Exclude<TargetFieldType, 'email' | 'employee'>;
  /** A closed list of values as texts, or null where LearnUpon gives none. */
  readonly choices: readonly string[] | null;
  readonly multi: 'comma' | 'list';
  readonly trueText: string;
  readonly falseText: string;
}

// https://support.learnupon.com/hc/en-us/articles/360006564737
const TYPE_IDS: ReadonlyMap<number, CustomField['type']> = new Map([
  [1, 'text'],
  [2, 'decimal'],
  [3, 'integer'],
  [4, 'choice'],
  [5, 'decimal_choice'],
  [6, 'integer_choice'],
  [7, 'date'],
]);
const WITH_CHOICES = new Set<TargetFieldType>([
  'choice',
  'decimal_choice',
  'integer_choice',
  'multi_choice',
  'boolean',
]);

/** What a definition says of a field, with what the settings know beyond it. */
export function customFieldFrom(definition: Definition, settings: LearnUponSettings): CustomField {
  const { custom_data, multi, true_text, false_text } = settings;
  const own = toldOf(definition.label, custom_data);
  const given = TYPE_IDS.get(definition.type_id ?? 1) ?? 'text';
  const type = own !== undefined && (given === 'text' || given === 'choice') ? own.type : given;
  return {
    id: definition.id,
    label: definition.label.trim(),
    type,
    choices: WITH_CHOICES.has(type) && given !== 'text' ? choicesOf(definition, settings.choice_separator) : null,
    multi: own?.multi ?? multi,
    trueText: own?.true_text ?? true_text,
    falseText: own?.false_text ?? false_text,
  };
}

/** What the settings tell of a field. */
export function toldOf(
  label: string,
  custom_data: LearnUponSettings['custom_data'],
): LearnUponSettings['custom_data'][string] | undefined {
  return Object.entries(custom_data).find(([own]) => folded(own) === folded(label))?.[1];
}

/** Some portals show "Job Title" and others `job_title`. */
export function folded(label: string): string {
  return caseless(label).replace(/[\s_-]+/g, '');
}

/**
 * A wanted value as LearnUpon takes it in this field; the caller clears empty ones.
 *
 * @throws RejectedError `invalid_value` for what the field does not take: LearnUpon may drop it without a word
 */
export function encodeValue(value: Value, field: CustomField): string | number | readonly string[] {
  switch (field.type) {
    case 'text':
      return textOf(value, field);
    case 'choice':
      return among(textOf(value, field), field);
    case 'boolean':
      return among(truthOf(value, field) ? field.trueText : field.falseText, field);
    case 'multi_choice': {
      const items = severalIn(value).map((item) => among(item, field));
      if (field.multi === 'list') return items;
      const divided = items.find((item) => item.includes(','));
      if (divided !== undefined) throw refused(divided, field, IN_TWO);
      return items.join(',');
    }
    case 'date':
      return made(convert(value, 'date'), value, field, 'day (YYYY-MM-DD)');
    case 'integer':
    case 'integer_choice':
      return numberAmong(made(convert(value, 'integer'), value, field, 'whole number'), field);
    case 'decimal':
    case 'decimal_choice':
      return numberAmong(made(convert(value, 'decimal'), value, field, 'number'), field);
  }
}

// One text is one value, whatever commas are in it.
function severalIn(value: Value): readonly string[] {
  const converted = convert(Array.isArray(value) ? value : [String(value)], 'multi_choice');
  return Array.isArray(converted) ? converted : [];
}

const IN_TWO =
  'one value with a comma in it, which LearnUpon would read as two: set multi: list for this field under target.custom_data, or give it another name with "map"';

/** A value that LearnUpon shows, in one spelling: texts, numbers as text too, sets of texts, yes or no, null for empty. */
export function decodeValue(raw: unknown, field: CustomField): Value {
  const value = plain(raw);
  if (value === null || isEmpty(value)) return null;
  switch (field.type) {
    case 'multi_choice':
      return convert(value, 'multi_choice') ?? null;
    case 'boolean': {
      const text = String(value).trim();
      return text === field.trueText ? true : text === field.falseText ? false : text;
    }
    case 'date':
      return convert(value, 'date') ?? String(value);
    case 'integer':
    case 'integer_choice':
    case 'decimal':
    case 'decimal_choice':
      return String(convert(value, 'decimal') ?? value);
    case 'text':
    case 'choice':
      return String(convert(value, 'string'));
  }
}

function plain(raw: unknown): Value {
  if (typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean') return raw;
  return Array.isArray(raw) ? raw.map(String) : null;
}

function textOf(value: Value, { trueText, falseText }: CustomField): string {
  if (typeof value === 'boolean') return value ? trueText : falseText;
  return String(convert(value, 'string'));
}

function truthOf(value: Value, field: CustomField): boolean {
  const text = String(value).trim();
  if (text === field.trueText || text === field.falseText) return text === field.trueText;
  const truth = convert(value, 'boolean');
  if (typeof truth === 'boolean') return truth;
  throw refused(value, field, `neither "${field.trueText}" nor "${field.falseText}"`);
}

function made<Made extends Value>(converted: Made | undefined, value: Value, field: CustomField, kind: string) {
  if (typeof converted === 'string' || typeof converted === 'number') return converted;
  throw refused(value, field, `no ${kind}`);
}

function among(text: string, field: CustomField): string {
  if (field.choices === null || field.choices.includes(text)) return text;
  throw refused(text, field, `none of ${field.choices.join(', ')}${didYouMean(text, field.choices)}`);
}

function numberAmong(number: string | number, field: CustomField): string | number {
  if (field.choices === null || field.choices.some((choice) => Number(choice) === Number(number))) return number;
  throw refused(number, field, `none of ${field.choices.join(', ')}`);
}

function refused(value: Value, { label }: CustomField, why: string): RejectedError {
  return new RejectedError('invalid_value', `custom field "${label}": "${String(value).slice(0, 80)}" is ${why}`);
}

function choicesOf({ predefined_values }: Definition, separator: string): readonly string[] | null {
  if (predefined_values === null || predefined_values === undefined) return null;
  const values =
    typeof predefined_values === 'string' ? split(predefined_values, separator) : predefined_values.map(String);
  const choices = values.map((value) => value.normalize('NFC').trim()).filter((value) => value !== '');
  return choices.length === 0 ? null : choices;
}

// Where each value has a line of its own, what else looks like a separator is part of a value.
function split(text: string, separator: string): readonly string[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.length > 1 ? lines : text.split(separator);
}
