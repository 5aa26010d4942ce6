import { describe, expect, it } from 'vitest';
import { createReporter } from '../../../src/report/create-reporter.js';
import type { RunResult } from '../../../src/report/reporter.js';
import { change, fullRun, memoryOptions, person, runResult } from './acme.js';

async function play(run: RunResult, partial: Partial<ReturnType<typeof memoryOptions>> = {}) {
  const options = { ...memoryOptions('human'), ...partial };
  const reporter = createReporter(options);
  reporter.started(run);
  reporter.reading({ employees: 200, total: 412 });
  await reporter.planned(run);
  for await (const one of run.changes()) if (one.outcome !== 'planned') reporter.changed(one);
  await reporter.finished(run);
  return { out: options.stdout.text, err: options.stderr.text };
}

const refused = {
  verdict: 'refused',
  restGoesOn: false,
  endingsGoOn: false,
  limits: [{ kind: 'deactivate', planned: 31, allowed: 20, of: 396 }],
} as const;
const leavers = Array.from({ length: 31 }, (_, index) =>
  change({
    kind: 'deactivate',
    employee: person(`${2000 + index}`, `Leaver ${index}`),
    fields: {},
    because: 'inactive',
  }),
);

describe('a plan that was saved', () => {
  it.for([80, 200])(
    'is told of at %i columns, with the command that applies it on a line of its own, before the counts',
    async (width) => {
      const savedPlan = { file: '/srv/hrsync/plans/for acme.json', digest: `sha256:${'5'.repeat(64)}` };
      const run = fullRun({
        savedPlan: { ...savedPlan, expiresAt: '2026-12-01T02:00:00.000Z', config: '../acme.yaml' },
      });
      const { out } = await play(run, { width });
      const lines = out.trimEnd().split('\n');
      const command = `  hrsync apply '/srv/hrsync/plans/for acme.json' -c ../acme.yaml --checksum ${savedPlan.digest}`;
      expect(lines).toContain(command);
      expect(lines.findIndex((line) => line.startsWith('Plan  '))).toBeGreaterThan(lines.indexOf(command));
      expect(lines.at(-1)).toMatch(/3 skipped$/);
      expect(out).toMatch(/Saved to '\S+ acme\.json',\s+valid until 2026-12-01 02:00 UTC\./);
      expect(lines.filter((line) => line.length > width && line !== command)).toEqual([]);
    },
  );
});

