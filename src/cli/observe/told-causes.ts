import { EXIT } from '../../exit.js';
import type { RunFacts } from '../../report/mail/run-facts.js';
import type { OverdueEnding } from '../../store/endings.js';
import type { Outcome } from './outcome.js';

/** A run that has ended, with all that mails tell of it. */
export interface MailedRun {
  readonly outcome: Outcome;
  readonly facts: RunFacts | null;
  /** What ended the run or stopped it early, or null. */
  readonly error: unknown;
  readonly overdue: readonly OverdueEnding[];
}

/** Minimum interval between two mails about one cause, in ms: less than a day, so that every failed night is mailed. */
const REMIND_AFTER = 20 * 3_600_000;

interface Told {
  readonly at: number;
  /** The commands that failed for this cause and have not succeeded since. */
  readonly commands: Set<string>;
}

/**
 * Remembers why runs of one process failed, so that operators get one mail per cause. A server makes a run every few
 * minutes, and each of them fails while the HR system is down.
 */
export class ToldCauses {
  readonly #told = new Map<string, Told>();

  /** Whether this run is worth a mail of its own: it succeeded, or failed for a cause that was not told lately. */
  isNews(run: MailedRun): boolean {
    const { command, exitCode, finishedAt } = run.outcome;
    if (exitCode === EXIT.done && run.overdue.length === 0) {
      this.#forget(command);
      return true;
    }
    const cause = causeOf(run);
    const known = this.#told.get(cause);
    const at = finishedAt.getTime();
    if (known !== undefined && at - known.at < REMIND_AFTER) {
      known.commands.add(command);
      return false;
    }
    this.#told.set(cause, { at, commands: new Set([command]) });
    return true;
  }

  #forget(command: string): void {
    for (const [cause, { commands }] of this.#told) {
      commands.delete(command);
      if (commands.size === 0) this.#told.delete(cause);
    }
  }
}

// Without figures and times, which differ from run to run.
function causeOf({ outcome, facts, overdue }: MailedRun): string {
  return JSON.stringify([
    outcome.exitCode,
    outcome.error,
    facts?.failures.map(({ reason, people }) => [reason, ...people.map(({ employee }) => employee.id)]) ?? [],
    facts?.refusals.map(({ limit }) => limit.kind) ?? [],
    overdue.map(({ employee }) => employee.id),
  ]);
}
