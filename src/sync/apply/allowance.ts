import type { RunContext } from '../context.js';

/** What a run may use up while it carries out its plan: its own time, and the requests that the LMS lets it make. */
export class Allowance {
  /** What is used up, as a sentence; null while there is some left. */
  #usedUp: string | null = null;
  #hasBegun = false;

  constructor(private readonly context: Pick<RunContext, 'options' | 'now' | 'target' | 'reporter'>) {}

  get isUsedUp(): boolean {
    return this.#usedUp !== null;
  }

  /** Notes that a change was begun. */
  begun(): void {
    this.#hasBegun = true;
  }

  /** Why nothing further is begun, or null. */
  reasonToStop(): string | null {
    const { options, now } = this.context;
    const isLate = options.deadline !== null && now().getTime() >= options.deadline;
    const spent = isLate ? 'the time of this run was used up' : this.#budgetSpent();
    return spent === null ? this.#usedUp : this.end(spent);
  }

  /** Begins nothing further. The reason is told once, whatever further reasons come. */
  end(reason: string): string {
    if (this.#usedUp === null) this.context.reporter.note(`nothing further is begun: ${reason}`);
    this.#usedUp ??= reason;
    return this.#usedUp;
  }

  #budgetSpent(): string | null {
    const spent = this.context.target.usedUp();
    if (spent === null) return null;
    return this.#hasBegun ? spent.message : `${spent.message} before the first change: raise target.${spent.setting}`;
  }
}