describe('the plan for people', () => {
  it('reads well at 80 columns', async () => {
    expect((await play(fullRun())).out).toMatchInlineSnapshot(`
      "acme: Personio → Learn Amp, dry run for 2026-11-24

        Read      412 employees, complete; 396 in scope
                  412 employees on 5 pages
                  412 of the 412 people whom the HR system counts came
                  pages do not overlap

      Deactivate 1
        - Eva Example <1003@acme.example> #1003   last day was 2026-11-23

      Invite 1
        @ Ada Lovelace <ada@acme.example> #1001   new account

      Adopt 1
        = 山田 太郎 <1005@acme.example> #1005
            an account with this e-mail exists; account 90
            manager        #1002 → #1004

      Update 2
        ~ Max Müller <max@acme.example> #1002
            job_title      Engineer → Lead engineer
            primary_team   Sales → (none)
        ~ Grace Hopper <1004@acme.example> #1004
            Cost centre            C-100 → C-200
            additional_information … meeting of engineers in Bonn and lives in Bonn
                                   → … meeting of engineers in Bonn and lives in Ulm

      Create 1
        + Ada Lovelace <ada@acme.example> #1001
            new; starts on 2026-11-24; is mailed an invitation
            job_title Engineer · primary_team Research · primary_location London
            hire_date 2026-11-24 · manager #1002

      Scheduled 2
        2026-12-01  invite      Noah New <1009@acme.example> #1009
        2026-12-31  deactivate  Lea Leaving <1010@acme.example> #1010

      Skipped 3
        no e-mail address (2)
          Jane Doe #77: work_email is empty: enter an e-mail address in HR
          Jim Doe #78: likewise
        e-mail address used more than once (1)
          Ann Double <team@acme.example> #80: shares the address with #81: give each
            their own in HR

      Note      312 people hired before the first import (2026-11-01) get an account
                without an invitation (invitations.existing_staff: skip)

      Safety    go: 1 to deactivate, at most 39 of 396 accounts

      Nothing was sent: this was a dry run (1.2 s).
      Plan      1 to create · 1 to adopt · 2 to update · 1 to deactivate
                1 invitation · 386 unchanged · 2 scheduled · 3 skipped
      "
    `);
  });

  it('uses the room of 200 columns', async () => {
    expect((await play(fullRun(), { width: 200 })).out).toMatchInlineSnapshot(`
      "acme: Personio → Learn Amp, dry run for 2026-11-24

        Read      412 employees, complete; 396 in scope
                  412 employees on 5 pages · 412 of the 412 people whom the HR system counts came · pages do not overlap

      Deactivate 1
        - Eva Example <1003@acme.example> #1003   last day was 2026-11-23

      Invite 1
        @ Ada Lovelace <ada@acme.example> #1001   new account

      Adopt 1
        = 山田 太郎 <1005@acme.example> #1005   an account with this e-mail exists; account 90
            manager        #1002 → #1004

      Update 2
        ~ Max Müller <max@acme.example> #1002
            job_title      Engineer → Lead engineer
            primary_team   Sales → (none)
        ~ Grace Hopper <1004@acme.example> #1004
            Cost centre            C-100 → C-200
            additional_information …t the yearly meeting of engineers in Bonn and Speaks at the yearly meeting of engineers in Bonn and Speaks at the yearly meeting of engineers in Bonn and lives in Bonn
                                   → …t the yearly meeting of engineers in Bonn and Speaks at the yearly meeting of engineers in Bonn and Speaks at the yearly meeting of engineers in Bonn and lives in Ulm

      Create 1
        + Ada Lovelace <ada@acme.example> #1001   new; starts on 2026-11-24; is mailed an invitation
            job_title Engineer · primary_team Research · primary_location London · hire_date 2026-11-24 · manager #1002

      Scheduled 2
        2026-12-01  invite      Noah New <1009@acme.example> #1009
        2026-12-31  deactivate  Lea Leaving <1010@acme.example> #1010

      Skipped 3
        no e-mail address (2)
          Jane Doe #77: work_email is empty: enter an e-mail address in HR
          Jim Doe #78: likewise
        e-mail address used more than once (1)
          Ann Double <team@acme.example> #80: shares the address with #81: give each their own in HR

      Note      312 people hired before the first import (2026-11-01) get an account without an invitation (invitations.existing_staff: skip)

      Safety    go: 1 to deactivate, at most 39 of 396 accounts

      Nothing was sent: this was a dry run (1.2 s).
      Plan      1 to create · 1 to adopt · 2 to update · 1 to deactivate · 1 invitation · 386 unchanged · 2 scheduled · 3 skipped
      "
    `);
  });

  it('keeps every line of a plan of plain values within the width', async () => {
    const { out } = await play(fullRun());
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('shows hostile names harmlessly', async () => {
    const name = `\x1b]0;owned\x07\x1b[2J\u202e<script>${'x'.repeat(10_000)}`;
    const hostile = change({ employee: person('\n1', name, '=cmd()\r@acme.example'), because: '\x1b[31mred' });
    const { out } = await play(
      runResult({ changes: [hostile, change({ kind: 'create', fields: { [name]: { before: null, after: name } } })] }),
    );
    expect(out).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e]/u);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThan(250);
  });

  it.for([true, false])('shows the first ten of each kind, and all with --verbose (dry run: %s)', async (dryRun) => {
    const { out } = await play(runResult({ changes: leavers }, { dryRun }));
    expect(out).toContain('Leaver 9 ');
    expect(out).not.toContain('Leaver 10 ');
    expect(out).toContain('… 21 more (--verbose, --html)');
    expect((await play(runResult({ changes: leavers }, { dryRun }), { verbose: true })).out).toContain('Leaver 30 ');
  });

  it('is one line when there is nothing to do', async () => {
    const { out, err } = await play(runResult({}, { dryRun: false }));
    expect(out).toBe('acme: nothing to do: 412 employees read, 386 accounts in step (1.2 s)\n');
    expect(err).toBe('');
  });

  it('mentions skips and notices in that line', async () => {
    const skip = { employee: person('7', 'Jane'), reason: 'no_email', message: 'no address' } as const;
    const { out } = await play(runResult({ skipped: [skip] }, { notices: ['1 person did not come from Personio'] }));
    expect(out).toBe(
      'acme: nothing to do: 412 employees read, 386 accounts in step, 1 skipped (1.2 s); --verbose lists them; 1 person did not come from Personio\n',
    );
  });

  it('names the figures, the first people and the exact flag when safety refuses', async () => {
    const { out } = await play(runResult({ changes: leavers }, { dryRun: false, exitCode: 5, safety: refused }));
    expect(out).toContain('REFUSED: 31 accounts would be deactivated; at most 20 are allowed (of');
    expect(out).toContain('First: Leaver 0 <2000@acme.example> #2000');
    expect(out).toContain('\n            --allow deactivate=31\n');
    expect(out).toContain('Nothing done in 1.2 s: 31 not sent');
  });

  it('says which checks an incomplete read failed', async () => {
    const checks = [
      { held: true, sentence: '100 employees on 2 pages' },
      { held: false, sentence: 'pages overlap' },
    ];
    const read = { employees: 100, complete: false, inScope: 90, checks };
    const { out } = await play(runResult({}, { read, exitCode: 6, dryRun: false }));
    expect(out).toContain('NOT COMPLETE');
    expect(out).toContain('✓ 100 employees on 2 pages\n            ✗ pages overlap');
    expect(out).toContain('nobody was deactivated');
  });
});

