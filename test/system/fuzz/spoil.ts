/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Numbers from 0 (inclusive) to 1 that a seed decides. */
export type Random = () => number;

/** The numbers of a seed: https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32 */
export function randomOf(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One item of a list that is not empty. */
export function oneOf<Item>(items: readonly Item[], random: Random): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('there is nothing to choose from');
  return item;
}

/** What a vendor's schema may allow: these say "none", so a run may clear a field because of them. */
const NOTHING: readonly Json[] = [null, '', [], {}];

// No day in the past and no word for "has left": a run that ends somebody because of these does wrong.
const STRANGE: readonly Json[] = [
  ...[true, false, 0, -1, 1.5, 1e21, Number.MAX_SAFE_INTEGER + 2, 7],
  ...['no such word', 'ACTIVE', 'null', ' ', '\u200B', '\u0000', '\uFFFD', 'x'.repeat(5_000)],
  ...['31.12.2020', '0000-00-00', '2026-13-45', '9999-12-31', '2026-01-01T00:00:00+99:00', '12e3', '-0', '１２'],
  ...['http://127.0.0.1:9/elsewhere', '//127.0.0.1:9', '../../..', '?a=b&page[x]=1', '%', '=1+1', '<b>', '\u001b[2J'],
  ...([[null], [[]], [{}], ['a', 'a'], [1, 'a', null], { value: null }, { a: { a: { a: {} } } }] as const),
  ...[{ id: null }, { id: {} }, { length: 3 }, { toString: 'x' }, { constructor: null }],
  JSON.parse('{"__proto__":{"value":1}}') as Json,
];

/** What was done to an answer; `empties` says that a field may rightly be cleared because of it. */
export interface Spoilt<Answer> {
  readonly answer: Answer;
  readonly what: string;
  readonly empties: boolean;
}

/** Changes one place of a piece of JSON: drops, doubles, adds or replaces something there. */
export function spoil(json: Json, random: Random): Spoilt<Json> {
  const fork = typeof json === 'object' && json !== null ? Object.keys(json) : [];
  if (fork.length > 0 && random() < 0.85) return spoilBelow(json, oneOf(fork, random), random);
  if (random() < 0.25) return { answer: oneOf(NOTHING, random), what: 'nothing', empties: true };
  const answer = oneOf(STRANGE, random);
  return { answer, what: `= ${JSON.stringify(answer).slice(0, 60)}`, empties: false };
}

function spoilBelow(json: Json, key: string, random: Random): Spoilt<Json> {
  const choice = random();
  const strange = () => oneOf(STRANGE, random);
  if (Array.isArray(json)) {
    const at = Number(key);
    const changed = (items: readonly Json[], what: string) => ({
      answer: items,
      what: `[${at}] ${what}`,
      empties: false,
    });
    if (choice < 0.06) return changed(json.toSpliced(at, 1), 'dropped');
    if (choice < 0.12) return changed(json.toSpliced(at, 0, json[at]), 'doubled');
    if (choice < 0.16) return changed(json.toSpliced(at, 0, strange()), 'a strange one added');
    if (choice < 0.19) return changed(json.toReversed(), 'reversed');
    const { answer, what, empties } = spoil(json[at], random);
    return { answer: json.with(at, answer), what: `[${at}]${what}`, empties };
  }
  const record = json as { readonly [key: string]: Json };
  if (choice < 0.25) {
    const rest = Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
    return { answer: rest, what: `.${key} dropped`, empties: false };
  }
  if (choice < 0.29) return { answer: { ...record, [`${key}_new`]: strange() }, what: '.key added', empties: false };
  const { answer, what, empties } = spoil(record[key] ?? null, random);
  return { answer: { ...record, [key]: answer }, what: `.${key}${what}`, empties };
}
