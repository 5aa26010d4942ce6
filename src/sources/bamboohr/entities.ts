import { count } from '../../core/count.js';
import { IncompleteReadError } from '../../errors.js';
import { TITLE } from './failure.js';

const ENTITY = /&(amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[\da-f]{1,6});/gi;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** Whether a text holds an HTML entity such as `&amp;`. */
export function hasEntity(value: unknown): value is string {
  return typeof value === 'string' && value.includes('&') && value.search(ENTITY) >= 0;
}

/** A text without its entities. */
export function decoded(text: string): string {
  return text.replace(ENTITY, (whole, entity: string) => {
    const name = entity.toLowerCase();
    if (!name.startsWith('#')) return NAMED[name] ?? whole;
    const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** So many people whose values hold entities make it a fault of the answer; fewer may really be called so. */
const MANY = 3;

/** What decides about values with entities. */
export interface EntityRules {
  /** Whether BambooHR shows a text elsewhere for an alias of a person. */
  readonly isShown: (alias: string, id: string, text: string) => boolean;
  /** What becomes of one that nothing confirms: it is taken as it is, or counts as unknown. */
  readonly unconfirmed: 'take' | 'leave';
}

/**
 * Decides what a value with an entity means. Whether BambooHR writes values so is not documented: nothing is decoded but
 * what another of its answers shows without.
 */
export class Entities {
  readonly #people = new Set<string>();
  readonly #fields = new Set<string>();

  constructor(private readonly rules: EntityRules) {}

  /** The text to go on with; undefined where it is unknown. */
  settle(text: string, alias: string, id: string): string | undefined {
    const plain = decoded(text);
    if (this.rules.isShown(alias, id, plain)) return plain;
    if (this.rules.unconfirmed === 'leave') return undefined;
    this.#people.add(id);
    this.#fields.add(alias);
    return text;
  }

  /** @throws IncompleteReadError where values of several people were taken that nothing confirms */
  refuseMany(): void {
    if (this.#people.size < MANY) return;
    const people = count(this.#people.size, 'person', 'people');
    throw new IncompleteReadError(TITLE, [
      `${[...this.#fields].join(', ')} of ${people} came with HTML entities such as &amp;, and no other answer shows whether they belong to the values`,
    ]);
  }
}
