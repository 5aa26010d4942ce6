import { hash } from '../../company/random.js';
import type { CompanyView } from '../parts.js';
import type { Shown } from '../people/standing.js';
import type { BambooHRSettings } from '../settings.js';
import { fieldsByAlias } from './catalogue.js';
import type { Field } from './field.js';

type Door = BambooHRSettings['entities'][number];

/** Writes the values of fields for the answers of one door. */
export type Render = (field: Field, shown: Shown) => string | null;

const EMPTY_DATES = ['0000-00-00', '', null] as const;

/** The characters that some accounts are said to write as entities. */
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#039;',
};

/** How values are written at a door: as text, or null. The same value may be written in several ways in one answer. */
export function renderer(showing: CompanyView, door: Door): Render {
  const { settings } = showing;
  const readers = readersOf(showing);
  return (field, shown) => {
    const given = settings.emptied.includes(field.alias ?? '')
      ? null
      : (readers.get(field.alias ?? '') ?? field).value(shown, showing);
    const value = typeof given === 'string' || given === null ? given : given.join(settings.multilistSeparator) || null;
    if (value === null) return field.type === 'date' ? emptyDate(shown.id, field, settings.emptyDates) : null;
    return settings.entities.includes(door) ? withEntities(value) : value;
  };
}

/** A text as it would stand in HTML. */
export function withEntities(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
}

/** Alias → the field whose value stands there instead of its own. */
function readersOf(showing: CompanyView): ReadonlyMap<string, Field> {
  const { swapped } = showing.settings;
  if (swapped.length === 0) return new Map();
  const fields = fieldsByAlias(showing);
  const pairs = swapped.flatMap(([one, other]) => [[one, other] as const, [other, one] as const]);
  return new Map(
    pairs.flatMap(([alias, from]) => {
      const field = fields.get(from);
      return field === undefined ? [] : [[alias, field]];
    }),
  );
}

function emptyDate(id: number, field: Field, form: BambooHRSettings['emptyDates']): string | null {
  if (form === 'zeros') return '0000-00-00';
  if (form === 'text') return '';
  if (form === 'null') return null;
  return EMPTY_DATES[hash(id, Number(field.id)) % EMPTY_DATES.length] ?? null;
}
