import { isLinkKind, type LinkKind } from '../core/change.js';
import { minuteIn } from '../core/day.js';
import { sayMinute } from '../core/instant.js';
import type { ExceededLimit } from '../core/refusal.js';
import { changeLines, type View } from './change-text.js';
import { jsonText } from './json-text.js';
import { type NamesOf, withManagers } from './managers.js';
import type { Redact } from './output.js';
import { refusalLines } from './refusal-lines.js';
import type { ReportedChange } from './reporter.js';
import { refusalOf } from './safety-text.js';
import { makeStyle } from './style.js';
import { type Column, renderTable } from './table.js';
import { lines, wrapText } from './terminal.js';
import { sayUnderWay, type UnderWay } from './under-way.js';
import { count, KIND_ORDER, sayDuration, sayPerson } from './words.js';

/** A run of the past, as far as reports tell of it. */
export interface PastRun {
  readonly number: number;
  readonly command: string;
  readonly startedAt: string;
  /** Digest of what of the config decided its plan; absent or null: none was kept. */
  readonly config?: string | null;
  /** The run before that went by another config; null: the config is the same, or nothing is known of it. */
  readonly configChangedSince?: number | null;
  readonly finishedAt: string | null;
  readonly exitCode: number | null;
  readonly employees: number | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly error: string | null;
  /** Which mails about it could not be sent, as a sentence; absent or null: none failed. */
  readonly untold?: string | null;
  /** The limits that held it back, where they were looked up. */
  readonly refusal?: readonly ExceededLimit[];
  /** How far it is, where it goes on now. */
  readonly underWay?: UnderWay | undefined;
}

/** A change of the past; without an outcome nobody knows what became of it. */
export type PastChange = Omit<ReportedChange, 'kind' | 'outcome' | 'stage' | 'privileged'> & {
  readonly kind: ReportedChange['kind'] | LinkKind;
  readonly outcome: ReportedChange['outcome'] | null;
};

const columnsIn = (zone: string): readonly Column[] => [
  { title: 'run', align: 'right' },
  { title: `started (${zone})` },
  { title: 'command' },
  { title: 'took', align: 'right' },
  { title: 'exit', align: 'right' },
  { title: 'read', align: 'right' },
  { title: 'planned', wraps: true },
];

/** The latest runs, one line each, by the clock of a zone. */
export function renderRuns(runs: readonly PastRun[], width: number, zone: string): string {
  if (runs.length === 0) return 'There was no run yet.\n';
  const rows = runs.map((run) => [
    String(run.number),
    minuteIn(zone, new Date(run.startedAt)),
    run.command,
    took(run),
    run.exitCode === null ? '' : String(run.exitCode),
    run.employees === null ? '' : String(run.employees),
    cameTo(run),
  ]);
  return renderTable(columnsIn(zone), rows, width);
}

/** How one run is shown; `zone` is that of its times. */
interface RunView {
  readonly width: number;
  readonly colour: boolean;
  readonly zone: string;
  readonly namesOf?: NamesOf;
}

/** One run with every change that it tried, in the order in which they were begun. */
export async function* renderRun(
  run: PastRun,
  changes: AsyncIterable<PastChange>,
  { width, colour, zone, namesOf }: RunView,
): AsyncGenerator<string> {
  const style = makeStyle(colour);
  const view: View = { width, style, limit: Infinity };
  const end = endOf(run);
  const started = sayMinute(run.startedAt, zone);
  const title = `Run ${run.number} (${run.command}) of ${started}, ${end}`;
  yield lines([...wrapText(title, width).map(style.strong), ...wrapText(cameTo(run), width, '  '), '']);
  if (run.configChangedSince != null)
    yield lines([...wrapText(`The config has changed since run ${run.configChangedSince}.`, width, '  '), '']);
  for (const limit of run.refusal ?? [])
    yield lines([...refusalLines(refusalOf(limit), { width, style }, 'It was refused'), '']);
  if (run.untold) yield lines([...wrapText(run.untold, width).map(style.bad), '']);
  let total = 0;
  for await (const change of withManagers(changes, namesOf)) {
    total += 1;
    const { outcome, error } = change;
    yield lines(pastLines(change, view));
    if (outcome === 'done') continue;
    const unknown = run.underWay === undefined ? 'no outcome is known' : 'under way';
    const sentence = `${outcome ?? unknown}${error === null ? '' : `: ${error}`}`;
    yield lines(wrapText(sentence, width, ' '.repeat(6)).map(style.bad));
  }
  yield total === 0 ? 'Nothing was sent.\n' : `\n${count(total, 'change')}\n`;
}

