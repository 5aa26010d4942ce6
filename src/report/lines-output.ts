import { jsonText } from './json-text.js';
import type { ReporterOptions } from './options.js';
import { Output, redactor } from './output.js';
import { safeText } from './terminal.js';
import { sayInstant } from './words.js';

/** `note`: worth an operator's look. */
export type Level = 'info' | 'note' | 'error';

/** What stands behind a sentence as `key=value`; empty values are left out. */
export type Facts = Readonly<Record<string, string | number | null>>;

const ADDRESS = /[^\s<>()"',;:=]{1,300}@[^\s<>()"',;:=]+/g;

/**
 * Writes one timestamped line per event. Events without weight are held back until the run turns out to have something
 * to do, so that a night without work leaves a single line; `--verbose` holds nothing back.
 */
export class Lines {
  readonly stdout: Output;
  readonly #stderr: Output;
  readonly #held: string[] = [];
  #holding: boolean;
  /** How many notes are held back. */
  heldNotes = 0;
  /** Stands before each sentence once it is known. */
  connector: string | null = null;

  constructor(private readonly options: ReporterOptions) {
    const redact = redactor(options.secrets);
    this.stdout = new Output(options.stdout, redact);
    this.#stderr = new Output(options.stderr, redact);
    this.#holding = !options.verbose;
  }

  /** `2026-11-24T02:00:00Z info  acme: sentence key=value`, without e-mail addresses unless details are asked for. */
  format(level: Level, sentence: string, facts: Facts = {}, typed: string | null = null): string {
    const pairs = Object.entries(facts)
      .filter(([, value]) => value !== null && value !== '')
      .map(([key, value]) => `${key}=${quoted(String(value))}`);
    const start = this.connector === null ? '' : `${safeText(this.connector)}: `;
    const text = safeText(this.#withoutAddresses(sentence, typed));
    const line = [`${start}${text}`, ...pairs].join(' ');
    return `${sayInstant(this.options.now())} ${level.padEnd(5)} ${line}\n`;
  }

  /**
   * Tells of an event on stderr. An error is told at once, and with it all that led to it. `typed` is what somebody typed:
   * an address in it is shown.
   */
  event(level: Level, sentence: string, facts?: Facts, typed: string | null = null): void {
    if (this.options.quiet && level !== 'error') return;
    if (level === 'error') this.release();
    const line =
      this.options.logFormat === 'json'
        ? this.#json(level, sentence, facts ?? {}, typed)
        : this.format(level, sentence, facts, typed);
    if (!this.#holding) {
      this.#stderr.write(line);
      return;
    }
    this.#held.push(line);
    if (level === 'note') this.heldNotes += 1;
  }

  // The same as one JSON object, for programs that collect logs.
  #json(level: Level, sentence: string, facts: Facts, typed: string | null): string {
    const known = Object.entries(facts).filter(([, value]) => value !== null && value !== '');
    const message = this.#withoutAddresses(sentence, typed);
    const head = { time: sayInstant(this.options.now()), level, connector: this.connector, message };
    return `${jsonText({ ...head, ...Object.fromEntries(known) }, (text) => text)}\n`;
  }

  // What somebody typed just now tells them nothing new, and hidden it would not say what to correct.
  #withoutAddresses(sentence: string, typed: string | null): string {
    if (this.options.verbose) return sentence;
    return sentence.replace(ADDRESS, (address) => (address === typed ? address : '[address]'));
  }

  /** There is something to do: what was held back is written, and nothing is held back any more. */
  release(): void {
    this.#holding = false;
    for (const line of this.#held.splice(0)) this.#stderr.write(line);
  }
}

function quoted(value: string): string {
  const safe = safeText(value, 500);
  return /^[^\s"=]+$/.test(safe) ? safe : JSON.stringify(safe);
}
