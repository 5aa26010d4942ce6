import { describe, expect, it } from 'vitest';
import { ConfigError, LockedError } from '../../../src/errors.js';
import { createReporter } from '../../../src/report/create-reporter.js';
import { change, fullRun, memoryOptions, person, runResult } from './acme.js';

async function documentOf(run = fullRun(), secrets: string[] = []) {
  const options = { ...memoryOptions('json'), secrets };
  const reporter = createReporter(options);
  reporter.started(run);
  await reporter.planned(run);
  await reporter.finished(run);
  return { text: options.stdout.text, err: options.stderr.text, document: JSON.parse(options.stdout.text) };
}

describe('the JSON document', () => {
  it('has exactly the promised keys, in their order', async () => {
    const { document, err } = await documentOf();
    expect(err).toBe('');
    expect(Object.keys(document).join(' ')).toBe(
      'format connector run dry_run started_at finished_at exit_code source summary changes scheduled skipped missing safety notices',
    );
    expect(Object.keys(document.source).join(' ')).toBe('type employees complete in_scope checks');
    expect(Object.keys(document.summary).join(' ')).toBe(
      'create update deactivate reactivate delete adopt invite scheduled unchanged skipped failed',
    );
    expect(Object.keys(document.changes[0]).join(' ')).toBe(
      'kind invites employee account privileged fields because outcome error',
    );
    expect(Object.keys(document.safety.limits[0]).join(' ')).toBe('kind planned allowed of');
    expect(document.scheduled[0]).toEqual({ employee: person('1009', 'Noah New'), kind: 'invite', on: '2026-12-01' });
    expect(Object.keys(document.skipped[0]).join(' ')).toBe('employee reason message');
  });

  it('carries values as they are', async () => {
    const { document } = await documentOf();
    expect(document).toMatchObject({ format: 1, connector: 'acme', run: 17, dry_run: true, exit_code: 0 });
    expect(document.started_at).toBe('2026-11-24T02:00:00.000Z');
    expect(document.changes).toHaveLength(5);
    expect(document.changes[0].fields.primary_team).toEqual({ before: 'Sales', after: null });
  });

  it('is whole without any change', async () => {
    const { document } = await documentOf(runResult());
    expect(document).toMatchObject({ changes: [], scheduled: [], skipped: [], notices: [] });
  });

  it('holds nothing that a terminal would obey, yet the same names', async () => {
    const name = 'a\x9b\u202eb\u2028c\x1b';
    const { text, document } = await documentOf(runResult({ changes: [change({ employee: person('1', name) })] }));
    expect(text).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2028]/u);
    expect(document.changes[0].employee.name).toBe(name);
  });

  it('holds no secret and stays JSON even where a secret looks like syntax', async () => {
    const secrets = ['s3cret"value', '"kind":"update"', '386386'];
    const leaky = change({ because: 'token s3cret"value leaked', account: '386386' });
    const { document } = await documentOf(runResult({ changes: [leaky] }), secrets);
    expect(document.changes[0]).toMatchObject({ kind: 'update', because: 'token *** leaked', account: '***' });
  });

  it('waits for a slow reader', async () => {
    const options = memoryOptions('json');
    const drains: (() => void)[] = [];
    let waits = 0;
    const slow = {
      write: (text: string) => {
        options.stdout.write(text);
        return false;
      },
      once: (event: string, listener: () => void) => {
        if (event !== 'drain') return;
        waits += 1;
        drains.push(listener);
        queueMicrotask(() => drains.pop()?.());
      },
    };
    const many = Array.from({ length: 500 }, (_, index) => change({ employee: person(`${index}`, 'Max') }));
    await createReporter({ ...options, stdout: slow }).finished(runResult({ changes: many }));
    expect(waits).toBeGreaterThan(3);
    expect(JSON.parse(options.stdout.text).changes).toHaveLength(500);
  });

  it('does not wait for a reader who has gone', async () => {
    const gone = { write: () => false, once: () => undefined, destroyed: true };
    await expect(
      createReporter({ ...memoryOptions('json'), stdout: gone }).finished(fullRun()),
    ).resolves.toBeUndefined();
  });

  it('is the error where there is no result', () => {
    const options = memoryOptions('json');
    createReporter(options).failed(new LockedError('/state/acme.db', 'process 12'));
    const document = JSON.parse(options.stdout.text);
    expect(Object.keys(document)).toEqual(['format', 'error', 'exit_code']);
    expect(document).toMatchObject({ format: 1, exit_code: 7, error: { name: 'LockedError' } });
    expect(options.stderr.text).toContain('Another run is using /state/acme.db');
  });

  it('lists the problems of a config', () => {
    const options = memoryOptions('json');
    const problem = { file: 'hrsync.yaml', line: 3, column: 1, path: 'name', message: 'is missing', suggestion: null };
    createReporter(options).failed(new ConfigError([problem]));
    expect(JSON.parse(options.stdout.text).error.problems).toEqual([problem]);
  });

  it('stays the only document when an error follows the result', async () => {
    const options = memoryOptions('json');
    const reporter = createReporter(options);
    await reporter.finished(runResult());
    reporter.failed(new Error('late'));
    expect(JSON.parse(options.stdout.text).connector).toBe('acme');
    expect(options.stderr.text).toContain('late');
  });
});
