import type { View } from './change-text.js';
import { noDrift, renderDrift } from './drift-text.js';
import { renderError } from './error-text.js';
import type { ReporterOptions } from './options.js';
import { isNothingToDo, nothingSent, nothingToDo, renderOutcome, savedPlanLines } from './outcome-text.js';
import { Output, redactor } from './output.js';
import { countLine, flagsForMore, renderPlan, SHOWN } from './plan-text.js';
import { Progress } from './progress.js';
import { ProgressText } from './progress-text.js';
import type { PlanToReport, Reporter, RunHeader } from './reporter.js';
import { refusalsOf, sayRefusal } from './safety-text.js';
import { makeStyle } from './style.js';
import { lines, safeText, wrapText } from './terminal.js';

/**
 * For somebody at a terminal. stdout: the plan, and what became of it. stderr: a spinner, notes and errors. A run with
 * nothing to do is one line, unless `--verbose` asks for the plan; `--quiet` leaves only dry runs, trouble and errors.
 */
export function createHumanReporter(options: ReporterOptions): Reporter {
  const { verbose, quiet, width } = options;
  const redact = redactor(options.secrets);
  const stdout = new Output(options.stdout, redact);
  const stderr = new Output(options.stderr, redact);
  const style = makeStyle(options.colour);
  const progress = quiet ? null : new Progress(options.stderr, options.colour);
  const text = new ProgressText(options.now, width);
  let header: RunHeader | null = null;

  const say = (sentence: string) => {
    progress?.clear();
    stderr.write(lines(wrapText(redact(sentence), width)));
  };
  const isSilent = (plan: PlanToReport) => !verbose && isNothingToDo(plan);
  const view = (run: Pick<RunHeader, 'command'>): View => ({
    ...{ width, style, limit: verbose ? Infinity : SHOWN, more: flagsForMore(run) },
  });

  return {
    started(run) {
      header = run;
      progress?.show(text.begin(run));
    },
    reading(read) {
      progress?.show(text.reading(header?.source.title ?? 'HR', read));
    },
    matching({ accounts }) {
      progress?.show(text.matching(header?.target.title ?? 'the LMS', accounts));
    },
    async planned(plan) {
      progress?.clear();
      if (isSilent(plan) || (quiet && !plan.dryRun)) return;
      await stdout.sendAll(renderPlan(plan, view(plan)));
      if (!plan.dryRun) await stdout.send(`\n${style.strong(countLine(plan, width))}`);
    },
    applying(state) {
      progress?.show(text.applying(state));
    },
    changed() {},
    note(sentence, { detail = false, urgent = false } = {}) {
      if (urgent || (detail ? verbose : !quiet)) say(sentence);
    },
    async finished(result) {
      progress?.clear();
      if (quiet && !result.dryRun && result.exitCode === 0) return;
      const saved = lines(savedPlanLines(result, width));
      if (isSilent(result) && result.exitCode === 0) {
        if (!quiet) await stdout.send(`${saved}${safeText(result.connector)}: ${nothingToDo(result)}\n`);
      } else if (result.dryRun) {
        await stdout.send(`\n${saved}${style.faint(nothingSent(result))}\n${style.strong(countLine(result, width))}`);
      } else {
        await stdout.sendAll(renderOutcome(result, view(result)));
      }
      // What stdout says goes to a file or a pager then, and somebody watches stderr.
      if (options.stdout.isTTY !== true) {
        for (const refusal of await refusalsOf(result)) say(sayRefusal(refusal));
      }
    },
    async verified(result) {
      progress?.clear();
      const found = result.exitCode !== 0;
      if (!found && !quiet) await stdout.send(`${safeText(result.connector)}: ${noDrift(result)}\n`);
      if (found && !(quiet && result.repairs))
        await stdout.sendAll(renderDrift(result, { width, style, limit: Infinity }));
    },
    failed(error) {
      progress?.clear();
      stderr.write(renderError(error, { width, style, verbose, redact }));
    },
  };
}
