import type { StruckDataFault } from '../faults/fault.js';
import { withOddities } from '../oddities.js';
import type { Field } from './fields/field.js';
import { type Render, renderer } from './fields/render.js';
import type { BambooHRParts } from './parts.js';
import { listedRecords } from './people/listed-records.js';
import { sightOf } from './people/sight.js';
import { type Shown, show } from './people/standing.js';
import type { ApiKey } from './settings.js';

/** A column of an answer: a field under the name that it was asked for by. */
export interface Column {
  readonly name: string;
  readonly field: Field;
}

/** The people within the rights of a key, as they are shown now. */
export function visiblePeople(
  parts: BambooHRParts,
  key: ApiKey,
  onlyCurrent: boolean,
  faults: readonly StruckDataFault[] = [],
): readonly Shown[] {
  const sight = sightOf(key, faults);
  return listedRecords(parts)
    .filter((record) => sight.person(record))
    .map((record) => show(record, parts, onlyCurrent));
}

/** Values by column name. */
export function valuesOf(
  shown: Shown,
  columns: readonly Column[],
  render: Render,
): Readonly<Record<string, string | null>> {
  return Object.fromEntries(columns.map(({ name, field }) => [name, render(field, shown)]));
}

/** Turns people into rows of a report: `id` and the columns, or the ids alone where the settings say so. */
export function reportRow(columns: readonly Column[], parts: BambooHRParts): (shown: Shown) => object {
  const { settings } = parts;
  const render = renderer(parts, 'report');
  return (shown) => {
    const values = settings.bareRows ? {} : valuesOf(shown, columns, render);
    return withOddities({ id: String(shown.id), ...values }, shown.id, settings);
  };
}

/** The fields that a key may see among those named by alias or id. What is unknown or hidden is left out without a word. */
export function visibleColumns(
  names: readonly string[],
  fields: readonly Field[],
  may: (alias: string | null) => boolean,
): readonly Column[] {
  return names.flatMap((asked) => {
    const field = fields.find(({ alias, id }) => alias === asked || String(id) === asked);
    if (field === undefined || !may(field.alias)) return [];
    // A field that is asked for by number comes back under the number, not the alias.
    return [{ name: field.alias === asked ? asked : `${asked}.0`, field }];
  });
}
