import ora, { type Ora } from 'ora';
import { addSample, type Sample, secondsLeft } from './estimate.js';
import type { Stream } from './output.js';
import { count, sayDuration } from './words.js';

/** How far the carrying out of a plan is. */
export interface ApplyProgress {
  readonly done: number;
  readonly failed: number;
  readonly total: number;
}

/** A spinner with one sentence on a terminal; on anything else it keeps still. */
export class Progress {
  readonly #spinner: Ora | null;
  #samples: readonly Sample[] = [];

  constructor(
    stream: Stream,
    colour: boolean,
    private readonly now: () => Date,
  ) {
    // Ctrl-C must stay a signal, so the spinner may not take over the keyboard.
    this.#spinner = isTerminal(stream)
      ? ora({ stream, color: colour ? 'cyan' : false, discardStdin: false, isEnabled: true })
      : null;
  }

  show(sentence: string): void {
    if (this.#spinner === null) return;
    this.#spinner.text = sentence;
    if (!this.#spinner.isSpinning) this.#spinner.start();
  }

  /** `applying 120 of 410, 2 failed, about 3 min left`. */
  applying({ done, failed, total }: ApplyProgress): void {
    this.#samples = addSample(this.#samples, { at: this.now().getTime(), done });
    this.show(sayApplying({ done, failed, total }, secondsLeft(this.#samples, total)));
  }

  /** Takes the spinner away, so that something can be written; it comes back with the next sentence. */
  clear(): void {
    if (this.#spinner?.isSpinning) this.#spinner.stop();
  }
}

/** How far the reading of the HR system is: `reading 200 of 412 employees from Personio`. */
export function sayReading(title: string, { employees, total }: { employees: number; total: number | null }): string {
  const number = total === null ? count(employees, 'employee') : `${employees} of ${count(total, 'employee')}`;
  return `reading ${number} from ${title}`;
}

/** `applying 120 of 410, 2 failed, about 3 min left`. */
export function sayApplying({ done, failed, total }: ApplyProgress, left: number | null): string {
  const parts = [`applying ${done} of ${total}`];
  if (failed > 0) parts.push(`${failed} failed`);
  if (left !== null && done < total)
    parts.push(`about ${left < 60 ? `${Math.ceil(left)} s` : sayDuration(left * 1000)} left`);
  return parts.join(', ');
}

// A terminal of no width (docker -t, script) would be cleared line by line without end.
function isTerminal(stream: Stream): stream is NodeJS.WriteStream {
  return stream.isTTY === true && 'cursorTo' in stream && stream.columns !== 0;
}
