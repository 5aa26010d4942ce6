import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReporter } from '../../../src/report/create-reporter.js';
import { withFiles } from '../../../src/report/files.js';
import { redactor } from '../../../src/report/output.js';
import { requireWritable, writePrivately } from '../../../src/report/private-file.js';
import type { RunResult } from '../../../src/report/reporter.js';
import { change, memoryOptions, person, runResult } from './acme.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hrsync-test-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function* pieces(...texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}

describe('a file that holds personal data', () => {
  it('is readable by its owner alone, and takes the place of an older one whole', async () => {
    const path = join(folder, 'report.html');
    await writeFile(path, 'old', { mode: 0o644 });
    await writePrivately(path, pieces('one ', 'two'));
    expect(await readFile(path, 'utf8')).toBe('one two');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['report.html']);
  });

  it('that fails half-way leaves the older one and nothing else', async () => {
    const path = join(folder, 'report.html');
    await writeFile(path, 'old');
    const failing = async function* () {
      yield 'half'.repeat(50_000);
      throw new Error('the rest is missing');
    };
    await expect(writePrivately(path, failing())).rejects.toThrow('the rest is missing');
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['report.html']);
  });

  it('is looked for before the run: a missing folder, a folder in its place, a place for no files', async () => {
    await expect(requireWritable(join(folder, 'none', 'a.html'), '--html')).rejects.toThrow('there is no such folder');
    await expect(requireWritable(folder, '--csv')).rejects.toThrow(/^--csv: .* is there and is not a file$/);
    await expect(requireWritable('/dev/null', '--csv')).rejects.toThrow('is not a file');
    await requireWritable(join(folder, 'a.html'), '--html');
    expect(await readdir(folder)).toEqual([]);
    const closed = join(folder, 'closed');
    await mkdir(closed);
    await chmod(closed, 0o500);
    // Root may write anywhere.
    if (process.getuid?.() !== 0)
      await expect(requireWritable(join(closed, 'a.html'), '--html')).rejects.toThrow('EACCES');
  });
});

describe('a reporter that writes files', () => {
  const secret = 'secret-7Qw2xVb9';
  const dump = async function* (result: RunResult) {
    for await (const each of result.changes()) yield JSON.stringify(each);
    for await (const each of result.skipped()) yield JSON.stringify(each);
    for await (const each of result.scheduled()) yield JSON.stringify(each);
    yield result.notices.join();
  };

  it('takes the secrets out of everything that it hands to a file', async () => {
    const someone = person(secret, secret, secret);
    const result = runResult(
      {
        changes: [
          change({
            ...{ employee: someone, account: secret, because: secret, error: secret, department: secret },
            fields: { job_title: { before: `a ${secret}`, after: [secret] } },
          }),
        ],
        skipped: [{ employee: someone, reason: 'no_email', message: secret }],
        scheduled: [{ kind: 'invite', employee: someone, on: '2026-12-01' }],
      },
      { notices: [secret] },
    );
    const path = join(folder, 'dump');
    const file = { path, flag: '--html', render: dump };
    const { reporter, exitCode } = await withFiles(createReporter(memoryOptions('lines')), [file], redactor([secret]));
    await reporter.finished(result);
    expect(await readFile(path, 'utf8')).not.toContain(secret);
    expect(await readFile(path, 'utf8')).toContain('***');
    expect(exitCode(0)).toBe(0);
  });

  it('reports a file that cannot be written after all, and tells so by the exit code of a run that went well', async () => {
    const options = memoryOptions('json');
    const failing = { path: join(folder, 'a'), flag: '--html', render: () => pieces() };
    const { reporter, exitCode } = await withFiles(createReporter(options), [failing], redactor([]));
    await rm(folder, { recursive: true });
    await reporter.finished(runResult());
    expect(JSON.parse(options.stdout.text)).toMatchObject({ exit_code: 1 });
    // The path may be long, and then the sentence is wrapped.
    expect(options.stderr.text.replace(/\s+/g, ' ')).toContain('does not exist (ENOENT)');
    expect([exitCode(0), exitCode(4)]).toEqual([1, 4]);
  });
});
