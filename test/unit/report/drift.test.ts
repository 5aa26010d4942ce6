import { describe, expect, it } from 'vitest';
import type { Drift } from '../../../src/core/drift.js';
import { createReporter } from '../../../src/report/create-reporter.js';
import type { VerifyResult } from '../../../src/report/reporter.js';
import { memoryOptions, person } from './acme.js';

const DRIFT: readonly Drift[] = [
  {
    ...{ kind: 'changed', employee: person('1002', 'Max Müller', 'max@acme.example'), account: '77', state: null },
    fields: {
      job_title: { before: 'Engineer', after: 'Chief\u001b[2J of everything, and then of a good deal more than that' },
      'custom_fields.Badge': { before: 5, after: null },
    },
  },
  {
    ...{ kind: 'gone', employee: person('1003', 'Ada Lovelace'), account: '78', fields: {} },
    state: { before: 'active', after: 'gone' },
  },
];

function result(drift: readonly Drift[], partial: Partial<VerifyResult> = {}): VerifyResult {
  return {
    connector: 'acme',
    startedAt: new Date('2026-11-24T02:00:00Z'),
    finishedAt: new Date('2026-11-24T02:00:01.2Z'),
    exitCode: drift.length > 0 ? 3 : 0,
    target: { type: 'learnamp', title: 'Learn Amp' },
    accounts: 412,
    compared: 396,
    counts: { gone: drift.length > 0 ? 1 : 0, deactivated: 0, active: 0, changed: drift.length > 0 ? 1 : 0 },
    notices: [],
    repairs: false,
    async *drift() {
      yield* drift;
    },
    ...partial,
  };
}

async function shown(
  mode: 'human' | 'lines' | 'json',
  verified: VerifyResult,
  partial: Partial<ReturnType<typeof memoryOptions>> = {},
) {
  const options = { ...memoryOptions(mode), ...partial };
  await createReporter(options).verified(verified);
  return { out: options.stdout.text, err: options.stderr.text };
}

describe('drift for people', () => {
  it('reads well at 80 columns', async () => {
    expect((await shown('human', result(DRIFT, { notices: ['something'] }))).out).toMatchInlineSnapshot(`
      "acme: Learn Amp against what it last acknowledged

        Compared  396 accounts · 394 in step · 1 gone · 1 changed

      Gone from the LMS 1
        x Ada Lovelace <1003@acme.example> #1003   account 78
            account        active → gone

      Changed in the LMS 1
        ~ Max Müller <max@acme.example> #1002   account 77
            job_title      Engineer
                           → Chief␛[2J of everything, and then of a good deal more th…
            Badge          5 → (none)

      Note      something
      Next      "hrsync verify --repair --dry-run" shows what HR says now and what
                would be sent; without --dry-run it is.
      "
    `);
  });

  it('reads well at 200 columns', async () => {
    expect((await shown('human', result(DRIFT), { width: 200 })).out).toMatchInlineSnapshot(`
      "acme: Learn Amp against what it last acknowledged

        Compared  396 accounts · 394 in step · 1 gone · 1 changed

      Gone from the LMS 1
        x Ada Lovelace <1003@acme.example> #1003   account 78
            account        active → gone

      Changed in the LMS 1
        ~ Max Müller <max@acme.example> #1002   account 77
            job_title      Engineer → Chief␛[2J of everything, and then of a good deal more than that
            Badge          5 → (none)

      Next      "hrsync verify --repair --dry-run" shows what HR says now and what would be sent; without --dry-run it is.
      "
    `);
  });

  it.each(['human', 'lines'] as const)(
    'is one line where there is none, and silent with --quiet (%s)',
    async (mode) => {
      const none = result([], { notices: ['2 changes are uncertain'] });
      expect(await shown(mode, none)).toEqual({
        out: 'acme: no drift: 396 accounts compared (1.2 s); 2 changes are uncertain\n',
        err: '',
      });
      expect(await shown(mode, none, { quiet: true })).toEqual({ out: '', err: '' });
    },
  );
});

describe('drift in logs', () => {
  it('is listed on stdout, as the plan of a dry run is', async () => {
    const { out, err } = await shown('lines', result(DRIFT));
    expect(out).toBe((await shown('human', result(DRIFT))).out);
    expect(err).toBe('');
  });

  it('that is about to be mended is an event a person, without names', async () => {
    const { out, err } = await shown('lines', result(DRIFT, { repairs: true }));
    expect(out).toBe('');
    expect(err.split('\n')).toEqual([
      expect.stringMatching(/Z note {2}acme: .* employee=1002 account=77 differs=job_title,Badge$/),
      expect.stringMatching(/Z note {2}acme: .* employee=1003 account=78 differs=active→gone$/),
      '',
    ]);
  });
});

describe('drift as JSON', () => {
  it('is one document, and none where a run with one of its own follows', async () => {
    const { out } = await shown('json', result(DRIFT));
    expect(JSON.parse(out)).toEqual({
      format: 1,
      connector: 'acme',
      started_at: '2026-11-24T02:00:00.000Z',
      finished_at: '2026-11-24T02:00:01.200Z',
      exit_code: 3,
      target: { type: 'learnamp', accounts: 412, compared: 396 },
      summary: { in_step: 394, gone: 1, deactivated: 0, active: 0, changed: 1 },
      drift: [
        {
          ...{
            kind: 'changed',
            employee: person('1002', 'Max Müller', 'max@acme.example'),
            account: '77',
            state: null,
          },
          fields: {
            job_title: { before: 'Engineer', now: DRIFT[0]?.fields['job_title']?.after },
            'custom_fields.Badge': { before: 5, now: null },
          },
        },
        {
          ...{ kind: 'gone', employee: person('1003', 'Ada Lovelace'), account: '78', fields: {} },
          state: { before: 'active', now: 'gone' },
        },
      ],
      notices: [],
    });
    expect((await shown('json', result(DRIFT, { repairs: true }))).out).toBe('');
  });
});
