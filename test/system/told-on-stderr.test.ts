import { describe, expect } from 'vitest';
import { test } from '../support/connector.js';
import { errorDocument, runDocument } from '../support/document.js';
import { rowsOfPart } from '../support/part.js';
import { plainPerson } from '../support/people.js';

describe('with --json, stderr tells what cron has to mail', () => {
  test('of a refusal: the figures, the flag that allows it, and nobody by name', async ({ connect }) => {
    const connector = await connect({ people: 30, config: { safety: { max_creates: 3 } } });
    for (const dry of [[], ['--dry-run']]) {
      const { code, stdout, stderr } = await connector.run(['import-all', '--json', ...dry]);
      expect(code).toBe(5);
      expect(stderr).toMatch(/ error acme: refused by safety: \d+ accounts would be created; at most 3 are allowed/);
      expect(stderr).toMatch(/allow it once with --allow create=\d+ employees=\d+/);
      expect(runDocument(stdout).exit_code).toBe(5);
    }
  });

  test('of a partial result: who failed and why, and still when only a retry waits', async ({ connect }) => {
    const connector = await connect({ people: 30 });
    await connector.imported();
    const { id } = plainPerson(connector.company);
    connector.hr.apply({ kind: 'promote', person: id, to: 'Principal' });
    connector.sandbox.learnamp.faults.add({
      match: { method: 'PUT' },
      times: null,
      fault: { kind: 'status', status: 422 },
    });
    const failed = await connector.run(['import-all', '--json']);
    expect(failed.code, failed.stderr).toBe(4);
    expect(failed.stderr).toMatch(/ error acme: update failed: /);
    expect(failed.stderr).toMatch(/ error acme: (Partly|Nothing) done in .*1 failed.* exit_code=4/);
    const waiting = await connector.run(['import-all', '--json']);
    expect(waiting.code).toBe(4);
    expect(waiting.stderr).toMatch(/ error acme: Nothing done in .*1 change waits for the next try/);
    expect(runDocument(waiting.stdout).exit_code).toBe(4);
  });

  test('of a run whose time ended', async ({ connect }) => {
    const connector = await connect({ people: 60, config: { target: { requests_per_second: 20, concurrency: 1 } } });
    const { code, stdout, stderr } = await connector.run(['import-all', '--json', '--max-minutes', '0.02']);
    expect(code).toBe(10);
    expect(stderr).toContain('the time or request budget ended; the next run goes on from there');
    expect(runDocument(stdout).exit_code).toBe(10);
  });

  test('of what check finds wrong, and of a last run that is too old', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    connector.sandbox.personio.faults.add({ times: null, fault: { kind: 'status', status: 403 } });
    const check = await connector.run(['check', '--json']);
    expect(check.code).toBe(8);
    expect(check.stderr).toMatch(/ error Personio: /);
    expect(JSON.parse(check.stdout)).toMatchObject({ exit_code: 8 });
    const status = await connector.run(['status', '--max-age', '26h', '--json']);
    expect(status.code).toBe(4);
    expect(status.stderr).toMatch(/ error .*no good run since /);
    expect(JSON.parse(status.stdout)).toMatchObject({ too_old: true });
  });

  test.for(
    rowsOfPart([
      ['import-all', '--nope'],
      ['import-all', '--max-minutes', 'x'],
      ['nosuch'],
      ['import-all', '--as-of', '2026-12-01'],
      ['completion', 'ksh'],
    ]),
  )('of a wrong flag: exit 2 and no half document (%s %s)', async (args, { connect }) => {
    const connector = await connect({ people: 5 });
    for (const all of [
      ['--json', ...args],
      [...args, '--json'],
    ]) {
      const { code, stdout, stderr } = await connector.run(all);
      expect(code).toBe(2);
      expect(stderr).toMatch(/error|Error/);
      expect(errorDocument(stdout)).toMatchObject({ exit_code: 2, error: { name: 'UsageError' } });
    }
  });

  test('nothing of a run in which all is well', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    expect((await connector.run(['import-all', '--json'])).stderr).toBe('');
    expect((await connector.run(['import-all', '--json'])).stderr).toBe('');
  });
});
