import { displayWidth, fitText, lines, safeText, wrapText } from './terminal.js';

/** One column of a table. */
export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Whether a text that does not fit goes on below instead of being cut. */
  readonly wraps?: boolean;
}

const GAP = '  ';
const NARROWEST = 6;
const NARROWEST_WRAPPED = 20;

/** Rows under their titles, made safe. Where they do not fit into `width`, columns that wrap give way first, then the widest. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string {
  const all = [columns.map((column) => column.title), ...rows];
  const widths = columns.map((_, index) =>
    all.reduce((widest, row) => Math.max(widest, displayWidth(safeText(row[index] ?? ''))), 0),
  );
  const room = width - GAP.length * (columns.length - 1);
  const wrapping = columns.map(({ wraps = false }) => wraps);
  const fitted = fitWidths(widths, wrapping, room);
  const linesOf = (row: readonly string[]): readonly string[] => {
    const cells = fitted.map((cell, index) =>
      wrapping[index] ? wrapText(row[index] ?? '', cell) : [row[index] ?? ''],
    );
    return Array.from({ length: Math.max(1, ...cells.map(({ length }) => length)) }, (_, place) =>
      fitted.map((cell, index) => fitText(cells[index]?.[place] ?? '', cell, columns[index]?.align)).join(GAP),
    );
  };
  return lines(all.flatMap(linesOf).map((line) => line.trimEnd()));
}

function fitWidths(widths: readonly number[], wrapping: readonly boolean[], room: number): readonly number[] {
  const fitted = [...widths];
  let excess = fitted.reduce((sum, width) => sum + width, 0) - room;
  while (excess > 0) {
    const lines = fitted.map((width, index) => (wrapping[index] && width > NARROWEST_WRAPPED ? width : 0));
    const givingWay = Math.max(...lines) > 0 ? lines : fitted;
    const widest = Math.max(...givingWay);
    if (widest <= NARROWEST) break;
    fitted[givingWay.indexOf(widest)] = widest - 1;
    excess -= 1;
  }
  return fitted;
}

/** Columns of text under these titles. */
export function columns(...titles: readonly string[]): readonly Column[] {
  return titles.map((title) => ({ title }));
}
