import { BudgetError } from '../../errors.js';
import { overBudget } from '../../http/budget.js';
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
    private readonly settings: Pick<LearnUponSettings, 'max_requests_per_run' | 'weekly_floor' | 'concurrency'>,
    private readonly world: Pick<AdapterWorld, 'now' | 'sleep'>,
  ) {}

  /** What is used up: the requests of this run, or the portal's week. */
  usedUp(): BudgetError | null {
    const { max_requests_per_run, weekly_floor } = this.settings;
    if (this.#weekly === null || this.#weekly > weekly_floor)
      return overBudget(TITLE, this.#calls, max_requests_per_run);
    return new BudgetError(
      TITLE,
      `${this.#weekly} ${this.#weekly === 1 ? 'call is' : 'calls are'} left of the portal's week`,
      'weekly_floor',
    );
  }

  /**
   * Lets a change or a look-up begin; once begun it is not broken off, however many calls it takes.
   *
   * @throws BudgetError when something is used up
   */
  admit(): void {
    const spent = this.usedUp();
    if (spent !== null) throw spent;
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
