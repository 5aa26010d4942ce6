import type { Scheduled, Skip } from '../../../src/core/change.js';
import { emptySummary } from '../../../src/core/plan.js';
import type { ReportedChange, RunResult } from '../../../src/report/reporter.js';

/** A person of the made-up company. */
export function person(id: string, name: string | null, email: string | null = `${id}@acme.example`) {
  return { id, name, email };
}

/** A change with everything that does not matter filled in. */
export function change(partial: Partial<ReportedChange> = {}): ReportedChange {
  return {
    kind: 'update',
    employee: person('1002', 'Max Müller', 'max@acme.example'),
    account: '77',
    invites: false,
    privileged: false,
    fields: { job_title: { before: 'Engineer', after: 'Lead engineer' } },
    because: 'job_title changed',
    stage: 1,
    outcome: 'planned',
    error: null,
    ...partial,
  };
}

/** A run's result whose counts follow from its lists. */
export function runResult(
  lists: { changes?: readonly ReportedChange[]; scheduled?: readonly Scheduled[]; skipped?: readonly Skip[] } = {},
  partial: Partial<RunResult> = {},
): RunResult {
  const { changes = [], scheduled = [], skipped = [] } = lists;
  const summary = { ...emptySummary(), unchanged: 386, scheduled: scheduled.length, skipped: skipped.length };
  for (const { kind, invites, outcome } of changes) {
    if (kind !== 'invite') summary[kind] += 1;
    if (invites) summary.invite += 1;
    if (outcome === 'failed') summary.failed += 1;
  }
  return {
    connector: 'acme',
    command: 'import-all',
    run: 17,
    dryRun: true,
    today: '2026-11-24',
    startedAt: new Date('2026-11-24T02:00:00Z'),
    finishedAt: new Date('2026-11-24T02:00:01.2Z'),
    exitCode: 0,
    source: { type: 'personio', title: 'Personio' },
    target: { type: 'learnamp', title: 'Learn Amp' },
    read: {
      employees: 412,
      complete: true,
      inScope: 396,
      checks: [
        { held: true, sentence: '412 employees on 5 pages' },
        { held: true, sentence: '412 of the 412 people whom the HR system counts came' },
        { held: true, sentence: 'pages do not overlap' },
      ],
    },
    summary,
    safety: {
      verdict: 'go',
      restGoesOn: false,
      endingsGoOn: false,
      limits: [{ kind: 'deactivate', planned: summary.deactivate, allowed: 39, of: 396 }],
    },
    notices: [],
    missing: [],
    changes: () => all(changes),
    scheduled: () => all(scheduled),
    skipped: () => all(skipped),
    ...partial,
  };
}

/** A plan with something of everything. */
export function fullRun(partial: Partial<RunResult> = {}): RunResult {
  const ada = person('1001', 'Ada Lovelace', 'ada@acme.example');
  const created = {
    external_id: '1001',
    first_name: 'Ada',
    last_name: 'Lovelace',
    email: 'ada@acme.example',
    job_title: 'Engineer',
    primary_team: 'Research',
    primary_location: 'London',
    hire_date: '2026-11-24',
    manager: '1002',
  };
  const fields = Object.fromEntries(Object.entries(created).map(([name, after]) => [name, { before: null, after }]));
  return runResult(
    {
      changes: [
        change({
          fields: { ...change().fields, primary_team: { before: 'Sales', after: null } },
          because: 'job_title and primary_team changed',
        }),
        change({
          kind: 'create',
          employee: ada,
          account: null,
          invites: true,
          fields,
          because: 'new; starts on 2026-11-24',
        }),
        change({
          employee: person('1004', 'Grace Hopper'),
          fields: {
            'custom_fields.Cost centre': { before: 'C-100', after: 'C-200' },
            additional_information: {
              before: `${'Speaks at the yearly meeting of engineers in Bonn and '.repeat(3)}lives in Bonn`,
              after: `${'Speaks at the yearly meeting of engineers in Bonn and '.repeat(3)}lives in Ulm`,
            },
          },
          because: 'Cost centre and additional_information changed',
        }),
        change({
          kind: 'deactivate',
          employee: person('1003', 'Eva Example'),
          fields: {},
          because: 'last day was 2026-11-23',
          account: '78',
        }),
        change({
          kind: 'adopt',
          employee: person('1005', '山田 太郎'),
          account: '90',
          fields: { manager: { before: '1002', after: '1004' } },
          because: 'an account with this e-mail exists',
        }),
      ],
      scheduled: [
        { kind: 'invite', employee: person('1009', 'Noah New'), on: '2026-12-01' },
        { kind: 'deactivate', employee: person('1010', 'Lea Leaving'), on: '2026-12-31' },
      ],
      skipped: [
        {
          employee: person('77', 'Jane Doe', null),
          reason: 'no_email',
          message: 'work_email is empty: enter an e-mail address in HR',
        },
        {
          employee: person('80', 'Ann Double', 'team@acme.example'),
          reason: 'duplicate_email',
          message: 'shares the address with #81: give each their own in HR',
        },
        {
          employee: person('78', 'Jim Doe', null),
          reason: 'no_email',
          message: 'work_email is empty: enter an e-mail address in HR',
        },
      ],
    },
    {
      notices: [
        '312 people hired before the first import (2026-11-01) get an account without an invitation (invitations.existing_staff: skip)',
      ],
      ...partial,
    },
  );
}

/** A stream that remembers what was written to it. */
function memoryStream() {
  const chunks: string[] = [];
  return {
    write: (text: string) => {
      chunks.push(text);
      return true;
    },
    get text() {
      return chunks.join('');
    },
  };
}

/** Options of a reporter that writes to memory. */
export function memoryOptions(mode: 'human' | 'lines' | 'json') {
  return {
    stdout: memoryStream(),
    stderr: memoryStream(),
    mode,
    colour: false,
    width: 80,
    verbose: false,
    quiet: false,
    now: () => new Date('2026-11-24T02:00:03.456Z'),
    secrets: [] as string[],
  };
}

async function* all<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}
