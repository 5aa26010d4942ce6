import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { test } from '../support/connector.js';
import { rowsOfPart } from '../support/part.js';

/** What stands in a scene of the story. */
function sceneIn(text: string, title: string): string {
  return text.split('━━ ').find((scene) => scene.startsWith(title)) ?? '';
}

describe('the demo', () => {
  test('shows whom its story tells of, refuses a mass exit, and leaves the page for HR', async ({ connect }) => {
    const connector = await connect({ people: 10 });
    const { code, stdout, stderr } = await connector.run(['demo', '--people', '100'], { TMPDIR: connector.folder });
    expect(code, stderr).toBe(0);
    const week = sceneIn(stdout, 'A week later');
    const [, promoted = '?'] = /busy week\. (.+?)\s+was\s+promoted/s.exec(week) ?? [];
    expect(week).toMatch(/job_title +.* → Principal Engineer/);
    expect(week).toContain(`~ ${promoted.replace(/\s+/g, ' ')} <`);
    expect(week).toMatch(/Deactivate 1\n/);
    expect(sceneIn(stdout, 'A bad night')).toContain('exit code 6');
    const refused = sceneIn(stdout, 'A mistake in HR');
    expect(refused).toContain('--allow deactivate=');
    expect(refused).toContain('exit code 5');
    const [, page = ''] = /before\s+go-live:\s+(\S+plan\.html)/.exec(stdout) ?? [];
    expect(await readFile(page, 'utf8')).toMatch(/<!doctype html>/i);
  });

  test('shows no list twice', async ({ connect }) => {
    const connector = await connect({ people: 10 });
    const { stdout } = await connector.run(['demo', '--people', '60'], { TMPDIR: connector.folder });
    const lists = stdout.split(/\n\s*\n/).filter((part) => /^Skipped \d+\n/.test(part.trim()));
    expect(lists.length).toBeGreaterThan(0);
    expect(new Set(lists).size).toBe(lists.length);
  });

  // Some of these systems set a slow pace, in the sandbox as well.
  test.for(
    rowsOfPart([
      ['kombo', '360learning'],
      ['bamboohr', 'scim'],
      ['personio', 'moodle'],
      ['kombo', 'learnupon'],
    ] as const),
  )('plays from %s to %s too', { timeout: 240_000 }, async ([source, target], { connect }) => {
    const connector = await connect({ people: 10 });
    const flags = ['--people', '60', '--source', source, '--target', target];
    const { code, stdout, stderr } = await connector.run(['demo', ...flags], { TMPDIR: connector.folder });
    expect(code, stderr).toBe(0);
    expect(sceneIn(stdout, 'A mistake in HR')).toContain('exit code 5');
    expect(sceneIn(stdout, 'A quiet night')).toContain('exit code 0');
  });
});
