import type { Stream } from './output.js';

/** What a reporter is made from. */
export interface ReporterOptions {
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** `human`: somebody watches a terminal. `lines`: cron, a pipe, a log. `json`: a program reads stdout. */
  readonly mode: 'human' | 'lines' | 'json';
  /** How lines of a log are written: for people, or one JSON object each. */
  readonly logFormat?: 'text' | 'json';
  readonly colour: boolean;
  /** Columns that text on stdout may take. */
  readonly width: number;
  /** Shows details, whole lists, and in logs names and e-mail addresses. */
  readonly verbose: boolean;
  /** Says nothing but results that ask for attention, warnings and errors. */
  readonly quiet: boolean;
  readonly now: () => Date;
  /** Secrets of the config in clear, which are never written. */
  readonly secrets: readonly string[];
}
