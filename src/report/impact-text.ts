import type { Skip } from '../core/change.js';
import { emptySummary } from '../core/plan.js';
import { changeLines, type View, wordsOf } from './change-text.js';
import type { DifferentChange, ReportedImpact } from './impact.js';
import { leftAlone } from './left-alone-text.js';
import { withManagers } from './managers.js';
import { andMore, renderChanges } from './plan-changes.js';
import { sayCounts } from './plan-text.js';
import { refusalLines } from './refusal-lines.js';
import type { PlanToReport, ReportedChange, RunResult } from './reporter.js';
import { keptLimits, refusalsOf, sayRefusal } from './safety-text.js';
import { flow, lines, safeText, wrapText } from './terminal.js';
import { count, sayField } from './words.js';

/** What a new config would do otherwise than the present one; each piece ends with a line break, a summary ends it. */
export async function* renderImpact(impact: ReportedImpact, view: View): AsyncGenerator<string> {
  const { present, next, changes, skips, scheduled } = impact;
  yield lines(headOf(impact, view));
  const inNext = { ...nothingOf(next), ...listsOf(changes.added), skipped: () => each(skips.added) };
  yield* titled('Only the new config', view, sectionsOf(inNext, skips.added, scheduled.added, view));
  const inPresent = { ...nothingOf(present), ...listsOf(changes.removed), skipped: () => each(skips.removed) };
  yield* titled('Only the present config', view, sectionsOf(inPresent, skips.removed, scheduled.removed, view));
  yield* titled('Both, with other values', view, differentText(impact, view));
  if (impact.notices.length > 0) yield '\n';
  for (const notice of impact.notices) yield lines(wrapText(notice, view.width, 'Note      '));
  yield `\n${lines([...(await verdictLines('present', present, view)), ...(await verdictLines('new', next, view))])}`;
  yield `\n${lines(wrapText(sayImpact(impact), view.width))}`;
}

/** The impact in one or two sentences. */
export function sayImpact({ changes, same, skips, scheduled, differs, next }: ReportedImpact): string {
  const end = 'Nothing was sent and nothing was written.';
  if (!differs) return `The new config does exactly what the present one does (${count(same, 'change')}). ${end}`;
  const parts = [
    ...(changes.added.length > 0
      ? [`makes ${count(changes.added.length, 'more change')} (${sayKinds(changes.added)})`]
      : []),
    ...(changes.removed.length > 0
      ? [`drops ${count(changes.removed.length, 'change')} (${sayKinds(changes.removed)})`]
      : []),
    ...(changes.different.length > 0 ? [`makes ${count(changes.different.length, 'change')} with other values`] : []),
    ...sayPeople('leaves', 'out', skips.added),
    ...sayPeople('no longer leaves', 'out', skips.removed),
    ...(scheduled.added.length + scheduled.removed.length > 0
      ? [`moves ${count(scheduled.added.length + scheduled.removed.length, 'entry', 'entries')} of the calendar`]
      : []),
  ];
  const all = parts.length === 0 ? 'judges the same changes otherwise' : parts.join(', ');
  const refused = next.safety.verdict === 'refused' ? ' Its run would be refused by safety.' : '';
  return `The new config ${all}; ${count(same, 'change')} would be the same.${refused} ${end}`;
}

/** Why the new plan would be refused, as sentences for a log; empty where it may go. */
export async function refusedByNew({ next }: ReportedImpact): Promise<readonly string[]> {
  return (await refusalsOf(next)).map((refusal) => `with the new config: ${sayRefusal(refusal)}`);
}

function headOf({ present, next, files, changedKeys, readOnce }: ReportedImpact, { width, style }: View): string[] {
  const { connector, source, target } = next;
  const title = safeText(`${connector}: ${source.title} → ${target.title}, impact of a new config for ${next.today}`);
  const keys = changedKeys.length === 0 ? ['no key that decides what a plan is'] : changedKeys;
  const employees = count(next.read.employees, 'employee');
  const read = readOnce
    ? `${employees}, one read for both plans`
    : `${employees}; the settings of the source differ, so HR was read once for each plan`;
  const scope = `${present.read.inScope} in scope with the present config, ${next.read.inScope} with the new one`;
  return [
    style.strong(title),
    '',
    ...wrapText(files.present, width, '  Present   '),
    ...wrapText(files.next, width, '  New       '),
    ...flow(
      keys.map((key) => safeText(key, 80)),
      width,
      '  Differ in ',
      ', ',
    ),
    ...wrapText(`${read}; ${scope}`, width, '  Read      '),
  ];
}

