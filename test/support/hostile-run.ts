import type { RunResult } from '../../src/report/reporter.js';
import { change, person, runResult } from '../unit/report/acme.js';

/** A run in which every text that comes from outside is one of these six. */
export function hostileRun(texts: readonly string[]): RunResult {
  const [one = '', two = '', three = '', four = '', five = '', six = ''] = texts;
  const someone = person(one, two, three);
  return runResult(
    {
      changes: [
        change({
          employee: someone,
          account: four,
          because: five,
          error: six,
          department: one,
          fields: { [two]: { before: three, after: [four, five] } },
        }),
        change({ kind: 'create', employee: someone, fields: { [six]: { before: null, after: one } } }),
      ],
      scheduled: [{ kind: 'invite', employee: someone, on: '2026-12-01' }],
      skipped: [{ employee: someone, reason: 'invalid_value', message: two }],
    },
    {
      connector: six,
      notices: [one],
      missing: [{ employee: someone, since: '2026-11-20', reads: 1, goneOn: '2026-11-26' }],
      source: { type: 'x', title: two },
      read: { employees: 1, complete: false, inScope: 1, checks: [{ held: false, sentence: three }] },
      safety: {
        verdict: 'refused',
        restGoesOn: false,
        endingsGoOn: false,
        limits: [{ kind: 'update', planned: 2, allowed: 1, of: 9 }],
      },
    },
  );
}
