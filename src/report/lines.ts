import type { Drift } from '../core/drift.js';
import { UnknownPersonError } from '../errors.js';
import { EXIT } from '../exit.js';
import { noDrift, renderDrift } from './drift-text.js';
import { stackLines } from './error-text.js';
import { firstOf, only } from './groups.js';
import { type Facts, type Level, Lines } from './lines-output.js';
import { explainError } from './messages.js';
import type { ReporterOptions } from './options.js';
import {
  isNothingToDo,
  nothingSent,
  nothingToDo,
  savedPlanLines,
  sayOutcome,
  sayRetry,
  tallyOf,
} from './outcome-text.js';
import { countLine, flagsForMore, renderPlan, SHOWN, sayCounts } from './plan-text.js';
import { sayApplying, sayReading } from './progress-text.js';
import type { PlanToReport, ReportedChange, Reporter, RunHeader, RunResult } from './reporter.js';
import { refusalsOf, sayRefusal } from './safety-text.js';
import { makeStyle } from './style.js';
import { safeText, lines as textLines } from './terminal.js';
import { count, sayField } from './words.js';

/** Interval between progress lines, in ms. */
const EVERY = 60_000;
/** How many employees the result names of those who failed, and of those who wait. */
const NAMED = 20;

/**
 * For cron, pipes and logs; no colour, no escape codes.
 *
 * - stderr: one timestamped line per event: start, plan, each change, each failure, each error. People are named by
 *   their ids; names and e-mail addresses come with `--verbose`.
 * - stdout: the result. Of a dry run that is the plan as people read it, names included; of a real run one line.
 * - A run with nothing to do leaves one line in all, on stdout.
 * - `--quiet`: errors on stderr, and on stdout dry runs and results that ask for attention.
 */
export function createLinesReporter(options: ReporterOptions, result: 'text' | 'none' = 'text'): Reporter {
  const { verbose, quiet, width } = options;
  const lines = new Lines(options);
  const throttled = throttle(options.now);
  const isSilent = (plan: PlanToReport) => !verbose && isNothingToDo(plan);
  let header: RunHeader | null = null;

  return {
    started(run) {
      header = run;
      lines.connector = run.connector;
      const facts = { command: run.command, run: run.run, dry_run: run.dryRun ? 'yes' : null };
      lines.event('info', `reading ${sayRead(run)}`, facts);
    },
    reading(progress) {
      throttled(() => lines.event('info', sayReading(header?.source.title ?? 'HR', progress)));
    },
    matching({ accounts }) {
      throttled(() =>
        lines.event('info', `looking through ${count(accounts, 'account')} in ${header?.target.title ?? 'the LMS'}`),
      );
    },
    async planned(plan) {
      if (isSilent(plan)) return;
      lines.release();
      const read = plan.reverts === undefined ? count(plan.read.employees, 'employee') : sayRead(plan);
      lines.event('info', `read ${read}; plan: ${sayCounts(plan.summary).join(', ')}`);
      if (!plan.dryRun) for (const notice of plan.notices) lines.event('note', notice);
      else if (result === 'text') {
        const limit = verbose ? Infinity : SHOWN;
        const view = { width, style: makeStyle(false), limit, more: flagsForMore(plan) };
        await lines.stdout.sendAll(renderPlan(plan, view));
      }
    },
    applying(progress) {
      throttled(() => lines.event('info', sayApplying(progress)));
    },
    changed(change) {
      lines.release();
      lines.event(...changeEvent(change, header ?? {}, verbose));
    },
    note(sentence, { detail = false, urgent = false, atOnce = false } = {}) {
      if (atOnce) lines.release();
      if (urgent) lines.event('error', sentence);
      else if (!detail || verbose) lines.event(detail ? 'info' : 'note', sentence);
    },
    async finished(run) {
      const refusals = await refusalsOf(run);
      for (const refusal of refusals) {
        const ids = refusal.people.map((person) => person.id).join(',');
        lines.event('error', sayRefusal(refusal), { employees: ids });
      }
      // Where stdout is for programs, stderr must tell of every run that is not done: cron mails it.
      if (result === 'none' && isUndone(run) && refusals.length === 0)
        lines.event('error', await sayOutcome(run, await tallyOf(run)), await outcomeFacts(run));
      const silent = run.exitCode === 0 && isSilent(run);
      if (result === 'none' || (quiet && run.exitCode === 0 && (silent || !run.dryRun))) return;
      const saved = textLines(savedPlanLines(run, width));
      if (silent) await lines.stdout.send(saved + silentLine(run, lines));
      else if (run.dryRun) await lines.stdout.send(`\n${saved}${nothingSent(run)}\n${countLine(run, Infinity)}`);
      else await lines.stdout.send(await resultLine(run, lines));
    },
    async verified(found) {
      if (result === 'none') return;
      const differs = found.exitCode !== 0;
      lines.connector = found.connector;
      if (differs) lines.release();
      if (differs && found.repairs) for await (const drift of found.drift()) lines.event('note', ...driftEvent(drift));
      else if (differs) {
        await lines.stdout.sendAll(renderDrift(found, { width, style: makeStyle(false), limit: Infinity }));
      } else if (!quiet) await lines.stdout.send(`${safeText(found.connector)}: ${noDrift(found)}\n`);
    },
    failed(error) {
      const { what, meaning, next, stack, kind, words } = explainError(error);
      const [first = '', ...more] = what.split('\n');
      const advice = `${meaning} ${next}`;
      const sentences = more.length === 0 ? [`${first} ${advice}`] : [first, ...more, advice];
      const typed = error instanceof UnknownPersonError ? error.person : null;
      for (const sentence of sentences) lines.event('error', sentence, { error: kind }, typed);
      if (verbose && words !== null) lines.event('error', `its own words: ${words}`, { error: kind });
      if (verbose && stack) for (const line of stackLines(error)) lines.event('error', line);
    },
  };
}

