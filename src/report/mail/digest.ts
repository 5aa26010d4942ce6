import { sayMinute } from '../../core/instant.js';
import { EXIT, EXIT_MEANINGS, isExitCode } from '../../exit.js';
import { explainError } from '../messages.js';
import type { Redact } from '../output.js';
import { count, grouped, KINDS, LIST_ORDER, sayDuration } from '../words.js';
import type { EndedRun } from './ended-run.js';
import { type Block, composeMail, type Mail, mailPerson, outside } from './mail.js';
import { nextCommands } from './next-commands.js';
import type { FailureGroup, RunFacts } from './run-facts.js';

const MOST_LISTED = 20;
const MOST_CAUSES = 10;

/** The digest of a run for operators: overdue endings first, then refusals, the error, failures by cause, counts, the next command. */
export function composeDigest(run: EndedRun, redact: Redact): Mail {
  const { facts } = run;
  const blocks = [
    opening(run),
    ...(facts?.alarm ? [alarm(`${facts.alarm}.`)] : []),
    ...overdueBlocks(run),
    ...(facts?.refusals ?? []).flatMap(refusalBlocks),
    ...errorBlocks(run),
    ...failureBlocks(facts?.failures ?? []),
    ...(facts === null ? [] : countBlocks(facts)),
    heading('Next'),
    ...nextCommands(run).map(({ why, command }): Block[] => [paragraph(`${why}:`), { kind: 'command', text: command }]),
  ].flat();
  return composeMail(subjectOf(run), blocks, redact);
}

function subjectOf({ connector, facts, exitCode, overdue }: EndedRun): string {
  const urgent = [
    ...(overdue.length === 0 ? [] : [count(overdue.length, 'ending overdue', 'endings overdue')]),
    ...(facts?.alarm ? ['many failures'] : []),
  ];
  const [meaning = ''] = meaningOf(exitCode).split(/[:;,]/);
  const failed = exitCode === EXIT.partial && facts !== null ? `${facts.summary.failed} failed` : meaning;
  const what = urgent.length === 0 ? failed : `${urgent.join(', ')}; ${failed}`;
  return `[hrsync ${connector}] ${urgent.length === 0 ? '' : 'ALARM: '}${what} (exit code ${exitCode})`;
}

function opening({ connector, command, facts, startedAt, finishedAt, exitCode }: EndedRun): Block {
  const run = facts === null ? command : `${command}, run ${facts.run}`;
  const took = sayDuration(finishedAt.getTime() - startedAt.getTime());
  const at = sayMinute(startedAt.toISOString());
  return paragraph(`${connector}: ${run}, ${at}, took ${took}. Exit code ${exitCode}: ${meaningOf(exitCode)}.`);
}

function overdueBlocks({ overdue }: EndedRun): Block[] {
  if (overdue.length === 0) return [];
  const items = overdue.slice(0, MOST_LISTED).map(({ employee, since, because, why }) => {
    return `${mailPerson(employee)}: since ${since}, ${outside(because)}; still open because ${outside(why ?? 'no run has come to it')}`;
  });
  const sentence = `${count(overdue.length, 'account is open', 'accounts are open')} that should have ended.`;
  return [alarm(sentence), { kind: 'list', items, more: overdue.length - items.length }];
}

function refusalBlocks({ what, cause, people, limit }: RunFacts['refusals'][number]): Block[] {
  const rest = limit.planned - people.length;
  return [
    heading('Refused by safety'),
    paragraph(`${outside(what)}.${cause === '' ? '' : ` Cause: ${outside(cause)}.`}`),
    ...(people.length === 0 ? [] : [{ kind: 'list', items: people.map(mailPerson), more: rest } as const]),
  ];
}

function errorBlocks({ error }: EndedRun): Block[] {
  if (error === null) return [];
  const { what, meaning, next, kind } = explainError(error);
  const [first = '', ...facts] = what.split('\n');
  return [
    heading('What went wrong'),
    paragraph(outside(first)),
    ...(facts.length === 0
      ? []
      : [{ kind: 'list', items: facts.map((fact) => outside(fact.replace(/^- /, ''))), more: 0 } as const]),
    paragraph(`${outside(meaning)} ${outside(next)} More: hrsync errors ${kind}`),
  ];
}

function failureBlocks(failures: readonly FailureGroup[]): Block[] {
  if (failures.length === 0) return [];
  const told = failures.slice(0, MOST_CAUSES).flatMap(({ reason, total, people }): Block[] => {
    const items = people.map(({ employee, kind }) => `${KINDS[kind].heading}: ${mailPerson(employee)}`);
    return [
      paragraph(`${count(total, 'change')}: ${outside(reason)}`),
      { kind: 'list', items, more: total - items.length },
    ];
  });
  const rest = failures.length - MOST_CAUSES;
  return [heading('Failed'), ...told, ...(rest > 0 ? [paragraph(`… and ${count(rest, 'other reason')}.`)] : [])];
}

/** What a digest counts, in the order of a plan. */
const COUNTED = [...LIST_ORDER, 'scheduled', 'unchanged', 'skipped'] as const;

function countBlocks({
  employees,
  isComplete,
  failedChecks,
  summary,
  uncertain,
  deferred,
  notices,
}: RunFacts): Block[] {
  const counts = COUNTED.filter((kind) => summary[kind] > 0).map((kind) => `${kind}: ${grouped(summary[kind])}`);
  const left = [
    ...(summary.failed > 0 ? [`failed: ${grouped(summary.failed)}`] : []),
    ...(uncertain > 0 ? [`uncertain, the next run asks the LMS: ${grouped(uncertain)}`] : []),
    ...(deferred > 0 ? [`left for a later run: ${grouped(deferred)}`] : []),
  ];
  const read = `employees read: ${grouped(employees)}${isComplete ? '' : ' (not complete)'}`;
  const items = [read, ...failedChecks.map((check) => outside(check)), ...counts, ...left];
  return [
    heading('Counts'),
    { kind: 'list', items, more: 0 },
    ...(notices.length === 0
      ? []
      : [
          heading('Notes'),
          {
            kind: 'list',
            items: notices.slice(0, MOST_LISTED).map((notice) => outside(notice)),
            more: notices.length - Math.min(notices.length, MOST_LISTED),
          } as const,
        ]),
  ];
}

function meaningOf(exitCode: number): string {
  return isExitCode(exitCode) ? EXIT_MEANINGS[exitCode] : 'a failure';
}

function heading(text: string): Block {
  return { kind: 'heading', text };
}

function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}

function alarm(text: string): Block {
  return { kind: 'alarm', text };
}
