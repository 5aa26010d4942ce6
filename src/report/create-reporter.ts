import { createHumanReporter } from './human.js';
import { createJsonReporter } from './json.js';
import { createLinesReporter } from './lines.js';
import type { ReporterOptions } from './options.js';
import type { Reporter } from './reporter.js';

/** Makes the reporter of a run: for a terminal, for logs and pipes, or for programs. */
export function createReporter(options: ReporterOptions): Reporter {
  switch (options.mode) {
    case 'human':
      return createHumanReporter(options);
    case 'lines':
      return createLinesReporter(options);
    case 'json':
      return createJsonReporter(options);
  }
}
