import type { AdapterWorld } from '../../http/world.js';

// Without characters that look alike: somebody may have to read one out.
const LETTERS = {
  lower: 'abcdefghijkmnopqrstuvwxyz',
  upper: 'ABCDEFGHJKLMNPQRSTUVWXYZ',
  digit: '23456789',
  symbol: '!#$%*+-=?@_',
} as const;

/** What a password must be: its length in characters, and the classes of which it holds at least one each. */
export interface PasswordPolicy {
  readonly length: number;
  readonly classes: readonly (keyof typeof LETTERS)[];
}

/** A password that is never shown, with at least one character of every class. */
export function makePassword({ length, classes }: PasswordPolicy, randomInt: AdapterWorld['randomInt']): string {
  const pick = (from: string) => from.charAt(randomInt(from.length));
  const all = classes.map((one) => LETTERS[one]).join('');
  const characters = classes.map((one) => pick(LETTERS[one]));
  while (characters.length < length) characters.push(pick(all));
  // The guaranteed ones must not stand at the beginning always.
  for (let last = characters.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    const [one, two] = [characters[last] ?? '', characters[other] ?? ''];
    characters[last] = two;
    characters[other] = one;
  }
  return characters.join('');
}
