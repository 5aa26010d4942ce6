import { HrsyncError } from '../../errors.js';
import { isCode, isPlain, NOTHING_SENT } from '../../http/plain-words.js';

/** The LMS says that what we ask for this one person cannot be; nothing was changed. */
export class RejectedError extends HrsyncError {
  override readonly name = 'RejectedError';
  readonly #words: string | null;
  constructor(
    /** Why, in one vocabulary for all targets. */
    readonly reason:
      | 'email_taken'
      | 'external_id_taken'
      | 'invalid_value'
      | 'unknown_account'
      | 'unknown_reference'
      | 'by_hand'
      | 'other',
    /** What kind of refusal it is, in words that are about nobody: this is stored and shown. */
    readonly detail: string,
    options: ErrorOptions & {
      /** The LMS's own sentence, which may be about somebody; without it that of the cause. */
      readonly words?: string | null;
    } = {},
  ) {
    super(detail, options);
    this.#words = options.words ?? null;
  }

  override get words(): string | null {
    return this.#words ?? super.words;
  }
}

/** A refusal that an LMS words inside of an answer, as anybody may read it. */
export function publicWords(words: string): string {
  return isCode(words, NOTHING_SENT) || isPlain(words, NOTHING_SENT) ? words : "the LMS's own words: --verbose";
}
