import ora, { type Ora } from 'ora';
import type { Stream } from './output.js';

/** A spinner with one sentence on a terminal; on anything else it keeps still. */
export class Progress {
  readonly #spinner: Ora | null;

  constructor(stream: Stream, colour: boolean) {
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

  /** Takes the spinner away, so that something can be written; it comes back with the next sentence. */
  clear(): void {
    if (this.#spinner?.isSpinning) this.#spinner.stop();
  }
}

// A terminal of no width (docker -t, script) would be cleared line by line without end.
function isTerminal(stream: Stream): stream is NodeJS.WriteStream {
  return stream.isTTY === true && 'cursorTo' in stream && stream.columns !== 0;
}
