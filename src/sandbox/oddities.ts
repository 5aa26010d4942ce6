import * as z from 'zod';
import { isDay } from '../core/day.js';
import type { Company, Person, Unit } from './company/company.js';

const byPerson = <Schema extends z.ZodType>(schema: Schema) => z.record(z.string(), schema).default({});

/** Ways in which HR data goes wrong; settings of every HR system. Persons go by their number, `*` is everybody. */
export const odditySettings = {
  /** Field of a profile (`hireDate`, or the key of a custom date) → the form that its days have: `31.12.2020`, `12/31/2020`. */
  dateForms: z.record(z.string(), z.enum(['day_month_year', 'month_day_year'])).default({}),
  /** Fields of a profile whose missing days are written `0000-00-00`. */
  zeroDates: z.array(z.string()).default([]),
  /** Whether texts come with their accents as letters of their own. */
  textForm: z.enum(['NFC', 'NFD']).default('NFC'),
  /** Person → keys that their answers lack; dots lead inside an object (`termination.last_working_day`). */
  leavesOut: byPerson(z.array(z.string())),
  /** Person → key → what stands there, whatever it is. */
  rawValues: byPerson(z.record(z.string(), z.unknown())),
  /** Person → how their second row differs from the first, which it follows: not at all, or in last name and position. */
  listedTwice: byPerson(z.enum(['identical', 'different'])),
  /** Names of departments and other units that come as null. */
  namelessUnits: z.array(z.string()).default([]),
} as const;

export type Oddities = { readonly [Key in keyof typeof odditySettings]: z.output<(typeof odditySettings)[Key]> };

const DATES = [
  ...(['hireDate', 'contractEndDate', 'probationEnd'] as const),
  ...(['terminationDate', 'lastWorkingDay'] as const),
];

/** A profile with its days as they are written. */
export function asWritten(
  person: Person,
  { customAttributes }: Pick<Company, 'customAttributes'>,
  { dateForms, zeroDates }: Oddities,
): Person {
  if (Object.keys(dateForms).length === 0 && zeroDates.length === 0) return person;
  const written = (field: string, day: string | null): string | null => {
    if (day === null) return zeroDates.includes(field) ? '0000-00-00' : null;
    const form = dateForms[field];
    return form === undefined ? day : inForm(day, form);
  };
  const dates = DATES.map((field) => [field, written(field, person[field])]);
  const custom = customAttributes
    .filter(({ type }) => type === 'date')
    .map(({ key }) => {
      const day = person.custom[key];
      return [key, written(key, typeof day === 'string' ? day : null)];
    });
  return { ...person, ...Object.fromEntries(dates), custom: { ...person.custom, ...Object.fromEntries(custom) } };
}

/** People in the order of a list, some of them twice. */
export function withDoubles(people: readonly Person[], { listedTwice }: Oddities): readonly Person[] {
  if (Object.keys(listedTwice).length === 0) return people;
  return people.flatMap((person) => {
    const how = listedTwice[person.id] ?? listedTwice['*'];
    if (how === undefined) return [person];
    return [
      person,
      how === 'identical' ? person : { ...person, lastName: `${person.lastName}-Other`, position: 'Other' },
    ];
  });
}

/** Name of a unit, or null where it is said to have none. */
export function shownName({ name }: Unit, { namelessUnits }: Oddities): string | null {
  return namelessUnits.includes(name) ? null : name;
}

/**
 * A finished row with the keys that are left out, the values that are put in and the form of its texts.
 *
 * @param holder where a value stands inside its key: `value` where every attribute is an object of its own
 */
export function withOddities<Row extends object>(row: Row, id: number, oddities: Oddities, holder?: string): Row {
  const { leavesOut, rawValues, textForm } = oddities;
  const lost = [...(leavesOut['*'] ?? []), ...(leavesOut[id] ?? [])];
  const raw = Object.entries({ ...rawValues['*'], ...rawValues[id] });
  if (lost.length === 0 && raw.length === 0) return inTextForm(row, textForm);
  const changed = structuredClone(row);
  for (const path of lost) edit(changed, path.split('.'), (object, key) => Reflect.deleteProperty(object, key));
  for (const [path, value] of raw) {
    const inside = holder === undefined ? path : `${path}.${holder}`;
    edit(changed, inside.split('.'), (object, key) => Reflect.set(object, key, value));
  }
  return inTextForm(changed, textForm);
}

/** Everything that is text inside a value, in the form that is wanted. */
export function inTextForm<Value>(value: Value, form: Oddities['textForm']): Value {
  if (form === 'NFC') return value;
  return JSON.parse(JSON.stringify(value), (_, one: unknown) => (typeof one === 'string' ? one.normalize(form) : one));
}

/** Does something to a key deep inside; where the way there ends early, nothing. */
function edit(
  object: object,
  [key = '', ...rest]: readonly string[],
  change: (object: object, key: string) => void,
): void {
  if (rest.length === 0) change(object, key);
  const inner: unknown = Reflect.get(object, key);
  if (rest.length > 0 && typeof inner === 'object' && inner !== null) edit(inner, rest, change);
}

function inForm(day: string, form: Oddities['dateForms'][string]): string {
  if (!isDay(day)) return day;
  const [year, month, date] = day.split('-');
  return form === 'day_month_year' ? `${date}.${month}.${year}` : `${month}/${date}/${year}`;
}
