import { HrsyncError } from '../errors.js';
import { driftDocument } from './drift-json.js';
import { renderError } from './error-text.js';
import { listText } from './json-list.js';
import { changeOf, FORMAT, missingOf, safetyOf, scheduledOf, skipOf } from './json-parts.js';
import { jsonText } from './json-text.js';
import { createLinesReporter } from './lines.js';
import { describeError } from './messages.js';
import type { ReporterOptions } from './options.js';
import { Output, type Redact, redactor } from './output.js';
import type { Reporter, RunResult } from './reporter.js';
import { makeStyle } from './style.js';

/**
 * For programs. stdout: exactly one JSON document, the result, or the error that left none; it is streamed, so a plan of
 * any size fits. stderr: errors, refusals and what is left undone, because cron mails what stands there; with `--verbose`
 * events as lines.
 */
export function createJsonReporter(options: ReporterOptions): Reporter {
  const redact = redactor(options.secrets);
  // Secrets are taken out of the values: in the written text one might tear a hole into the syntax.
  const stdout = new Output(options.stdout, (text) => text);
  const stderr = new Output(options.stderr, redact);
  const { width, verbose } = options;
  const events = createLinesReporter({ ...options, quiet: !verbose }, 'none');
  let reported = false;

  return {
    ...events,
    async finished(result) {
      reported = true;
      await stdout.sendAll(renderDocument(result, redact));
      await events.finished(result);
    },
    // A run that mends the drift has a document of its own, and there is but one.
    async verified(result) {
      if (!result.repairs) await stdout.sendAll(driftDocument(result, redact));
      reported = !result.repairs;
    },
    failed(error) {
      if (options.logFormat === 'json') events.failed(error);
      else stderr.write(renderError(error, { width, style: makeStyle(false), verbose, redact }));
      if (!reported) stdout.write(`${jsonText(errorDocument(error), redact)}\n`);
      reported = true;
    },
  };
}

/** The document of an error that left no other. */
export function errorDocument(error: unknown): object {
  const exitCode = error instanceof HrsyncError ? error.exitCode : 1;
  return { format: FORMAT, error: describeError(error), exit_code: exitCode };
}

async function* renderDocument(result: RunResult, redact: Redact): AsyncGenerator<string> {
  const json = (value: unknown) => jsonText(value, redact);
  yield `${json(headOf(result)).slice(0, -1)},\n"changes":`;
  yield* listText(result.changes(), (change) => json(changeOf(change)));
  // Only where something is held back: a connector that is rolled out whole has the document that it always had.
  if (result.heldBack !== undefined) {
    yield `,\n"held_back":${json(result.heldBack.counts).slice(0, -1)},"changes":`;
    yield* listText(result.heldBack.changes(), (change) => json(changeOf(change)));
    yield '}';
  }
  yield ',\n"scheduled":';
  yield* listText(result.scheduled(), (scheduled) => json(scheduledOf(scheduled)));
  yield ',\n"skipped":';
  yield* listText(result.skipped(), (skip) => json(skipOf(skip)));
  yield `,\n"missing":${json(result.missing.map(missingOf))}`;
  yield `,\n"safety":${json(safetyOf(result.safety))},\n"notices":${json(result.notices)}`;
  if (result.savedPlan !== undefined) {
    const { file, digest, expiresAt } = result.savedPlan;
    yield `,\n"saved_plan":${json({ file, digest, expires_at: expiresAt })}`;
  }
  yield '}\n';
}

function headOf({ source, read, summary, ...run }: RunResult): object {
  return {
    format: FORMAT,
    connector: run.connector,
    run: run.run,
    dry_run: run.dryRun,
    ...(run.reverts !== undefined && { reverts: run.reverts }),
    started_at: run.startedAt.toISOString(),
    finished_at: run.finishedAt.toISOString(),
    exit_code: run.exitCode,
    source: {
      type: source.type,
      employees: read.employees,
      complete: read.complete,
      in_scope: read.inScope,
      checks: read.checks.map(({ held, sentence }) => ({ held, sentence })),
    },
    summary: {
      create: summary.create,
      update: summary.update,
      deactivate: summary.deactivate,
      reactivate: summary.reactivate,
      delete: summary.delete,
      adopt: summary.adopt,
      invite: summary.invite,
      scheduled: summary.scheduled,
      unchanged: summary.unchanged,
      skipped: summary.skipped,
      failed: summary.failed,
    },
  };
}
