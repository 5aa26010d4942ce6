import { displayWidth, flow } from './terminal.js';

const GAP = 2;
const SEPARATOR = /^\|[\s:|-]+$/;

/**
 * A Markdown table in columns whose cells wrap. Where not even the longest words fit side by side, each row becomes a
 * block of its own: the first cell, and below it the others.
 */
export function renderMarkdownTable(
  block: readonly string[],
  width: number,
  wordsOf: (text: string) => string[],
): readonly string[] {
  const rows = block.filter((line) => !SEPARATOR.test(line)).map((line) => cellsOf(line).map(wordsOf));
  const count = Math.max(...rows.map((row) => row.length));
  const room = width - GAP * (count - 1);
  const columns = Array.from({ length: count }, (_, index) => rows.map((row) => row[index] ?? []));
  const longest = columns.map((cells) => Math.max(1, ...cells.flat().map(displayWidth)));
  if (sum(longest) > room) return stacked(rows, width);
  const natural = columns.map((cells) => Math.max(1, ...cells.map((words) => displayWidth(words.join(' ')))));
  const widths = narrowed(natural, longest, room);
  const rule = widths.map((one) => '-'.repeat(one)).join(' '.repeat(GAP));
  const [titles = '', ...others] = rows.map((row) => inColumns(row, widths));
  return [...titles, rule, ...others.flat()];
}

// A bar that belongs to a cell is written `\|`.
function cellsOf(line: string): readonly string[] {
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function stacked(rows: readonly (readonly string[][])[], width: number): readonly string[] {
  return rows
    .slice(1)
    .flatMap(([first = [], ...others]) => [
      ...flow([...first], width),
      ...others.flatMap((words) => flow([...words], width, '    ')),
    ]);
}

/** Takes columns from the widest until the row fits, never below the longest word of a column. */
function narrowed(natural: readonly number[], least: readonly number[], room: number): readonly number[] {
  const widths = [...natural];
  while (sum(widths) > room) {
    const spare = widths.map((one, index) => (one > (least[index] ?? one) ? one : 0));
    const widest = spare.indexOf(Math.max(...spare));
    widths[widest] = (widths[widest] ?? 1) - 1;
  }
  return widths;
}

function inColumns(row: readonly string[][], widths: readonly number[]): readonly string[] {
  const cells = widths.map((width, index) => flow(row[index] ?? [], width));
  const height = Math.max(1, ...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, place) =>
    widths
      .map((width, index) => pad(cells[index]?.[place] ?? '', width))
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
