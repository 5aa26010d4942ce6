import type { Row } from './row.js';

const HEADINGS = ['measured', 'floor', 'ours', 'reached', 'smallest to largest (runs)', 'goal', ''];

/** The lines as a Markdown table. */
export function renderTable(rows: readonly Row[]): string {
  const cells = [HEADINGS, ...rows.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(3, ...cells.map((line) => line[column]?.length ?? 0)));
  const [head = '', ...body] = cells.map((line) =>
    renderLine(line.map((cell, column) => cell.padEnd(widths[column] ?? 0))),
  );
  return [head, renderLine(widths.map((width) => '-'.repeat(width))), ...body].join('\n');
}

/** How many goals were met, and the names of those that were not. */
export function renderVerdict(rows: readonly Row[]): string {
  const judged = rows.filter((row) => row.met !== null);
  const missed = judged.filter((row) => !row.met);
  const sentence = `${judged.length - missed.length} of ${judged.length} goals met`;
  if (missed.length === 0) return `${sentence}.`;
  return `${sentence}; missed: ${missed.map((row) => `${row.what} (${row.reached}, goal ${row.goal})`).join('; ')}.`;
}

function cellsOf({ what, floor, ours, reached, spread, goal, met }: Row): readonly string[] {
  return [what, floor, ours, reached, spread, goal, met === null ? '' : met ? 'met' : 'MISSED'];
}

function renderLine(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
