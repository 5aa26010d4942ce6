import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { describe, expect, it } from 'vitest';
import { GUIDE_NAMES, listGuides, readGuide } from '../../src/cli/guide/find-guide.js';
import { TOPICS } from '../../src/cli/guide/topics.js';
import { createProgram } from '../../src/cli/program.js';
import { findErrorKind } from '../../src/report/error-pages.js';

const ROOT = new URL('../../', import.meta.url).pathname;
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const filesIn = (folder: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => `${folder}/${path}`);

const DOCS = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...filesIn('src'),
  ...filesIn('test').filter((path) => !path.includes('node_modules')),
];

const nowhere = { write: () => true };
const program: CommandUnknownOpts = createProgram({ stdout: nowhere, stderr: nowhere }, async () => undefined);

/** The commands that a text names: `hrsync invite send`. */
function commandsIn(text: string): readonly (readonly string[])[] {
  const inline = [...text.matchAll(/`hrsync ([^`]+)`/g)].map(([, command = '']) => command);
  const blocks = [...text.matchAll(/^ *```(\w*)\n(.*?)^ *```$/gms)]
    .filter(([, language = '']) => ['', 'sh'].includes(language))
    .flatMap(([, , code = '']) => [...code.matchAll(/(?:^|&& )hrsync (?!\w+: )([^\n#]+)/gm)])
    .map(([, command = '']) => command);
  return [...inline, ...blocks].map((command) => command.replaceAll('\\|', ' ').split(/\s+/));
}

/** What is wrong with a command, or null. */
function faultOf(words: readonly string[]): string | null {
  let command = program;
  for (const word of words) {
    const inner = command.commands.find((one) => one.name() === word);
    if (inner === undefined) break;
    command = inner;
  }
  const [first = ''] = words;
  if (command === program && !/^(-|[A-Z])/.test(first)) return `there is no command "${words.join(' ')}"`;
  const known = new Set([...program.options, ...command.options].flatMap(({ long, short }) => [long, short]));
  const strange = words.map((word) => word.replace(/[,;).]+$/, '')).filter((word) => /^--?[a-z]/.test(word));
  const bad = strange.find((flag) => !known.has(flag) && flag !== '--help');
  return bad === undefined ? null : `"${words.join(' ')}" has no ${bad}`;
}

describe('the docs', () => {
  it('are found', () => {
    expect(DOCS).toContain('README.md');
    expect(DOCS).toContain('src/targets/learnamp/README.md');
    expect(DOCS).toContain('src/cli/guide/night.md');
    expect(commandsIn(read('README.md')).length).toBeGreaterThan(40);
  });

  it.each(DOCS)('%s names only commands and flags that exist', (path) => {
    const faults = commandsIn(read(path)).map(faultOf);
    expect(faults.filter((fault) => fault !== null)).toEqual([]);
  });

  it.each(DOCS)('%s links only to files and headings that exist', (path) => {
    const links = [...read(path).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    const broken = links.filter((link) => {
      if (link.startsWith('http')) return false;
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? path : join(dirname(path), file);
      if (!existsSync(join(ROOT, target))) return true;
      return anchor !== undefined && !anchorsOf(read(target)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it.each(DOCS)('%s sends people only to guides and errors that exist', (path) => {
    const text = read(path);
    const guides = [...text.matchAll(/hrsync guide ([a-z0-9-]+)/g)].map(([, name = '']) => name);
    expect(guides.filter((name) => !GUIDE_NAMES.includes(name))).toEqual([]);
    const errors = [...text.matchAll(/hrsync errors ([A-Z]\w+Error)/g)].map(([, name = '']) => name);
    expect(errors.filter((name) => findErrorKind(name) === null)).toEqual([]);
  });

  it('keep the README to 300 lines', () => {
    expect(read('README.md').split('\n').length).toBeLessThanOrEqual(300);
  });
});

describe('the guides', () => {
  it('hold one for every source, every target and every topic, each with a title', async () => {
    for (const guide of await listGuides()) expect(await readGuide(guide), guide.topic).toMatch(/^# \S.*\n\n\S/);
  });

  it('leave no topic file out of the list', () => {
    const files = readdirSync(join(ROOT, 'src/cli/guide')).filter((name) => name.endsWith('.md'));
    expect(files.map((name) => name.replace('.md', '')).toSorted()).toEqual(Object.keys(TOPICS).toSorted());
  });

  it('are in the package', async () => {
    const { files } = JSON.parse(read('package.json')) as { files: readonly string[] };
    const patterns = files.map((pattern) => new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]+')}$`));
    for (const { path } of await listGuides())
      expect(
        patterns.some((one) => one.test(path)),
        path,
      ).toBe(true);
  });
});

function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(/\s/g, '-'),
  );
}
