import { describe, expect, it } from 'vitest';
import type { JudgedLimit } from '../../../src/core/safety.js';
import { createReporter } from '../../../src/report/create-reporter.js';
import type { ReportedChange } from '../../../src/report/reporter.js';
import { change, memoryOptions, person, runResult } from './acme.js';

const figures = { planned: 31, allowed: 20, of: 396 };

/** What a run that one limit refuses prints: on a terminal, and as lines. */
async function refused(limit: Record<string, unknown>, changes: readonly ReportedChange[]) {
  // Limits on what is no kind of change are the core's to know; here any must be told.
  const limits = [{ ...figures, ...limit } as unknown as JudgedLimit];
  const skipped = [{ employee: person('7', 'Jane Doe'), reason: 'no_email', message: 'no address' } as const];
  const run = runResult(
    { changes, skipped },
    { dryRun: false, exitCode: 5, safety: { verdict: 'refused', restGoesOn: false, endingsGoOn: false, limits } },
  );
  const [human, lines] = [memoryOptions('human'), memoryOptions('lines')];
  for (const options of [human, lines]) {
    const reporter = createReporter(options);
    reporter.started(run);
    await reporter.planned(run);
    await reporter.finished(run);
  }
  return { out: human.stdout.text.replaceAll(/\s+/g, ' '), err: lines.stderr.text };
}

describe('a refusal', () => {
  const email = change({ fields: { email: { before: 'a@acme.example', after: 'a@evil.example' } } });
  it.each([
    ['create', '31 accounts would be created', change({ kind: 'create', employee: person('7', 'Jane Doe') })],
    ['update', '31 accounts would be updated', change({ employee: person('7', 'Jane Doe') })],
    [
      'deactivate',
      '31 accounts would be deactivated',
      change({ kind: 'deactivate', employee: person('7', 'Jane Doe') }),
    ],
    [
      'reactivate',
      '31 accounts would be reactivated',
      change({ kind: 'reactivate', employee: person('7', 'Jane Doe') }),
    ],
    ['delete', '31 accounts would be deleted', change({ kind: 'delete', employee: person('7', 'Jane Doe') })],
    ['adopt', '31 accounts would be adopted', change({ kind: 'adopt', employee: person('7', 'Jane Doe') })],
    ['invite', '31 people would be invited', change({ kind: 'invite', employee: person('7', 'Jane Doe') })],
    ['email', '31 accounts would get another e-mail address', { ...email, employee: person('7', 'Jane Doe') }],
    [
      'privileged',
      '31 accounts with more rights than a learner would get',
      { ...email, employee: person('7', 'Jane') },
    ],
    ['left_out', '31 people would be left out', change({ kind: 'delete' })],
  ] as const)('of kind %s names the figures, the flag, the people and the cause', async (kind, what, one) => {
    const cause = 'no employee has legal_entity Acme GmbH any more (hrsync.yaml:31).';
    const among = kind === 'left_out' ? { among: new Set(['7']) } : {};
    const { out, err } = await refused({ kind, cause, ...among }, [one]);
    const whom = kind === 'left_out' ? 'people' : 'accounts';
    expect(out).toContain(`REFUSED: ${what}`);
    expect(out).toContain(`at most 20 are allowed (of 396 ${whom}).`);
    expect(out).toContain('Cause: no employee has legal_entity Acme GmbH any more (hrsync.yaml:31).');
    if (kind !== 'privileged') expect(out).toContain('First: Jane');
    expect(out).toContain(` --allow ${kind}=31 `);
    expect(err).toContain('any more (hrsync.yaml:31); allow it once with ');
    expect(err).toContain(`allow it once with --allow ${kind}=31`);
  });

  it('of emptied fields names the field', async () => {
    const gone = change({ fields: { job_title: { before: 'Engineer', after: null } } });
    const { out } = await refused({ kind: 'clear', field: 'job_title', planned: 1, allowed: 0, of: 1 }, [gone]);
    expect(out).toContain('job_title would be emptied in 1 account, which looks like a right that was lost in HR;');
    expect(out).toContain('(of 1 account that has one)');
    expect(out).not.toContain('Cause:');
  });

  it('speaks of one as of one', async () => {
    const { out } = await refused({ kind: 'delete', planned: 2, allowed: 1, of: 1 }, [change({ kind: 'delete' })]);
    expect(out).toContain('2 accounts would be deleted; at most 1 is allowed (of 1 account).');
  });
});