/** The latest runs for programs. */
export function runsDocument(connector: string, runs: readonly PastRun[]): object {
  return { format: 1, connector, runs: runs.map(entryOf) };
}

function entryOf({ underWay, refusal, configChangedSince, ...run }: PastRun): object {
  return {
    ...run,
    ...(configChangedSince !== undefined && { config_changed_since: configChangedSince }),
    ...(refusal !== undefined && { refusal: refusal.map((limit) => ({ ...limit, allow: refusalOf(limit).flag })) }),
    ...(underWay !== undefined && { under_way: { done: underWay.done, planned: underWay.planned } }),
  };
}

/** The same for programs: one document, streamed. */
export async function* runDocument(
  run: PastRun,
  changes: AsyncIterable<PastChange>,
  redact: Redact,
): AsyncGenerator<string> {
  yield `${jsonText({ format: 1, run: entryOf(run) }, redact).slice(0, -1)},\n"changes":[`;
  let separator = '\n';
  for await (const { kind, invites, employee, account, fields, because, outcome, error } of changes) {
    yield separator + jsonText({ kind, invites, employee, account, fields, because, outcome, error }, redact);
    separator = ',\n';
  }
  yield ']}\n';
}

function endOf(run: PastRun): string {
  if (run.underWay !== undefined) return sayUnderWay(run.underWay);
  return run.exitCode === null ? 'did not finish' : `took ${took(run)}, exit code ${run.exitCode}`;
}

function took({ startedAt, finishedAt }: PastRun): string {
  return finishedAt === null ? '' : sayDuration(Date.parse(finishedAt) - Date.parse(startedAt));
}

function cameTo({ counts, error, finishedAt, underWay }: PastRun): string {
  const kinds = KIND_ORDER.filter((kind) => kind !== 'invite' && (counts[kind] ?? 0) > 0).map(
    (kind) => `${counts[kind]} ${kind}`,
  );
  const invitations = counts['invite'] ?? 0;
  const failed = counts['failed'] ?? 0;
  const moved = counts['rekey'] ?? 0;
  const facts = [
    ...kinds,
    ...(invitations > 0 ? [count(invitations, 'invitation')] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(moved > 0 ? [`${count(moved, 'link')} under new ids`] : []),
  ];
  const unfinished = underWay === undefined ? 'did not finish' : sayUnderWay(underWay);
  const trouble = error ?? (finishedAt === null ? unfinished : null);
  const whole = facts.length === 0 && trouble === null ? ['nothing to do'] : facts;
  return [...(trouble === null ? [] : [trouble]), ...(whole.length > 0 ? [whole.join(', ')] : [])].join('; ');
}

// A link that a person made changed nothing in the LMS, so it reads unlike a change.
function pastLines(change: PastChange, view: View): string[] {
  const { kind, employee, account, because, outcome } = change;
  if (isLinkKind(kind)) {
    const what = kind === 'rekey' ? because : `${kind}ed by hand`;
    return wrapText(`${sayPerson(employee)}: ${what}, account ${account ?? '?'}`, view.width, '  & ');
  }
  return changeLines({ ...change, kind, privileged: false, stage: 0, outcome: outcome ?? 'uncertain' }, view);
}
