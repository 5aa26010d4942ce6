import { expect, it } from 'vitest';
import { DIST, DOOR } from '../support/built.js';

it('a defect names our source files with --verbose, and none of the bundle', async () => {
  const { run } = (await import(DOOR)) as typeof import('../../src/cli/run.js');
  let stderr = '';
  const code = await run({
    argv: ['node', 'hrsync', 'errors', '7', '--verbose'],
    env: {},
    stdout: {
      write() {
        throw new TypeError('broken pieces');
      },
    },
    stderr: {
      write(text: string) {
        stderr += text;
        return true;
      },
    },
    cwd: () => '.',
    on: () => undefined,
    off: () => undefined,
  });
  expect(code).toBe(1);
  expect(stderr).toMatch(/at .*src\/cli\/execute\.ts:\d+:\d+/);
  expect(stderr).not.toContain(DIST);
});