async function* titled(title: string, { style }: View, pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let begun = false;
  for await (const piece of pieces) {
    if (piece === '') continue;
    if (!begun) yield `\n${style.accent(style.strong(title))}\n`;
    begun = true;
    yield piece;
  }
}

async function* sectionsOf(
  plan: PlanToReport,
  skips: readonly Skip[],
  scheduled: ReportedImpact['scheduled']['added'],
  view: View,
): AsyncGenerator<string> {
  yield* renderChanges(plan, view);
  const summary = { ...plan.summary, skipped: skips.length, scheduled: scheduled.length };
  yield* leftAlone({ ...plan, summary, scheduled: () => each(scheduled) }, view);
}

async function* differentText(
  { changes: { different }, next: plan }: ReportedImpact,
  view: View,
): AsyncGenerator<string> {
  for (const pair of different.slice(0, view.limit)) {
    const named: ReportedChange[] = [];
    for await (const change of withManagers(each([pair.present, pair.next]), plan.namesOf)) named.push(change);
    const [present = pair.present, next = pair.next] = named;
    yield lines([...changeLines({ ...next, fields: {} }, view), ...valueLines({ present, next }, view)]);
  }
  yield andMore(different.length, view);
}

/** Each field that the two write differently: what the present config writes, and what the new one does. */
function valueLines({ present, next }: DifferentChange, { width }: View): string[] {
  const fields = [...new Set([...Object.keys(present.fields), ...Object.keys(next.fields)])];
  const written = (change: ReportedChange, field: string) => {
    const moved = change.fields[field];
    return moved === undefined ? 'left as it is' : wordsOf(field, moved, change.managerNames)[1];
  };
  const rows = fields.flatMap((field) => {
    const [one, other] = [written(present, field), written(next, field)];
    return one === other ? [] : [`${sayField(field)}: ${one} with the present config, ${other} with the new one`];
  });
  if (present.account !== next.account)
    rows.push(`account ${present.account} with the present config, ${next.account} with the new one`);
  if (present.invites !== next.invites)
    rows.push(
      next.invites
        ? 'is mailed an invitation only with the new config'
        : 'is mailed an invitation only with the present config',
    );
  return rows.flatMap((row) => wrapText(row, width, '      '));
}

async function verdictLines(which: 'present' | 'new', plan: RunResult, { width, style }: View): Promise<string[]> {
  const label = which === 'new' ? 'New       ' : 'Present   ';
  const refusals = await refusalsOf(plan);
  if (refusals.length === 0) {
    const kept = keptLimits(plan.safety);
    const counts = sayCounts(plan.summary).join(', ');
    return flow([counts, ...kept], width, `${label}${style.good('go')}: `, '; ');
  }
  return [
    ...wrapText(sayCounts(plan.summary).join(', '), width, `${label}${style.bad('REFUSED')}: `),
    ...refusals.flatMap((refusal) =>
      refusalLines(refusal, { width, style }, 'A run with this config would be refused'),
    ),
  ];
}

function sayKinds(changes: readonly ReportedChange[]): string {
  const counts = emptySummary();
  for (const { kind } of changes) counts[kind] += 1;
  return sayCounts(counts).slice(0, -1).join(', ');
}

function sayPeople(verb: string, end: string, skips: readonly Skip[]): string[] {
  const people = new Set(skips.map(({ employee }) => employee.id)).size;
  return people === 0 ? [] : [`${verb} ${count(people, 'person', 'people')} ${end}`];
}

// The lists of one side stand in for those of its plan, so that they read as every plan does.
function nothingOf(plan: RunResult): RunResult {
  return { ...plan, missing: [], notices: [], scheduled: () => each([]), skipped: () => each([]) };
}

function listsOf(changes: readonly ReportedChange[]): Pick<RunResult, 'changes'> {
  return { changes: () => each(changes) };
}

async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}
