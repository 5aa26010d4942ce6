import { describe, expect, it } from 'vitest';
import { CredentialsError, UnknownPersonError } from '../../../src/errors.js';
import { createReporter } from '../../../src/report/create-reporter.js';
import type { RunResult } from '../../../src/report/reporter.js';
import { change, fullRun, memoryOptions, person, runResult } from './acme.js';

async function play(run: RunResult, partial: Partial<ReturnType<typeof memoryOptions>> = {}) {
  const options = { ...memoryOptions('lines'), ...partial };
  const reporter = createReporter(options);
  reporter.started(run);
  reporter.note('the token was renewed', { detail: true });
  await reporter.planned(run);
  for await (const one of run.changes()) if (one.outcome !== 'planned') reporter.changed(one);
  await reporter.finished(run);
  return { out: options.stdout.text, err: options.stderr.text };
}

const failed = change({ outcome: 'failed', error: 'Max Müller (max@acme.example) has a title too long' });
const done = change({ kind: 'create', employee: person('1001', 'Ada Lovelace'), invites: true, outcome: 'done' });
const real = { dryRun: false, exitCode: 4 };

describe('lines for logs', () => {
  it('are timestamped, one per event, with ids only', async () => {
    const { out, err } = await play(runResult({ changes: [failed, done] }, real));
    expect(err).toMatchInlineSnapshot(`
      "2026-11-24T02:00:03Z info  acme: reading Personio command=import-all run=17
      2026-11-24T02:00:03Z info  acme: read 412 employees; plan: 1 to create, 1 to update, 1 invitation, 386 unchanged
      2026-11-24T02:00:03Z error acme: update failed: #1002 ([address]) has a title too long; tried again by the next run employee=1002 account=77 fields=job_title
      2026-11-24T02:00:03Z info  acme: create done employee=1001 account=77 fields=job_title
      "
    `);
    expect(out).toMatchInlineSnapshot(`
      "2026-11-24T02:00:03Z error acme: Partly done in 1.2 s: 1 created, 1 invited; 1 failed run=17 exit_code=4 failed=1002
      "
    `);
  });

  it('name people only with --verbose', async () => {
    const quiet = await play(runResult({ changes: [failed, done] }, real));
    expect(quiet.out + quiet.err).not.toMatch(/Max|Ada|max@|@acme/);
    const verbose = await play(runResult({ changes: [failed, done] }, real), { verbose: true });
    expect(verbose.err).toContain('name="Max Müller" email=max@acme.example');
    expect(verbose.err).toContain('the token was renewed');
  });

  it('are a single one when there is nothing to do', async () => {
    const { out, err } = await play(runResult({}, { dryRun: false }));
    expect(err).toBe('');
    expect(out).toBe(
      '2026-11-24T02:00:03Z info  acme: nothing to do: 412 employees read, 386 accounts in step (1.2 s) run=17\n',
    );
  });

  it('count the notes that a run without work held back', async () => {
    const options = memoryOptions('lines');
    const reporter = createReporter(options);
    const run = runResult({}, { dryRun: false });
    reporter.started(run);
    reporter.note('a secret stands in the config in clear');
    await reporter.planned(run);
    await reporter.finished(run);
    expect(options.stderr.text).toBe('');
    expect(options.stdout.text).toContain('; 1 note, --verbose shows what');
  });

  it('give the plan of a dry run to stdout as people read it', async () => {
    const { out, err } = await play(fullRun());
    expect(out).toContain('+ Ada Lovelace <ada@acme.example> #1001');
    expect(out).not.toContain('2026-11-24T02:00:03Z');
    expect(err).not.toContain('Ada');
    expect(err.trimEnd().split('\n')).toHaveLength(2);
  });

  it('put the flag that safety asks for into the error and the result', async () => {
    const limits = [{ kind: 'deactivate', planned: 31, allowed: 20, of: 396 }] as const;
    const gone = change({ kind: 'deactivate', fields: {}, because: 'inactive' });
    const safety = { verdict: 'refused', restGoesOn: false, endingsGoOn: false, limits } as const;
    const { out, err } = await play(runResult({ changes: [gone] }, { dryRun: false, exitCode: 5, safety }));
    expect(err).toContain('--allow deactivate=31 employees=1002\n');
    expect(out).toContain('--allow deactivate=31');
  });

  it('tell what led to an error, which comes on one line whatever it quotes', () => {
    const options = memoryOptions('lines');
    const reporter = createReporter(options);
    reporter.started(runResult());
    reporter.failed(new CredentialsError('Personio', 'no\n2026-11-24T02:00:00Z info all is well'));
    const [first, second, ...rest] = options.stderr.text.split('\n');
    expect(first).toContain('info  acme: reading Personio');
    expect(second).toContain('error acme: Personio rejected the credentials: no␊2026');
    expect(rest).toEqual(['']);
  });

  it('say whom somebody typed, and no other address', () => {
    const options = memoryOptions('lines');
    const reporter = createReporter(options);
    reporter.failed(new UnknownPersonError('ada@acme.example', 'the state of bob@acme.example'));
    expect(options.stderr.text).toContain('Nobody called "ada@acme.example" is in the state of [address]');
  });

  it('tell of long work once a minute', () => {
    let seconds = 0;
    const options = { ...memoryOptions('lines'), now: () => new Date(Date.UTC(2026, 10, 24) + seconds * 1000) };
    const reporter = createReporter({ ...options, verbose: true });
    for (; seconds <= 130; seconds += 10) reporter.applying({ done: seconds, failed: 0, total: 1000 });
    expect(options.stderr.text).toBe(
      '2026-11-24T00:01:00Z info  applying 60 of 1,000\n2026-11-24T00:02:00Z info  applying 120 of 1,000\n',
    );
  });
});
