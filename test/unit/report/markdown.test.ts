import { describe, expect, it } from 'vitest';
import { renderGuideList, renderMarkdown } from '../../../src/report/markdown.js';

const plain = (text: string, width = 80) => renderMarkdown(text, { width, colour: false });
const ESCAPE = String.fromCharCode(27);

describe('Markdown at a terminal', () => {
  it('underlines headings, joins paragraphs and fits them to the width', () => {
    expect(plain('# Title\n\nOne two three\nfour five.\n\n## Part\nText\n### Bit\n', 16)).toBe(
      'Title\n=====\n\nOne two three\nfour five.\n\nPart\n----\n\nText\n\nBit\n...\n',
    );
    expect(plain('word '.repeat(60), 200).split('\n')[0]?.length).toBeLessThanOrEqual(100);
  });

  it('indents the further lines of an item, and keeps items together', () => {
    expect(plain('- one two three\n- four\n  five six\n1. seven\n', 10)).toBe(
      '- one two\n  three\n- four\n  five six\n1. seven\n',
    );
  });

  it('leaves code as it is, also in an item, however long its lines are', () => {
    const long = `hrsync ${'x'.repeat(120)}`;
    expect(plain(`1. Do:\n\n   \`\`\`sh\n   ${long}\n\n     # - no item\n   \`\`\`\n`)).toBe(
      `1. Do:\n\n    ${long}\n\n      # - no item\n`,
    );
  });

  it('sets tables in columns whose cells wrap', () => {
    const table = '| a | meaning |\n|---|--:|\n| `x` | one two three four |\n| y\\|z | five |\n';
    expect(plain(table, 16)).toBe('a    meaning\n---  -----------\n`x`  one two\n     three four\ny|z  five\n');
  });

  it('sets the cells of a table below each other where even their longest words do not fit', () => {
    const table = '| key | meaning |\n|---|---|\n| create_disabled | everything_long |\n';
    expect(plain(table, 20)).toBe('create_disabled\n    everything_long\n');
  });

  it('needs no colour: code keeps its backticks, and nothing else of the markup is seen', () => {
    const text = '**Bold**, *slanted*, `code **as is**`, [a page](https://docs.example/x) and [a file](../x.md).\n';
    expect(plain(text, 200)).toBe('Bold, slanted, `code **as is**`, a page (https://docs.example/x) and a file.\n');
  });

  it('colours code and headings where it may, and takes the same room', () => {
    const text = '# Title\n\nRun `hrsync check` and **read** it.\n';
    const coloured = renderMarkdown(text, { width: 80, colour: true });
    expect(coloured).toContain(ESCAPE);
    expect(coloured.replaceAll(new RegExp(`${ESCAPE}\\[\\d+m`, 'g'), '')).toBe(plain(text).replaceAll('`', ''));
    expect(plain(text)).not.toContain(ESCAPE);
  });

  it('shows what would control a terminal instead of sending it', () => {
    expect(plain(`\`\`\`\n${ESCAPE}[31mred\n\`\`\`\n\n${ESCAPE}[2J\n`)).not.toContain(ESCAPE);
  });
});

it('the list of guides says how to open one', () => {
  const text = renderGuideList([{ topic: 'night', about: 'cron and systemd' }], { width: 80 });
  expect(text).toContain('night  cron and systemd');
  expect(text).toContain('hrsync guide TOPIC');
});
