import { changesIn } from '../../core/plan.js';
import { cameToItsEnd } from '../../exit.js';
import { writePrivately } from '../../report/private-file.js';
import type { Outcome } from './outcome.js';

/** Counts without names, for a node exporter that runs as another user. */
const READABLE = 0o644;

/** Writes a run as a textfile for Prometheus' node exporter: beside the file first, so that it is never read half. */
export async function writeMetrics(file: string, outcome: Outcome): Promise<void> {
  await writePrivately(file, [metricsText(outcome)], READABLE);
}

/** A run in the text format: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export function metricsText(outcome: Outcome): string {
  const { connector, startedAt, finishedAt, exitCode, employees, inScope, endingsOverdue, summary } = outcome;
  const seconds = (finishedAt.getTime() - startedAt.getTime()) / 1_000;
  const at = { connector };
  const parts = [
    metric('run_finished_timestamp_seconds', 'When the last run ended.', [[at, finishedAt.getTime() / 1_000]]),
    metric('run_duration_seconds', 'How long the last run took.', [[at, seconds]]),
    metric('run_exit_code', 'Exit code of the last run.', [[at, exitCode]]),
    metric('run_complete', 'Whether the last run came to its end (exit code 0, 4 or 10).', [
      [at, cameToItsEnd(exitCode) ? 1 : 0],
    ]),
    metric('run_changes', 'How many changes the last run had to make.', [[at, changesIn(summary ?? {})]]),
  ];
  if (employees !== null) parts.push(metric('employees', 'Employees in the last read.', [[at, employees]]));
  if (inScope !== null)
    parts.push(metric('employees_in_scope', 'Employees in scope in the last read.', [[at, inScope]]));
  if (endingsOverdue !== null)
    parts.push(
      metric('endings_overdue', 'Accounts that are open although their ending is due.', [[at, endingsOverdue]]),
    );
  if (summary !== null) {
    const samples = Object.entries(summary).map(([kind, count]) => [{ connector, kind }, count] as const);
    parts.push(metric('run_people', 'People by what the last run planned for them, or what became of it.', samples));
  }
  return parts.join('');
}

function metric(
  name: string,
  help: string,
  samples: readonly (readonly [labels: Readonly<Record<string, string>>, value: number])[],
): string {
  const lines = samples.map(([labels, value]) => {
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
    return `hrsync_${name}{${pairs.join(',')}} ${value}`;
  });
  return [`# HELP hrsync_${name} ${help}`, `# TYPE hrsync_${name} gauge`, ...lines, ''].join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
