import type { Change, Outcome } from '../core/change.js';
import { sayMinute } from '../core/instant.js';
import { EXIT } from '../exit.js';
import { personLines, type View } from './change-text.js';
import { firstOf, inGroups } from './groups.js';
import { andMore } from './plan-changes.js';
import type { PlanToReport, ReportedChange, RunResult } from './reporter.js';
import { refusalsOf, sayRefusal } from './safety-text.js';
import { lines, safeText, wrapText } from './terminal.js';
import { count, grouped, KIND_ORDER, KINDS, sayDuration } from './words.js';

/** How many changes of a run came to what. */
export interface Tally {
  readonly done: Readonly<Partial<Record<Change['kind'], number>>>;
  readonly outcomes: Readonly<Record<Outcome, number>>;
}

/** What `exit_code` means where it is not told by the counts. */
const ENDINGS: Readonly<Partial<Record<number, string>>> = {
  6: 'the read was not complete, so nobody was deactivated because of absence',
  10: 'the time or request budget ended; the next run goes on from there',
  130: 'interrupted; it is safe to start again',
};

/** Whether a plan leaves nothing to tell but that all is well. */
export function isNothingToDo({ read, safety, summary, reverts, dryRun, heldBack }: PlanToReport): boolean {
  // A dry run answers a question; a real one would say the same every night, and its notices say it.
  if (dryRun && heldBack !== undefined) return false;
  if (reverts !== undefined && summary.skipped > 0) return false;
  const changes = KIND_ORDER.reduce((sum, kind) => sum + summary[kind], 0);
  const isGood = read.complete || read.partial === true;
  return isGood && safety.verdict === 'go' && changes === 0 && summary.failed === 0;
}

/** The one sentence of a run without work; what else there is to know follows on the same line. */
export function nothingToDo(result: RunResult): string {
  const { employees } = result.read;
  const { unchanged, scheduled, skipped } = result.summary;
  const facts =
    result.reverts === undefined
      ? [`${count(employees, 'employee')} read`, `${count(unchanged, 'account')} in step`]
      : [`nothing of run ${result.reverts} is left to take back`];
  if (scheduled > 0) facts.push(`${grouped(scheduled)} scheduled`);
  if (skipped > 0) facts.push(`${grouped(skipped)} skipped`);
  const list = scheduled + skipped > 0 ? ['--verbose lists them'] : [];
  const rest = [...list, ...result.notices].map((sentence) => `; ${safeText(sentence)}`).join('');
  return `nothing to do: ${facts.join(', ')} (${durationOf(result)})${rest}`;
}

/** Counts what became of the changes. */
export async function tallyOf(result: RunResult): Promise<Tally> {
  const done: Partial<Record<Change['kind'], number>> = {};
  const outcomes: Record<Outcome, number> = { planned: 0, done: 0, failed: 0, deferred: 0, uncertain: 0 };
  const add = (kind: Change['kind']) => {
    done[kind] = (done[kind] ?? 0) + 1;
  };
  for await (const { kind, invites, outcome } of result.changes()) {
    outcomes[outcome] += 1;
    if (outcome !== 'done') continue;
    add(kind);
    if (invites && kind !== 'invite') add('invite');
  }
  return { done, outcomes };
}

/** "Done in 12 s: 3 created, 5 updated; 386 unchanged". */
export async function sayOutcome(result: RunResult, { done, outcomes }: Tally): Promise<string> {
  const list = KIND_ORDER.filter((kind) => done[kind] !== undefined).map(
    (kind) => `${grouped(done[kind] ?? 0)} ${KINDS[kind].done}`,
  );
  const left = outcomes.planned + outcomes.deferred;
  const tried = outcomes.done + outcomes.failed + outcomes.uncertain;
  const rest = [
    outcomes.failed > 0 && `${grouped(outcomes.failed)} failed`,
    outcomes.uncertain > 0 && `${grouped(outcomes.uncertain)} uncertain`,
    left > 0 && `${grouped(left)} not sent`,
    result.reverts !== undefined && result.summary.skipped > 0 && `${grouped(result.summary.skipped)} left as they are`,
    ENDINGS[result.exitCode],
    // Where nothing was carried out, the notices say why: that changes wait for another try, say.
    ...(isNothingToDo(result) || (result.exitCode === EXIT.partial && left > 0 && tried === 0) ? result.notices : []),
    ...(await refusalsOf(result)).map(sayRefusal),
  ].filter((part) => typeof part === 'string');
  const beginning = result.exitCode === 0 ? 'Done' : outcomes.done > 0 ? 'Partly done' : 'Nothing done';
  const facts = [list.join(', '), ...rest].filter((part) => part !== '');
  return `${beginning} in ${durationOf(result)}: ${facts.join('; ') || 'nothing was due'}`;
}

/** What a real run came to, for a terminal: one sentence, and each failure with what happens next. */
export async function* renderOutcome(result: RunResult, view: View): AsyncGenerator<string> {
  const { style, width } = view;
  const sentence = wrapText(await sayOutcome(result, await tallyOf(result)), width);
  yield `\n${lines(sentence.map(result.exitCode === 0 ? style.good : style.warning))}`;
  for await (const group of inGroups(
    () => result.changes(),
    (change) => change.outcome,
    ['failed', 'uncertain'] as const,
  )) {
    const heading = group.key === 'failed' ? 'Failed' : 'Uncertain';
    yield `\n${style.bad(`${heading} ${grouped(group.total)}`)}\n`;
    for await (const change of firstOf(group.items, view.limit)) yield lines(failureLines(change, result, view));
    yield andMore(group.total, view);
  }
}

/** When an undone change is looked at again. */
export function sayRetry({ outcome, retryAt }: ReportedChange, { reverts }: Pick<PlanToReport, 'reverts'>): string {
  if (outcome === 'uncertain') return 'the next run asks the LMS what became of it before it does anything';
  if (reverts !== undefined) return `"hrsync revert ${reverts}" tries again`;
  return retryAt ? `tried again from ${sayMinute(retryAt)}` : 'tried again by the next run';
}

/** Where a plan was saved, and what applies it; empty where it was not. */
export function savedPlanLines({ savedPlan }: RunResult, width: number): readonly string[] {
  if (savedPlan === undefined) return [];
  const { file, digest, expiresAt, config } = savedPlan;
  const shown = quoted(file);
  const named = config === undefined ? '' : ` -c ${quoted(config)}`;
  const until = sayMinute(expiresAt);
  return [
    ...wrapText(`Saved to ${shown}, valid until ${until}. To carry out this plan and nothing else:`, width),
    `  hrsync apply ${shown}${named} --checksum ${digest}`,
  ];
}

/** A path as a shell takes it. */
export function quoted(path: string): string {
  const name = safeText(path);
  return /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`;
}

/** What ends a dry run. */
export function nothingSent(result: RunResult): string {
  return `Nothing was sent: this was a dry run (${durationOf(result)}).`;
}

/** How long a run took, in words. */
function durationOf({ startedAt, finishedAt }: RunResult): string {
  return sayDuration(finishedAt.getTime() - startedAt.getTime());
}

function failureLines(change: ReportedChange, run: PlanToReport, view: View): string[] {
  const { width, style } = view;
  const indent = ' '.repeat(6);
  return [
    ...personLines(change, view, change.kind),
    ...wrapText(change.error ?? 'no reason is known', width, indent),
    ...wrapText(sayRetry(change, run), width, indent).map(style.faint),
  ];
}
