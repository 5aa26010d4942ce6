import { expect, it } from 'vitest';
import type { Scheduled } from '../../../../../src/core/change.js';
import type { OverdueEnding } from '../../../../../src/store/endings.js';
import type { Run } from '../../../../../src/store/store.js';
import { overdueEndings } from '../../../../../src/sync/plan/limits/overdue.js';

const person = (id: string) => ({ id, email: null, name: null });
const planned: OverdueEnding = {
  employee: person('1'),
  since: '2026-12-03',
  because: 'HR status is inactive',
  why: 'no',
};
const leaves = (id: string, on: string): Scheduled => ({ kind: 'deactivate', employee: person(id), on });

/** Whose ending is overdue on 4 December, by a calendar, after a last run of some day. */
async function overdue(calendar: readonly Scheduled[], lastRun = '2026-12-03', states: Record<string, string> = {}) {
  const run: Run = {
    ...{ number: 1, command: 'import-all', startedAt: `${lastRun}T02:00:00.000Z`, finishedAt: null, exitCode: 6 },
    ...{
      employees: null,
      inScope: null,
      complete: null,
      whole: false,
      config: null,
      counts: {},
      error: null,
      untold: null,
    },
  };
  const endings = await overdueEndings(
    {
      endings: async () => [planned],
      async *schedule() {
        yield calendar;
      },
      keysOf: async (ids) =>
        ids.map((employeeId, row) => ({
          ...{ row, employeeId, hash: null, awaitingManager: null, missingSince: null },
          state: states[employeeId] === 'deactivated' ? 'deactivated' : 'active',
        })),
      runs: async () => [run],
    },
    { today: '2026-12-04', dayOf: (at) => at.toISOString().slice(0, 10) },
  );
  return endings.map(({ employee, since }) => `${employee.id} ${since}`);
}

it('an ending that a run planned is overdue, and one whose day in the calendar has passed, the longest first', async () => {
  expect(await overdue([leaves('2', '2026-12-02'), leaves('3', '2026-12-05')])).toEqual([
    '2 2026-12-02',
    '1 2026-12-03',
  ]);
});

it('an ending that is due today is overdue once a run of today has left it', async () => {
  expect(await overdue([leaves('2', '2026-12-04')])).toEqual(['1 2026-12-03']);
  expect(await overdue([leaves('2', '2026-12-04')], '2026-12-04')).toEqual(['1 2026-12-03', '2 2026-12-04']);
});

it('nobody is overdue twice, for an invitation, or after the account ended', async () => {
  const calendar: Scheduled[] = [
    leaves('1', '2026-12-01'),
    leaves('4', '2026-12-01'),
    { ...leaves('5', '2026-12-01'), kind: 'invite' },
  ];
  expect(await overdue(calendar, '2026-12-03', { 4: 'deactivated' })).toEqual(['1 2026-12-03']);
});
