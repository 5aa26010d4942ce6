import type { Skip } from '../core/change.js';
import type { View } from './change-text.js';
import { firstOf, type Group, inGroups } from './groups.js';
import type { PlanToReport } from './reporter.js';
import { lines, safeText, wrapText } from './terminal.js';
import { count, grouped, SKIPS, sayPerson } from './words.js';

const REASONS = Object.keys(SKIPS) as readonly Skip['reason'][];
// People whom the filter keeps out are expected, and may be most of a company.
const OUTSIDE_SHOWN = 20;

/** What a plan leaves for another day, and whom it leaves alone, with what HR can do about it. */
export async function* leftAlone(plan: PlanToReport, view: View): AsyncGenerator<string> {
  yield* scheduledText(plan, view);
  yield* missingText(plan, view);
  let begun = false;
  for await (const group of inGroups(
    () => plan.skipped(),
    (skip) => skip.reason,
    REASONS,
  )) {
    if (!begun) yield `\n${view.style.strong(`Skipped ${grouped(plan.summary.skipped)}`)}\n`;
    begun = true;
    yield* skippedText(group, view);
  }
}

async function* scheduledText(plan: PlanToReport, view: View): AsyncGenerator<string> {
  let shown = 0;
  for await (const { kind, employee, on } of firstOf(plan.scheduled(), view.limit)) {
    if (shown === 0) yield `\n${view.style.strong(`Scheduled ${grouped(plan.summary.scheduled)}`)}\n`;
    shown += 1;
    yield lines(wrapText(sayPerson(employee), view.width, `  ${safeText(on, 10)}  ${kind.padEnd(10)}  `));
  }
  if (plan.summary.scheduled > shown && shown > 0) yield more(plan.summary.scheduled - shown, view);
}

async function* missingText({ missing }: PlanToReport, view: View): AsyncGenerator<string> {
  if (missing.length === 0) return;
  yield `\n${view.style.strong(`Missing from HR ${grouped(missing.length)}`)}\n`;
  for (const { employee, since, reads, goneOn } of missing.slice(0, view.limit)) {
    const end = goneOn === null ? 'never counts as gone' : `counts as gone from ${goneOn}`;
    const sentence = `${sayPerson(employee)}: since ${since}, in ${count(reads, 'complete read')}; ${end}`;
    yield lines(wrapText(sentence, view.width - 2).map((line, index) => `${index === 0 ? '  ' : '    '}${line}`));
  }
  if (missing.length > view.limit) yield more(missing.length - view.limit, view);
}

async function* skippedText(group: Group<Skip, Skip['reason']>, view: View): AsyncGenerator<string> {
  const limit = group.key === 'out_of_scope' ? Math.min(view.limit, OUTSIDE_SHOWN) : view.limit;
  yield `  ${view.style.warning(`${SKIPS[group.key]} (${grouped(group.total)})`)}\n`;
  let last = '';
  for await (const { employee, message } of firstOf(group.items, limit)) {
    const person = sayPerson(employee);
    const sentence = message === last ? `${person}: likewise` : `${person}: ${message}`;
    last = message;
    const [first = '', ...rest] = wrapText(sentence, view.width - 2);
    yield lines([`    ${first}`, ...rest.map((line) => `      ${line}`)]);
  }
  if (group.total > limit) yield more(group.total - limit, view);
}

function more(number: number, { style, more: flags = '--verbose' }: View): string {
  return `${style.faint(`    … ${grouped(number)} more (${flags})`)}\n`;
}
