import { isDay } from '../../core/day.js';
import { type Body, isBlank, isHeeded, isRecord } from './parts.js';
import { Refusal } from './refusal.js';
import type { LearnUponSettings } from './settings.js';
import type { CustomValue, UserData } from './user.js';

type Definition = LearnUponSettings['definitions'][number] & { readonly id: number };

/** The definitions with the ids that go by their places. */
export function definitionsOf({ definitions }: Pick<LearnUponSettings, 'definitions'>): readonly Definition[] {
  return definitions.map((definition, index) => ({ ...definition, id: 501 + index }));
}

/** The array of definitions as every reply about users holds it, under the key as it is spelt live. */
export function definitionsBody(settings: LearnUponSettings): Body {
  const list = definitionsOf(settings).map(({ id, type, label, values }) => ({
    id,
    type_id: type,
    label: shown(label, settings),
    predefined_values: values === null ? null : values.join(','),
  }));
  return { [settings.misspelt ? 'customDataFieldDefintions' : 'customDataFieldDefinitions']: list };
}

/** Custom values by label, or by definition id with `use_definition_ids`. What is not named stays. */
export function readCustomData(
  sent: unknown,
  present: UserData['custom'],
  settings: LearnUponSettings,
): UserData['custom'] {
  if (!isRecord(sent)) return present;
  const { use_definition_ids, ...values } = sent;
  const byId = use_definition_ids === 1 || use_definition_ids === true;
  const custom: Record<number, CustomValue> = { ...present };
  for (const [key, value] of Object.entries(values)) {
    const definition = definitionsOf(settings).find(({ id, label }) =>
      byId ? String(id) === key : folded(label) === folded(key),
    );
    // An unknown label is not worth a word.
    if (definition === undefined || !isHeeded(value, settings)) continue;
    if (isBlank(value) || (Array.isArray(value) && value.length === 0)) {
      delete custom[definition.id];
      continue;
    }
    const stored = readValue(value, definition, settings);
    if (stored !== undefined) custom[definition.id] = stored;
    else if (settings.wrongValues === 'reject') throw new Refusal(422, `${definition.label} is not a valid value`);
  }
  return custom;
}

/** Custom values as replies show them, both ways. */
export function customBody(custom: UserData['custom'], settings: LearnUponSettings): Body {
  const entries = definitionsOf(settings).flatMap((definition) => {
    const value = custom[definition.id];
    return value === undefined ? [] : [{ definition, value: valueShown(value) }];
  });
  const byLabel = entries.map(({ definition, value }) => [shown(definition.label, settings), value] as const);
  return {
    CustomData: entries.length === 0 ? null : Object.fromEntries(byLabel),
    customDataFieldValues: entries.map(({ definition, value }) => ({ definition_id: definition.id, value })),
  };
}

function readValue(value: unknown, definition: Definition, settings: LearnUponSettings): CustomValue | undefined {
  if (definition.multi) return readSeveral(value, definition, settings);
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value).trim();
  switch (definition.type) {
    case 2:
    case 5:
      return isAmong(text, definition) && typeof value === 'number' ? value : undefined;
    case 3:
    case 6:
      return isAmong(text, definition) && Number.isInteger(value) ? value : undefined;
    case 4:
      return isAmong(text, definition) ? text : undefined;
    case 7:
      return isDay(text) ? text : undefined;
    default:
      return typeof value === 'string' ? text : undefined;
  }
}

function readSeveral(value: unknown, definition: Definition, { multi }: LearnUponSettings): CustomValue | undefined {
  if (Array.isArray(value) !== (multi === 'list')) return undefined;
  const items = (Array.isArray(value) ? value : String(value).split(',')).map((item) => String(item).trim());
  return items.every((item) => isAmong(item, definition)) ? items : undefined;
}

function isAmong(text: string, { values }: Definition): boolean {
  return values === null || values.includes(text);
}

function valueShown(value: CustomValue): unknown {
  return typeof value === 'object' ? value.join(',') : value;
}

function shown(label: string, { labels }: LearnUponSettings): string {
  return labels === 'snake' ? label.toLowerCase().replace(/\s+/g, '_') : label;
}

function folded(label: string): string {
  return label.toLowerCase().replace(/[\s_]+/g, '');
}