function sayRead({ source, reverts }: RunHeader): string {
  return reverts === undefined ? source.title : `the journal of run ${reverts}`;
}

/** Lets something through at most once in a while, and not at the very beginning. */
function throttle(now: () => Date): (tell: () => void) => void {
  let last = now().getTime();
  return (tell) => {
    const at = now().getTime();
    if (at - last < EVERY) return;
    last = at;
    tell();
  };
}

function changeEvent(
  change: ReportedChange,
  run: Pick<RunHeader, 'reverts'>,
  verbose: boolean,
): [Level, string, Facts] {
  const { kind, employee, account, fields, outcome, error } = change;
  const facts: Facts = {
    employee: employee.id,
    account,
    fields: Object.keys(fields).map(sayField).join(','),
    ...(verbose ? { name: employee.name, email: employee.email } : {}),
  };
  if (outcome === 'done') return ['info', `${kind} done`, facts];
  const failed = outcome === 'failed' || outcome === 'uncertain';
  if (!failed) return ['info', `${kind} ${outcome}`, facts];
  const reason = error === null ? '' : `: ${verbose ? error : withoutName(error, change)}`;
  return ['error', `${kind} ${outcome}${reason}; ${sayRetry(change, run)}`, facts];
}

function driftEvent({ employee, account, state, fields }: Drift): [string, Facts] {
  const names = [...(state === null ? [] : [`${state.before}→${state.after}`]), ...Object.keys(fields).map(sayField)];
  return ['the LMS differs from what it acknowledged', { employee: employee.id, account, differs: names.join(',') }];
}

// What an LMS says of somebody may name them.
function withoutName(text: string, { employee: { id, name } }: ReportedChange): string {
  return name === null || name === '' ? text : text.replaceAll(name, `#${id}`);
}

// A dry run answers a question, a real one leaves its line in a log.
function silentLine(run: RunResult, lines: Lines): string {
  const notes = lines.heldNotes === 0 ? '' : `; ${count(lines.heldNotes, 'note')}, --verbose shows what`;
  const sentence = nothingToDo(run) + notes;
  return run.dryRun ? `${safeText(run.connector)}: ${sentence}\n` : lines.format('info', sentence, { run: run.run });
}

async function resultLine(run: RunResult, lines: Lines): Promise<string> {
  const level = run.exitCode === 0 ? 'info' : 'error';
  return lines.format(level, await sayOutcome(run, await tallyOf(run)), await outcomeFacts(run));
}

async function outcomeFacts(run: RunResult): Promise<Facts> {
  return {
    run: run.run,
    exit_code: run.exitCode,
    failed: await idsOf(run, ['failed', 'uncertain']),
    waiting: await idsOf(run, ['deferred']),
  };
}

function isUndone({ exitCode }: RunResult): boolean {
  return exitCode !== EXIT.done && exitCode !== EXIT.changesPending;
}

async function idsOf(run: RunResult, outcomes: readonly ReportedChange['outcome'][]): Promise<string> {
  const ids = new Set<string>();
  const changes = only(run.changes(), ({ outcome }) => outcomes.includes(outcome));
  for await (const { employee } of firstOf(changes, NAMED)) ids.add(employee.id);
  return [...ids].join(',');
}
