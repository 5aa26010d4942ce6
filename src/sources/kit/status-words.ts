import * as z from 'zod';
import { count } from '../../core/count.js';
import { normaliseText } from '../../core/text.js';

/** The words of hrsync for where somebody stands. */
export const STATUSES = ['onboarding', 'active', 'leave', 'inactive', 'deleted'] as const;
export type Status = (typeof STATUSES)[number];

/** `status.map` of a source whose HR system lets customers name statuses as they like: the customer's word → ours. */
export const statusMapSchema = z.record(z.string().min(1), z.enum(STATUSES)).default({});
export type StatusMap = z.output<typeof statusMapSchema>;

/** Number of status words that are told one by one. */
const MOST_WORDS = 20;

/** Translates status words: by the config's map first, whatever their capitals, then by what the HR system itself means. */
export class StatusWords {
  readonly #map: ReadonlyMap<string, Status>;
  /** Words that nobody mapped, with how many people have them. */
  readonly #unmapped = new Map<string, number>();

  /**
   * @param own the HR system's own words, as it writes them
   * @param fallback what any other word is taken for; absent: for itself, which changes nothing
   */
  constructor(
    map: StatusMap,
    private readonly own: ReadonlyMap<string, Status>,
    private readonly fallback?: Status,
  ) {
    this.#map = new Map(Object.entries(map).map(([word, status]) => [keyOf(word), status]));
  }

  /** Our word for a status, or the HR system's own in lower case. */
  read(text: string): string {
    const word = keyOf(text);
    const known = this.#map.get(word) ?? this.own.get(normaliseText(text)) ?? STATUSES.find((one) => one === word);
    if (known !== undefined) return known;
    this.#unmapped.set(text, (this.#unmapped.get(text) ?? 0) + 1);
    return this.fallback ?? word;
  }

  /** What is to be told of words that nobody mapped, as sentences without personal data. */
  get notices(): readonly string[] {
    const taken = this.fallback === undefined ? 'these people stay as they are' : `taken for ${this.fallback}`;
    return [...this.#unmapped].slice(0, MOST_WORDS).map(([word, people]) => {
      return `the status "${word.slice(0, 40)}" of ${count(people, 'person', 'people')} is not in source.status.map: ${taken}`;
    });
  }
}

function keyOf(word: string): string {
  return normaliseText(word).toLowerCase();
}
