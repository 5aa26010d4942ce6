import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { likeErrorKind } from '../../../src/cli/commands/errors.js';
import { EXIT, EXIT_MEANINGS } from '../../../src/exit.js';
import { findErrorKind, renderErrorKinds, renderErrorPage } from '../../../src/report/error-pages.js';
import { exitPageDocument, renderExitPage } from '../../../src/report/exit-pages.js';
import { explainError } from '../../../src/report/messages.js';
import { ERROR_KINDS, ERROR_PAGES, type ErrorPage } from '../../../src/report/messages-pages.js';

const SOURCE = new URL('../../../src/', import.meta.url);
/** The list of errors, which `hrsync guide errors` shows. */
const LIST = readFileSync(new URL('cli/guide/errors.md', SOURCE), 'utf8');
const view = { width: 80, colour: false };

/** The name of every error that hrsync can end with; the stand-ins have errors of their own. */
const names = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.startsWith('sandbox'))
  .flatMap((path) => [...readFileSync(new URL(path, SOURCE), 'utf8').matchAll(/override readonly name = '(\w+)'/g)])
  .map(([, name = '']) => name);

describe('the pages of errors', () => {
  it('are there for every error of the program, for those of the system, and for defects', () => {
    expect(names.length).toBeGreaterThan(20);
    expect([...ERROR_KINDS].toSorted()).toEqual([...names, 'SystemError', 'Defect'].toSorted());
  });

  it.each(ERROR_KINDS)('%s shows how its messages read, which name it, and something to do', (kind) => {
    const page: ErrorPage = ERROR_PAGES[kind];
    const text = renderErrorPage(kind, view).replaceAll(/\s+/g, ' ');
    expect(page.samples.length).toBeGreaterThan(0);
    for (const sample of page.samples) {
      const explained = explainError(sample);
      expect(explained.kind).toBe(kind);
      expect(text).toContain(explained.next);
    }
    for (const sentence of [page.happened, page.means, ...page.steps]) {
      expect(sentence).toMatch(/^\S.*[.:]$/);
      expect(text).toContain(sentence);
    }
    expect(page.steps.length).toBeGreaterThan(0);
  });

  it('name only settings that some target has', () => {
    const settings = readdirSync(new URL('targets/', SOURCE), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('settings.ts'))
      .map((path) => readFileSync(new URL(`targets/${path}`, SOURCE), 'utf8'))
      .join();
    const named = ERROR_KINDS.flatMap((kind) => [
      ...renderErrorPage(kind, { width: 500, colour: false }).matchAll(/"target\.(\w+)"/g),
    ]).map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(0);
    for (const name of named) expect(settings, name).toMatch(new RegExp(`\\b${name}:`));
  });

  it('fit a screen of 80 columns', () => {
    for (const kind of ERROR_KINDS) {
      const lines = renderErrorPage(kind, view).split('\n');
      expect(Math.max(...lines.map((line) => line.length)), kind).toBeLessThanOrEqual(80);
      expect(lines.length, kind).toBeLessThan(45);
    }
  });

  it('are found by the name in a message, in any case, with or without its ending', () => {
    for (const text of ['LockedError', 'lockederror', 'locked', 'LOCKED'])
      expect(findErrorKind(text)).toBe('LockedError');
    expect(findErrorKind('stale_plan')).toBe('StalePlanError');
    for (const text of ['', 'error', 'toString']) expect(findErrorKind(text)).toBeNull();
  });

  it.each([
    ['Lockd', 'LockedError'],
    ['lockederorr', 'LockedError'],
    ['Budgt', 'BudgetError'],
    ['credential', 'CredentialsError'],
    ['stale', 'StalePlanError'],
    ['rejectd', 'RejectedError'],
    ['nothing of the kind', null],
  ])('that are not found suggest the nearest: %s', (text, kind) => {
    expect(findErrorKind(text)).toBeNull();
    expect(likeErrorKind(text)).toBe(kind);
  });

  it.each(Object.values(EXIT))(
    'of exit code %i say what it means, what to do, and which errors end with it',
    (code) => {
      const text = renderExitPage(code, view);
      expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
      const flat = text.replaceAll(/\s+/g, ' ');
      expect(flat).toContain(`Exit code ${code}: ${EXIT_MEANINGS[code]}`);
      expect(flat).toMatch(/What it means .* What to do 1\. \S/);
      expect(exitPageDocument(code)).toMatchObject({ exit_code: { code, meaning: EXIT_MEANINGS[code] } });
    },
  );

  it('of exit codes name every kind of error under its own', () => {
    const pages = Object.values(EXIT).map((code) => renderExitPage(code, { width: 500, colour: false }));
    for (const kind of ERROR_KINDS)
      expect(pages.filter((page) => page.includes(`${kind}: `)).length, kind).toBeGreaterThan(0);
    expect(renderExitPage(7, view)).toContain('LockedError: ');
  });

  it('are listed by the guide as by the command, each with its exit code', () => {
    const rows = renderErrorKinds({ width: 500, colour: false })
      .split('\n')
      .flatMap((line) => [...line.matchAll(/^(\w+) +(\d+(?:, \d+)*) {2}(.+)$/g)])
      .map(([, kind, codes, happened]) => `| \`${kind}\` | ${codes} | ${happened} |`);
    expect(rows).toHaveLength(ERROR_KINDS.length);
    for (const row of rows) expect(LIST).toContain(`${row}\n`);
  });
});
