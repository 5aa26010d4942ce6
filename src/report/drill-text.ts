import { FORMAT } from './json-parts.js';
import { makeStyle } from './style.js';
import { columns, renderTable } from './table.js';
import { lines, safeText, wrapText } from './terminal.js';
import { count } from './words.js';

/** What became of one fault of a drill. */
export interface DrilledFault {
  readonly id: string;
  readonly title: string;
  /** Exit codes that were promised; null stands for a killed process. */
  readonly expected: readonly (number | null)[];
  readonly exitCode: number | null;
  readonly killed: boolean;
  /** How many writes the LMS received. */
  readonly sent: number;
  readonly endings: number;
  readonly healed: boolean;
  readonly verdict: 'as_promised' | 'not_as_promised' | 'left_out';
  readonly why: readonly string[];
}

/** A whole drill. */
export interface DrillReport {
  readonly connector: string;
  readonly source: string;
  readonly target: string;
  readonly people: number;
  /** What of the config could not be rehearsed as it is, as sentences. */
  readonly adapted: readonly string[];
  readonly firstImport: { readonly exitCode: number | null; readonly error: string | null; readonly accounts: number };
  /** Empty where the first import already failed. */
  readonly faults: readonly DrilledFault[];
  readonly exitCode: number;
}

const VERDICTS: Readonly<Record<DrilledFault['verdict'], string>> = {
  as_promised: 'as promised',
  not_as_promised: 'NOT AS PROMISED',
  left_out: 'left out',
};

/** The drill as a table, what is not as promised below it, and a summary last. */
export function renderDrill(
  report: DrillReport,
  { width, colour }: { readonly width: number; readonly colour: boolean },
): string {
  const style = makeStyle(colour);
  const { faults, firstImport } = report;
  const head = [
    style.strong(
      safeText(`${report.connector}: drill, ${report.source} → ${report.target}, on stand-ins on this machine`),
    ),
    '',
    ...wrapText(
      `${count(report.people, 'made-up person', 'made-up people')}; first import: exit code ${firstImport.exitCode}${firstImport.error === null ? '' : ` (${firstImport.error})`}, ${count(firstImport.accounts, 'account')} made`,
      width,
      '  Company   ',
    ),
    ...report.adapted.flatMap((note) => wrapText(note, width, '  Adapted   ')),
  ];
  const rows = faults.map((fault) => [
    fault.title,
    fault.verdict === 'left_out' ? '' : fault.killed && fault.exitCode === null ? 'killed' : String(fault.exitCode),
    fault.verdict === 'left_out' ? '' : fault.sent === 0 ? 'nothing' : count(fault.sent, 'write'),
    fault.verdict === 'left_out' ? '' : String(fault.endings),
    fault.verdict === 'left_out' ? '' : fault.healed ? 'yes' : 'NO',
    VERDICTS[fault.verdict],
  ]);
  const titles = [
    { title: 'what goes wrong', wraps: true },
    ...columns('exit', 'sent', 'endings', 'healed', 'verdict'),
  ];
  const reasons = faults
    .flatMap(({ title, why }) => why.map((one) => wrapText(`${title}: ${one}`, width, '  ')))
    .flat();
  return [
    lines(head),
    ...(rows.length === 0 ? [] : ['\n', renderTable(titles, rows, width)]),
    ...(reasons.length === 0 ? [] : ['\n', lines(reasons)]),
    `\n${lines(wrapText(summaryOf(report), width))}`,
  ].join('');
}

/** The document of a drill. */
export function drillDocument({ firstImport, faults, exitCode, ...report }: DrillReport): object {
  return {
    format: FORMAT,
    ...report,
    exit_code: exitCode,
    first_import: { exit_code: firstImport.exitCode, error: firstImport.error, accounts: firstImport.accounts },
    faults: faults.map(({ id, title, verdict, exitCode: code, expected, killed, sent, endings, healed, why }) => ({
      ...{ id, title, verdict, exit_code: code, expected_exit_codes: expected, killed, sent, endings, healed, why },
    })),
  };
}

function summaryOf({ faults, firstImport }: DrillReport): string {
  const end = 'Nothing left this machine, and the state of the connector was not touched.';
  if (faults.length === 0)
    return `The first import ended with exit code ${firstImport.exitCode}, so no fault was played. ${end}`;
  const played = faults.filter(({ verdict }) => verdict !== 'left_out');
  const good = played.filter(({ verdict }) => verdict === 'as_promised').length;
  const left = faults.length - played.length;
  return `${good} of ${count(played.length, 'fault')} as promised${left === 0 ? '' : `, ${left} left out`}. ${end}`;
}
