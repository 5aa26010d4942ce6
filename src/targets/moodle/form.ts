import type { FormPair } from '../../http/client.js';

/** A parameter of a function, in the nesting in which PHP reads forms. */
export type Parameter = string | number | boolean | readonly Parameter[] | { readonly [name: string]: Parameter };

export type Parameters = Readonly<Record<string, Parameter>>;

/**
 * The most form fields of one call, all counted. PHP reads so many (`max_input_vars`, 1000 unless set) and drops the rest
 * without an error: https://www.php.net/manual/en/info.configuration.php
 */
export const MOST_FIELDS = 900;

/** Fields that every call has besides its parameters: token, function, format and zone. */
export const FIXED_FIELDS = 4;

/** The form of some parameters: `users[0][customfields][1][type]`. Moodle takes 1 and 0 alone as yes and no. */
export function formOf(parameters: Parameters): readonly FormPair[] {
  return Object.entries(parameters).flatMap(([name, value]) => pairsOf(name, value));
}

/** How many form fields a parameter takes. */
export function fieldsIn(value: Parameter): number {
  if (typeof value !== 'object') return 1;
  return Object.values(value).reduce((sum: number, one: Parameter) => sum + fieldsIn(one), 0);
}

/** Cuts a list so that no call has more items than `most`, nor more fields than PHP reads. */
export function callsFor<Item>(
  items: readonly Item[],
  most: number,
  parameterOf: (item: Item) => Parameter,
): readonly (readonly Item[])[] {
  const calls: Item[][] = [];
  let room = 0;
  for (const item of items) {
    const fields = fieldsIn(parameterOf(item));
    const last = calls.at(-1);
    if (last !== undefined && last.length < most && fields <= room) last.push(item);
    else {
      calls.push([item]);
      room = MOST_FIELDS - FIXED_FIELDS;
    }
    room -= fields;
  }
  return calls;
}

function pairsOf(name: string, value: Parameter): FormPair[] {
  if (typeof value === 'boolean') return [[name, value ? '1' : '0']];
  if (typeof value !== 'object') return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, one]: [string, Parameter]) => pairsOf(`${name}[${key}]`, one));
}
