import type { Summary } from '../core/plan.js';
import type { View } from './change-text.js';
import { heldBackText } from './held-back-text.js';
import { leftAlone } from './left-alone-text.js';
import { renderChanges } from './plan-changes.js';
import { refusalLines } from './refusal-lines.js';
import type { PlanToReport } from './reporter.js';
import { keptLimits, refusalsOf } from './safety-text.js';
import { flow, lines, safeText, wrapText } from './terminal.js';
import { count, grouped, KIND_ORDER, KINDS } from './words.js';

/**
 * The plan as an operator reads it with HR; each piece ends with a line break. `countLine` ends it, so that what counts is
 * on the screen when all has been printed.
 */
export async function* renderPlan(plan: PlanToReport, view: View): AsyncGenerator<string> {
  yield lines([view.style.strong(titleOf(plan)), '', ...readLines(plan, view)]);
  yield* renderChanges(plan, view);
  yield* heldBackText(plan, view);
  yield* leftAlone(plan, view);
  if (plan.notices.length > 0) yield '\n';
  for (const notice of plan.notices) yield lines(wrapText(notice, view.width, 'Note      '));
  yield `\n${lines(await safetyLines(plan, view))}`;
}

/** So many changes of each kind are listed; `--verbose` lists all. */
export const SHOWN = 10;

/** What a plan comes to, in as many lines as the width takes: in a log, one. */
export function countLine({ summary }: Pick<PlanToReport, 'summary'>, width: number): string {
  return lines(flow(sayCounts(summary), width, 'Plan      ', ' · '));
}

const REPORTS_AS_PAGE = ['import-all', 'sync', 'plan', 'apply', 'revert'];

/** The flags that show what a plan does not list. */
export function flagsForMore({ command }: Pick<PlanToReport, 'command'>): string {
  return REPORTS_AS_PAGE.includes(command) ? '--verbose, --html' : '--verbose';
}

/** `acme: Personio → Learn Amp, dry run for 2026-11-24`. */
function titleOf(
  plan: Pick<PlanToReport, 'connector' | 'source' | 'target' | 'dryRun' | 'run' | 'reverts' | 'startedAt' | 'today'>,
): string {
  const day = plan.today ?? plan.startedAt.toISOString().slice(0, 10);
  const kind = plan.dryRun ? 'dry run' : `run ${plan.run}`;
  const what = plan.reverts === undefined ? plan.source.title : `what run ${plan.reverts} did, taken back`;
  return safeText(`${plan.connector}: ${what} → ${plan.target.title}, ${kind} for ${day}`);
}

function readLines({ read, reverts }: PlanToReport, { width, style }: View): string[] {
  if (reverts !== undefined) return [`  Read      the journal of run ${reverts}; HR is not asked`];
  const employees = count(read.employees, 'employee');
  if (read.partial) return [`  Read      ${employees} between nights; nothing is concluded from absence`];
  if (!read.complete) {
    const verdict = `${employees}, ${style.bad('NOT COMPLETE')}: nobody is deactivated because of absence`;
    const checks = read.checks.map(({ held, sentence }) =>
      wrapText(sentence, width, `            ${held ? style.good('✓') : style.bad('✗')} `),
    );
    return [`  Read      ${verdict}`, ...checks.flat()];
  }
  const proof = read.checks.map((check) => safeText(check.sentence));
  return [
    `  Read      ${employees}, ${style.good('complete')}; ${grouped(read.inScope)} in scope`,
    ...flow(proof, width, ' '.repeat(12), ' · ').map(style.faint),
  ];
}

/** What a plan comes to, kind by kind: "3 to create", "386 unchanged". */
export function sayCounts(summary: Summary): string[] {
  const items = KIND_ORDER.filter((kind) => kind !== 'invite' && summary[kind] > 0).map(
    (kind) => `${grouped(summary[kind])} ${KINDS[kind].toDo}`,
  );
  if (summary.invite > 0) items.push(count(summary.invite, 'invitation'));
  if (items.length === 0) items.push('nothing to change');
  items.push(`${grouped(summary.unchanged)} unchanged`);
  if (summary.scheduled > 0) items.push(`${grouped(summary.scheduled)} scheduled`);
  if (summary.skipped > 0) items.push(`${grouped(summary.skipped)} skipped`);
  return items;
}

async function safetyLines(plan: PlanToReport, { width, style }: View): Promise<string[]> {
  const refusals = await refusalsOf(plan);
  if (refusals.length === 0) {
    const kept = keptLimits(plan.safety);
    return flow(kept.length === 0 ? ['no limit is touched'] : kept, width, `Safety    ${style.good('go')}: `, '; ');
  }
  return refusals.flatMap((refusal) => refusalLines(refusal, { width, style }, whatIsHeld(plan.safety)));
}

/** What a refusal keeps from being sent, as the beginning of a sentence. */
export function whatIsHeld({ restGoesOn, endingsGoOn }: PlanToReport['safety']): string {
  if (restGoesOn) return 'Nothing of this kind is sent';
  return endingsGoOn ? 'Nothing is sent but what ends an account' : 'Nothing is sent';
}
