import { makeStyle, type Style } from './style.js';
import { displayWidth, fitText, lines, wrapText } from './terminal.js';

/** One thing that a check found. */
export interface ShownFinding {
  readonly level: 'ok' | 'warning' | 'error';
  readonly subject: string;
  readonly message: string;
}

const SUBJECT_LEAST = 14;
const SUBJECT_MOST = 32;

/** What a check found, one under another: `✓ credentials  accepted`, `!` for warnings, `✗` for errors. */
export function renderFindings(
  findings: readonly ShownFinding[],
  { width = 80, colour = false }: { readonly width?: number; readonly colour?: boolean } = {},
): string {
  const style = makeStyle(colour);
  const longest = Math.max(SUBJECT_LEAST, ...findings.map(({ subject }) => displayWidth(subject)));
  const column = Math.min(SUBJECT_MOST, longest);
  return lines(
    findings.flatMap(({ level, subject, message }) =>
      wrapText(message || level, width, `${markOf(level, style)} ${style.strong(fitText(subject, column))}  `),
    ),
  );
}

function markOf(level: ShownFinding['level'], style: Style): string {
  if (level === 'ok') return style.good('✓');
  return level === 'warning' ? style.warning('!') : style.bad('✗');
}
