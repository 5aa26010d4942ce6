import { renderMarkdownTable } from './markdown-table.js';
import { makeStyle, type Style } from './style.js';
import { columns, renderTable } from './table.js';
import { displayWidth, flow, lines, safeText } from './terminal.js';

interface View {
  /** Columns of the terminal. */
  readonly width: number;
  readonly colour: boolean;
}

/** Widest line of running text, in columns: longer lines are hard to read. */
const WIDEST = 100;
const HEADING = /^(#+) (.*)$/;
const FENCE = /^( *)```/;
const ITEM = /^( *)(- |\d+\. )(.*)$/;
const LINK = /\[([^\]]+)\]\(([^)\s]+)\)/g;

/** The list of guides. */
export function renderGuideList(
  guides: readonly { readonly topic: string; readonly about: string }[],
  { width }: Pick<View, 'width'>,
): string {
  const rows = guides.map(({ topic, about }) => [topic, about]);
  const hint = '"hrsync guide TOPIC" shows one, such as "hrsync guide night".';
  return `${renderTable(columns('topic', 'about'), rows, width)}\n${hint}\n`;
}

/**
 * Markdown as text for a terminal: headings, paragraphs, lists, tables and code blocks; other constructs come out as they
 * are written. Code blocks are never wrapped, so that they can be copied.
 */
export function renderMarkdown(text: string, { width, colour }: View): string {
  const style = makeStyle(colour);
  const rendered: string[] = [];
  let afterItem = false;
  for (const block of blocksOf(text.split('\n'))) {
    const item = ITEM.test(block[0] ?? '');
    if (rendered.length > 0 && !(item && afterItem)) rendered.push('');
    rendered.push(...renderBlock(block, Math.min(width, WIDEST), style));
    afterItem = item;
  }
  return lines(rendered);
}

/** Splits text into blocks: one heading, list item, code block, table or paragraph each. */
function blocksOf(all: readonly string[]): readonly (readonly string[])[] {
  const blocks: string[][] = [];
  let open: string[] = [];
  const close = () => {
    if (open.length > 0) blocks.push(open);
    open = [];
  };
  for (const line of all) {
    if (FENCE.test(open[0] ?? '')) {
      open.push(line);
      if (FENCE.test(line)) close();
      continue;
    }
    const begins = HEADING.test(line) || FENCE.test(line) || ITEM.test(line);
    if (begins || line.trim() === '') close();
    if (line.trim() !== '') open.push(line);
    if (HEADING.test(line)) close();
  }
  close();
  return blocks;
}

function renderBlock(block: readonly string[], width: number, style: Style): readonly string[] {
  const [first = '', ...rest] = block;
  const [, marks, title = ''] = HEADING.exec(first) ?? [];
  if (marks !== undefined) return heading(marks.length, title, width, style);
  if (FENCE.test(first)) return codeBlock(block);
  if (first.startsWith('|')) return renderMarkdownTable(block, width, (text) => wordsOf(text, style));
  const [, indent = '', bullet = '', begin = first] = ITEM.exec(first) ?? [];
  const leading = bullet === '' ? (/^ */.exec(first)?.[0] ?? '') : indent + bullet;
  const paragraph = [begin, ...rest].map((line) => line.trim()).join(' ');
  return flow(wordsOf(paragraph, style), width, leading);
}

function heading(level: number, title: string, width: number, style: Style): readonly string[] {
  const text = flow(wordsOf(title, style), width).map((line) => style.strong(line));
  const underline = ('=-'[level - 1] ?? '.').repeat(Math.min(width, displayWidth(text.join(' '))));
  return [...text, style.faint(underline)];
}

// Indented by four, whatever the indentation of the list item that the block belongs to.
function codeBlock(block: readonly string[]): readonly string[] {
  const margin = FENCE.exec(block[0] ?? '')?.[1]?.length ?? 0;
  return block.slice(1, -1).map((line) => `    ${safeText(line.slice(margin))}`.trimEnd());
}

// Without colour code keeps its backticks: they say where a command or a setting ends.
function wordsOf(text: string, style: Style): string[] {
  const coloured = style.accent('x') !== 'x';
  let inCode = false;
  let inStrong = false;
  const show = (part: string): string => {
    if (part === '`') {
      inCode = !inCode;
      return coloured ? '' : part;
    }
    if (part === '**' && !inCode) inStrong = !inStrong;
    if (part === '' || (/^\*\*?$/.test(part) && !inCode)) return '';
    return inCode ? style.accent(part) : inStrong ? style.strong(part) : part;
  };
  return safeText(withoutLinks(text))
    .split(' ')
    .map((word) =>
      word
        .split(/(`|\*\*?)/)
        .map(show)
        .join(''),
    );
}

// A file of the repository is no help at a terminal; an address is.
function withoutLinks(text: string): string {
  return text.replace(LINK, (_, label: string, address: string) =>
    address.startsWith('http') ? `${label} (${address})` : label,
  );
}