describe('the outcome for people', () => {
  const done = change({ kind: 'create', invites: true, outcome: 'done', because: 'new; has started' });

  it('tells what was done', async () => {
    const { out } = await play(runResult({ changes: [done] }, { dryRun: false }));
    expect(out).toMatch(/\nDone in 1\.2 s: 1 created, 1 invited\n$/);
  });

  it('tells each failure with its reason and when it is tried again', async () => {
    const failed = change({ outcome: 'failed', error: 'job title too long', retryAt: '2026-11-24T04:00:00.000Z' });
    const uncertain = change({ kind: 'invite', invites: true, fields: {}, outcome: 'uncertain', error: 'no answer' });
    const { out } = await play(runResult({ changes: [done, failed, uncertain] }, { dryRun: false, exitCode: 4 }));
    expect(out.slice(out.indexOf('Partly done'))).toMatchInlineSnapshot(`
      "Partly done in 1.2 s: 1 created, 1 invited; 1 failed; 1 uncertain

      Failed 1
        ~ Max Müller <max@acme.example> #1002   update
            job title too long
            tried again from 2026-11-24 04:00 UTC

      Uncertain 1
        @ Max Müller <max@acme.example> #1002   invite
            no answer
            the next run asks the LMS what became of it before it does anything
      "
    `);
  });

  it('says nothing with --quiet when all is well, and everything when it is not', async () => {
    expect((await play(runResult({ changes: [done] }, { dryRun: false }), { quiet: true })).out).toBe('');
    const failed = runResult({ changes: [change({ outcome: 'failed' })] }, { dryRun: false, exitCode: 4 });
    expect((await play(failed, { quiet: true })).out).toContain('Failed 1');
  });

  it('colours without changing a word', async () => {
    const plain = (await play(fullRun())).out;
    const coloured = (await play(fullRun(), { colour: true })).out;
    expect(coloured).not.toBe(plain);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are what is looked for
    expect(coloured.replace(/\x1b\[\d+m/g, '')).toBe(plain);
  });
});
