import { BudgetError } from '../../errors.js';
import type { AdapterWorld } from '../../http/world.js';
import { TITLE } from './errors.js';
import type { LearnUponSettings } from './settings.js';

const MINUTE = 60_000;

/**
 * What the portal allows still. LearnUpon counts per minute and per rolling week, tells what remains in headers and does
 * not publish the limits: https://docs.learnupon.com/api/
 */
export class Budget {
  #calls = 0;
  #weekly: number | null = null;
  #waitsUntil = 0;

  constructor(
    private readonly settings: Pick<LearnUponSettings, 'max_calls_per_run' | 'weekly_floor' | 'concurrency'>,
    private readonly world: Pick<AdapterWorld, 'now' | 'sleep'>,
  ) {}

  /**
   * Lets a change or a look-up begin; once begun it is not broken off, however many calls it takes.
   *
   * @throws BudgetError when the calls of this run, or of the portal's week, are used up
   */
  admit(): void {
    const { max_calls_per_run, weekly_floor } = this.settings;
    if (this.#calls >= max_calls_per_run) {
      throw new BudgetError(TITLE, `this run has made ${this.#calls} calls`, 'max_calls_per_run');
    }
    if (this.#weekly !== null && this.#weekly <= weekly_floor) {
      throw new BudgetError(TITLE, `${this.#weekly} calls are left of the portal's week`, 'weekly_floor');
    }
  }

  /** Makes one call, after a wait for the next minute where this one is used up. */
  async spend<Answer extends { readonly headers: Readonly<Record<string, string>> }>(
    call: () => Promise<Answer>,
  ): Promise<Answer> {
    const now = this.world.now().getTime();
    if (now < this.#waitsUntil) await this.world.sleep(this.#waitsUntil - now);
    this.#calls += 1;
    const answer = await call();
    this.#note(answer.headers);
    return answer;
  }

  // Missing headers tell nothing: they come with successes only.
  #note(headers: Readonly<Record<string, string>>): void {
    this.#weekly = countIn(headers['x-lu-rate-limit-remaining-week']) ?? this.#weekly;
    const inMinute = countIn(headers['x-lu-rate-limit-remaining-minute']);
    // Calls that are under way already will want theirs.
    if (inMinute === null || inMinute >= this.settings.concurrency) return;
    this.#waitsUntil = (Math.floor(this.world.now().getTime() / MINUTE) + 1) * MINUTE;
  }
}

function countIn(header: string | undefined): number | null {
  return header !== undefined && /^\d+$/.test(header.trim()) ? Number(header) : null;
}
