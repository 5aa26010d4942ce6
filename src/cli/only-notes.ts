import type { Reporter } from '../report/reporter.js';

/**
 * A reporter for a command that reads as a run does and reports in its own way. No progress either: what ends its spinner on
 * a terminal is the report of a run, and there is none.
 */
export function onlyNotes(reporter: Reporter): Reporter {
  return {
    started: ({ source }) => reporter.note(`reading ${source.title}`),
    reading: () => undefined,
    matching: () => undefined,
    planned: async () => undefined,
    applying: () => undefined,
    changed: () => undefined,
    note: (sentence, options) => reporter.note(sentence, options),
    finished: async () => undefined,
    verified: async () => undefined,
    failed: () => undefined,
  };
}
