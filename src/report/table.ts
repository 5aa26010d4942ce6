import { displayWidth, fitText, lines, safeText } from './terminal.js';

/** One column of a table. */
export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

const GAP = '  ';
const NARROWEST = 6;

/** Rows under their titles, made safe. Where they do not fit into `width`, the widest columns give way first. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string {
  const all = [columns.map((column) => column.title), ...rows];
  const widths = columns.map((_, index) =>
    all.reduce((widest, row) => Math.max(widest, displayWidth(safeText(row[index] ?? ''))), 0),
  );
  const room = width - GAP.length * (columns.length - 1);
  const fitted = fitWidths(widths, room);
  const line = (row: readonly string[]) =>
    fitted.map((cell, index) => fitText(row[index] ?? '', cell, columns[index]?.align)).join(GAP);
  return lines(all.map((row) => line(row).trimEnd()));
}

function fitWidths(widths: readonly number[], room: number): readonly number[] {
  const fitted = [...widths];
  let excess = fitted.reduce((sum, width) => sum + width, 0) - room;
  while (excess > 0) {
    const widest = Math.max(...fitted);
    if (widest <= NARROWEST) break;
    fitted[fitted.indexOf(widest)] = widest - 1;
    excess -= 1;
  }
  return fitted;
}

/** Columns of text under these titles. */
export function columns(...titles: readonly string[]): readonly Column[] {
  return titles.map((title) => ({ title }));
}
